"""The names of what is logged about questions."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogFormatter

from .desk.queue import desk

EVENTS = {
    "questions.receive": (_("Enter a question"), _("Received")),
    "questions.add": (_("Add to a question"), _("The asker added something")),
    "questions.withdraw": (_("Withdraw a question"), _("Withdrawn by the asker")),
    "questions.triage": (_("Sort a question"), _("Sorted")),
    "questions.classify": (_("Sort a question anew"), _("Sorted anew")),
    "questions.claim": (_("Take a question"), _("Taken by a lawyer")),
    "questions.release": (_("Give a question back"), _("Given back to the queue")),
    "questions.substitute": (_("Give a question to another"), _("Given to another lawyer")),
    "questions.note": (_("Write a note on a question"), _("Internal note written")),
    "questions.submit": (_("Put an answer forward"), _("Put forward for the check")),
    "questions.take_back": (_("Take an answer back"), _("Taken back from the check")),
    "questions.claim_check": (_("Begin the check"), _("Check begun")),
    "questions.release_check": (_("Leave the check"), _("Check left to another lawyer")),
    "questions.return": (_("Return an answer"), _("Returned by the second lawyer")),
    "questions.approve": (_("Approve and send an answer"), _("Checked and sent to the asker")),
    "questions.ask_back": (_("Ask the asker for more"), _("Asked back; the clock stands")),
    "questions.resume": (_("Stop waiting for the asker"), _("Gone on with; the clock runs")),
    "questions.handed_over": (_("Hand a question over"), _("Handed over to another authority")),
    "questions.merged": (_("Join questions"), _("Joined with an earlier question")),
    "questions.closed": (_("Close a question"), _("Closed without an answer")),
    "questions.prepare": (_("Prepare for publishing"), _("Prepared for publishing")),
    "questions.reopen_preparation": (_("Write the public text anew"), _("Public text taken back")),
    "questions.publish": (_("Publish an answer"), _("Published for everyone")),
}


@hooks.register("register_log_actions")
def name_events(actions):
    for action, words in EVENTS.items():
        actions.register_action(action)(_formatter(*words))


def _formatter(name, told):
    class Formatter(LogFormatter):
        label, message = name, told

    return Formatter


@hooks.register("register_admin_viewset")
def questions_desk():
    return desk
