"""The review in /cms/, and the names of what is logged about commitments."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogFormatter

from .models.shares import Progress
from .review import CommitmentViewSet

EVENTS = {
    "commitments.start": (_("Begin a commitment"), _("Draft begun")),
    "commitments.edit": (_("Edit a commitment"), _("Draft saved")),
    "commitments.submit": (_("Send a commitment in"), _("Sent to the programme team")),
    "commitments.take_back": (_("Take a commitment back"), _("Taken back as a draft")),
    "commitments.throw_away": (_("Delete a draft commitment"), _("Draft commitment deleted")),
    "commitments.return": (_("Return a commitment"), _("Returned with comments")),
    "commitments.publish": (_("Publish a commitment"), _("Published")),
    "commitments.tell": (_("Tell how a commitment goes"), _("Told how it goes")),
    "commitments.undo": (_("Take a report back"), _("Report taken back")),
    "commitments.complete": (_("Complete a commitment"), _("Completed")),
    "commitments.discontinue": (_("Discontinue a commitment"), _("Discontinued")),
    "commitments.archive": (_("Archive a silent commitment"), _("Archived after two silent years")),
    "commitments.correct": (_("Correct a commitment"), _("Text corrected")),
    "commitments.invite": (_("Invite a partner"), _("Partner invited")),
    "commitments.uninvite": (_("Take an invitation back"), _("Invitation taken back")),
    "commitments.accept": (_("Take part in a commitment"), _("Partner takes part")),
    "commitments.decline": (_("Decline to take part"), _("Partner declined")),
    "commitments.describe": (_("Write a share"), _("Share written")),
    "commitments.leave": (_("Leave a commitment"), _("Partner left")),
    "commitments.ask_partner": (_("Ask a partner to confirm"), _("Partner asked to confirm")),
    "commitments.confirm": (_("Answer about a result"), _("Partner answered about a result")),
    "commitments.assess": (_("Assess a result"), _("Result assessed")),
    "commitments.unconfirm": (_("Take an answer back"), _("Answer taken back")),
    "commitments.reply": (_("Reply to an answer"), _("Replied")),
    "commitments.snooze": (_("Put a letter off"), _("Letter put off for four weeks")),
    "commitments.wake": (_("Take the putting off back"), _("Putting off taken back")),
    "commitments.assign": (_("Say who reads a commitment"), _("Given to a reader")),
    "commitments.write_to_many": (_("Write to many"), _("Letter to many written")),
    "commitments.revive": (_("Take a commitment up again"), _("Taken up again")),
}


@hooks.register("register_log_actions")
def name_events(actions):
    for action, words in EVENTS.items():
        actions.register_action(action)(_formatter(*words))


def _formatter(name, told):
    class Formatter(LogFormatter):
        label, message = name, told

        def format_comment(self, entry):
            """Which organisation, why, or how it goes."""
            progress = entry.data.get("progress")
            words = [entry.data.get(name) for name in ("partner", "reader", "reason")]
            if progress in Progress:
                words.append(str(Progress(progress).label))
            return ": ".join(filter(None, words))

    return Formatter


@hooks.register("register_admin_viewset")
def review_of_commitments():
    return CommitmentViewSet()
