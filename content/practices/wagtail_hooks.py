"""The review in /cms/, and the names of what is logged of practices."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from .review import PracticeViewSet

EVENTS = {
    "practices.start": (_("Describe a practice"), _("Draft begun")),
    "practices.edit": (_("Edit a practice"), _("Draft saved")),
    "practices.submit": (_("Send a practice in"), _("Sent in")),
    "practices.take_back": (_("Take a practice back"), _("Taken back as a draft")),
    "practices.return": (_("Return a practice"), _("Returned with words")),
    "practices.publish": (_("Publish a practice"), _("Published")),
    "practices.withdraw": (_("Withdraw a practice"), _("Withdrawn")),
    "practices.confirm": (_("Confirm a practice"), _("Confirmed")),
    "practices.tell": (_("Tell of a practice’s use"), _("Use told")),
}


@hooks.register("register_log_actions")
def name_events(actions):
    for action, (label, message) in EVENTS.items():
        actions.register_action(action, label, message)


@hooks.register("register_admin_viewset")
def review_of_practices():
    return PracticeViewSet()
