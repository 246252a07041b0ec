"""The names of what is logged of decisions."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

EVENTS = {
    "meetings.record": (_("Record a decision"), _("Decision recorded")),
    "meetings.change": (_("Change a decision"), _("Decision changed")),
    "meetings.take_back": (_("Take a decision back"), _("Decision taken back")),
}


@hooks.register("register_log_actions")
def name_events(actions):
    for action, (label, message) in EVENTS.items():
        actions.register_action(action, label, message)
