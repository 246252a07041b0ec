"""The tabs that every page is edited in."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    HelpPanel,
    MultiFieldPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
    TitleFieldPanel,
)

TITLE = TitleFieldPanel("title")
SUMMARY = FieldPanel("summary")
SUBJECT = [
    FieldPanel("topics", widget=forms.CheckboxSelectMultiple),
    FieldPanel("audiences", widget=forms.CheckboxSelectMultiple),
]
NOTE = [FieldPanel("editors_note")]
CHANGE = [
    HelpPanel(
        content=_(
            "Every publication says whether readers have to know of the change. Answer this when "
            "you publish or schedule; a draft can be saved without it."
        )
    ),
    FieldPanel("change_kind", widget=forms.RadioSelect),
    FieldPanel("change_note"),
]
ADDRESS = [FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("show_in_menus")]


def tabs(content, about=(), address=tuple(ADDRESS), note=()):
    """The tabs of a page: what it says, what it is about, what this change is, its address.

    Without an address to write, the title makes none: Wagtail's script for it would find no field.
    """
    title = TITLE if address else FieldPanel("title")
    return TabbedInterface(
        [
            ObjectList([title, SUMMARY, *content], heading=_("Content")),
            ObjectList([*about, FieldPanel("keeper"), *note], heading=_("About the page")),
            ObjectList(CHANGE, heading=_("This change")),
            ObjectList(
                [
                    *([MultiFieldPanel(list(address), _("Address and menus"))] if address else []),
                    PublishingPanel(),
                ],
                heading=_("Address and schedule"),
            ),
        ]
    )
