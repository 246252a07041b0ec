"""What the programme team does besides deciding: who reads what by when."""

from datetime import date

from django.db import transaction
from wagtail.log_actions import log

from partnership.commitments.models import Commitment
from portal.accounts.models import User
from portal.workflow import lock


@transaction.atomic
def assign(
    commitment: Commitment, *, by: User, assignee: User | None, read_by: date | None
) -> None:
    """Say who of the team reads a commitment, and by when; nobody when it is empty."""
    lock(commitment)
    commitment.assignee, commitment.read_by = assignee, read_by
    commitment.save(update_fields=["assignee", "read_by"])
    name = assignee.get_full_name() if assignee else ""
    log(commitment, "commitments.assign", user=by, data={"reader": name})
