"""Events in /cms/, and the names of what is logged of events and registrations."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from .admin import EventsGroup

EVENTS = {
    "events.publish": (_("Publish an event"), _("Event published")),
    "events.call_off": (_("Cancel an event"), _("Event cancelled")),
    "events.register": (_("Register for an event"), _("Registered")),
    "events.come_back": (_("Ask for a place again"), _("Asked for a place again")),
    "events.offer": (_("Offer a place"), _("Place offered")),
    "events.accept": (_("Take an offered place"), _("Offered place taken")),
    "events.decline": (_("Decline an offered place"), _("Offered place declined")),
    "events.lapse": (_("Let an offer pass on"), _("Offer passed on")),
    "events.leave": (_("Leave a waiting list"), _("Left the waiting list")),
    "events.cancel": (_("Cancel a registration"), _("Registration cancelled")),
    "events.remove": (_("Cancel somebody’s registration"), _("Cancelled by the organiser")),
    "events.change": (_("Change a registration"), _("Registration changed")),
    "events.change_way": (_("Change the way of taking part"), _("Way of taking part changed")),
    "events.copy": (_("Copy an event"), _("Copied")),
    "events.show_recording": (_("Show a recording"), _("Recording shown")),
    "events.show_code": (_("Make the code on the screen"), _("Code on the screen made")),
    "events.come": (_("Note that somebody was there"), _("Took part")),
    "events.request": (_("Ask the organiser for a change"), _("Change asked of the organiser")),
    "events.answer_request": (_("Answer a participant"), _("Participant answered")),
}


@hooks.register("register_log_actions")
def name_events(actions):
    for action, (label, message) in EVENTS.items():
        actions.register_action(action, label, message)


@hooks.register("register_admin_viewset")
def events_in_cms():
    return EventsGroup()
