"""Where indicators and releases stand in /cms/."""

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.viewsets.model import ModelViewSet

from monitoring.indicators.models import Indicator, Release
from portal.cms import FewerViews
from portal.languages import LANGUAGES

from .views import (
    CheckView,
    DeleteIndicatorView,
    EditIndicatorView,
    ReleasesView,
    ReleaseView,
    SendView,
)


def in_three(field: str, heading) -> MultiFieldPanel:
    return MultiFieldPanel(
        [FieldPanel(f"{field}_{language}") for language in LANGUAGES], heading=heading
    )


class IndicatorViewSet(ModelViewSet):
    model = Indicator
    name = "indicators"
    menu_label = _("Indicators")
    icon = "clipboard-list"
    copy_view_enabled = False
    edit_view_class = EditIndicatorView
    delete_view_class = DeleteIndicatorView
    list_display = [
        "name_fi",
        "domain",
        "source_type",
        "period",
        BooleanColumn("published", label=_("Published")),
    ]
    list_filter = ["domain", "source_type", "published"]
    search_fields = ["slug", "name_fi", "name_sv", "name_en"]
    search_backend_name = None
    ordering = ["domain", "name_fi"]
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    in_three("name", _("Name")),
                    in_three("short", _("Another name that it is looked for by")),
                    FieldPanel("slug"),
                    FieldRowPanel(
                        [
                            FieldPanel("kind"),
                            FieldPanel("decimals"),
                            FieldPanel("may_be_negative"),
                            FieldPanel("period"),
                        ],
                        heading=_("The figure"),
                        help_text=_("Files of values are checked against these."),
                    ),
                    in_three("unit", _("Unit, as it stands after a number")),
                    FieldPanel("domain"),
                    FieldPanel("published"),
                ],
                heading=_("What is measured"),
            ),
            ObjectList(
                [
                    in_three("purpose", _("What it is for")),
                    in_three("limits", _("What it cannot tell")),
                    in_three("misreading", _("Common misreading")),
                    in_three("coverage", _("Coverage")),
                ],
                heading=_("How to read it"),
            ),
            ObjectList(
                [
                    FieldPanel("source_type"),
                    in_three("source", _("Source")),
                    FieldPanel("source_url"),
                    FieldPanel("topics"),
                    InlinePanel("section_links", label=_("Section of the law")),
                ],
                heading=_("Source and law"),
            ),
        ]
    )


class ReleaseViewSet(FewerViews):
    """Releases are made by importing a file, and never edited: what was imported stays known."""

    model = Release
    name = "releases"
    menu_label = _("Releases")
    icon = "upload"
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    index_view_class = ReleasesView
    add_view_class = SendView
    inspect_view_class = ReleaseView
    form_fields = ["note"]
    list_display = [
        "file_name",
        "imported_at",
        "imported_by",
        "new",
        "changed",
        "unchanged",
    ]
    search_fields = ["file_name", "note"]
    search_backend_name = None
    ordering = ["-imported_at"]
    WITHOUT = ("edit", "delete", "history", "usage")

    def get_index_view_kwargs(self, **kwargs):
        return super().get_index_view_kwargs(add_item_label=_("Import values"), **kwargs)

    def get_add_view_kwargs(self, **kwargs):
        return kwargs

    def get_inspect_view_kwargs(self, **kwargs):
        return super().get_inspect_view_kwargs(**kwargs) | {
            "template_name": ReleaseView.template_name
        }

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),
            path("check/<int:pk>/", self.construct_view(CheckView), name="check"),
        ]

    def register_admin_url_finder(self):
        """A release has no page to edit that a link in the log could lead to."""


class MonitoringGroup(ViewSetGroup):
    menu_label = _("Monitoring")
    menu_icon = "clipboard-list"
    menu_order = 250
    items = (IndicatorViewSet, ReleaseViewSet)


class IndicatorChooserViewSet(ChooserViewSet):
    model = Indicator
    icon = "clipboard-list"
    choose_one_text = _("Choose an indicator")
    choose_another_text = _("Choose another indicator")
    edit_item_text = _("Edit this indicator")


indicator_chooser = IndicatorChooserViewSet("indicator_chooser")
