"""The plan and the calls as the programme team edits them, and the names of what is logged."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.log_actions import LogFormatter
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import EditView, SnippetViewSet

from portal.languages import LANGUAGES

from . import following
from .barometer_desk import BarometerDesk, InvitingViewSet
from .models import Call, Measure
from .review import InterestViewSet, OfferViewSet

EVENTS = {
    "programme.interest": (_("Express interest in a call"), _("Interest in a call sent")),
    "programme.withdraw": (_("Withdraw interest in a call"), _("Interest in a call withdrawn")),
    "programme.publish_offer": (_("Publish an offer"), _("Offer published")),
    "programme.edit_offer": (_("Edit an offer"), _("Offer edited")),
    "programme.renew_offer": (_("Renew an offer"), _("Offer renewed")),
    "programme.close_offer": (_("Close an offer"), _("Offer closed")),
    "programme.expire_offer": (_("Let an offer expire"), _("Offer expired")),
    "programme.invite_to_barometer": (_("Invite to the barometer"), _("Invited to the barometer")),
    "programme.publish_barometer": (
        _("Publish the barometer"),
        _("Results of the barometer published"),
    ),
    "programme.take_down_offer": (_("Take an offer down"), _("Offer taken down")),
}


@hooks.register("register_log_actions")
def name_events(actions):
    for action, words in EVENTS.items():
        actions.register_action(action)(_formatter(*words))


def _formatter(name, told):
    class Formatter(LogFormatter):
        label, message = name, told

        def format_comment(self, entry):
            """Why it was taken down, or which call it was."""
            return entry.data.get("reason") or entry.data.get("call", "")

    return Formatter


@hooks.register("register_admin_viewset")
def interests_and_offers():
    return [InterestViewSet(), OfferViewSet(), InvitingViewSet()]


def in_each_language(field: str) -> list[FieldPanel]:
    return [FieldPanel(f"{field}_{language}") for language in LANGUAGES]


class EditMeasure(EditView):
    """Those who follow a measure hear when it stands elsewhere."""

    def save_instance(self):
        measure = super().save_instance()
        if {"state", "stands_fi", "told_on"} & set(self.form.changed_data):
            following.moved(measure)
        return measure


class MeasureViewSet(SnippetViewSet):
    """The plan in its order, and the form of a measure."""

    model = Measure
    icon = "list-ol"
    menu_label = _("Plan of the programme")
    menu_order = 265
    add_to_admin_menu = True
    list_display = ["name_fi", "period", "state", "told_on", "ends_on"]
    list_filter = ["period", "state"]
    search_fields = [f"name_{language}" for language in LANGUAGES]
    copy_view_enabled = False
    edit_view_class = EditMeasure
    panels = [
        MultiFieldPanel([FieldRowPanel(in_each_language("name")), FieldPanel("slug")], _("Names")),
        FieldPanel("period"),
        MultiFieldPanel(in_each_language("description"), _("Descriptions")),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("state"), FieldPanel("told_on"), FieldPanel("ends_on")]),
                *in_each_language("stands"),
            ],
            _("Where it stands"),
        ),
        MultiFieldPanel(
            [FieldPanel("responsible"), FieldRowPanel(in_each_language("actor"))],
            _("Who answers for it"),
        ),
        FieldPanel("position"),
        FieldPanel("example"),
    ]


class CallSnippets(SnippetViewSet):
    """The calls, the last to close first, and the form of one."""

    model = Call
    icon = "calendar-alt"
    menu_label = _("Calls")
    menu_order = 262
    add_to_admin_menu = True
    list_display = ["name_fi", "opens_on", "closes_on"]
    search_fields = [f"name_{language}" for language in LANGUAGES]
    copy_view_enabled = False
    panels = [
        MultiFieldPanel([FieldRowPanel(in_each_language("name")), FieldPanel("slug")], _("Names")),
        FieldRowPanel([FieldPanel("opens_on"), FieldPanel("closes_on")]),
        MultiFieldPanel(in_each_language("description"), _("Descriptions")),
        MultiFieldPanel(in_each_language("eligible"), _("Who may take part")),
        FieldPanel("areas"),
        FieldPanel("topics"),
        FieldPanel("website"),
        FieldPanel("example"),
    ]


register_snippet(MeasureViewSet)
register_snippet(CallSnippets)
register_snippet(BarometerDesk)
