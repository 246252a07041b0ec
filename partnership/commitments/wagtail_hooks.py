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
            """Why, or how it goes."""
            progress = entry.data.get("progress")
            return entry.data.get("reason") or (
                str(Progress(progress).label) if progress in Progress else ""
            )

    return Formatter


@hooks.register("register_admin_viewset")
def review_of_commitments():
    return CommitmentViewSet()
