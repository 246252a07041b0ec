"""A commitment on its way to the programme team: written, sent in, taken back.

TransitionNotAllowed if an event cannot follow the state that the commitment is in.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from law.models import Section
from partnership.commitments import criteria, letters
from partnership.commitments.errors import NotAMember, NotComplete
from partnership.commitments.models import Commitment, Milestone, Share
from partnership.organisations.models import Organisation
from portal.accounts.models import User
from portal.concurrency import compare
from portal.places.models import Area
from portal.workflow import TransitionNotAllowed, lock, transition

State = Commitment.State
MOST_MILESTONES = 12


@transaction.atomic
def start(
    organisation: Organisation,
    *,
    by: User | None,
    words: Mapping[str, Any],
    milestones=(),
    **chosen,
) -> Commitment:
    """A draft of the organisation, with its words, areas, sections and milestones as `edit` takes.

    A form that is sent twice leads to the one that its first sending made. NotAMember unless the
    organisation is a member of the programme.
    """
    Organisation.objects.select_for_update().only("pk").get(pk=organisation.pk)
    if not Organisation.objects.members().filter(pk=organisation.pk).exists():
        raise NotAMember
    same = Commitment.objects.filter(organisation=organisation, **words)
    if made := same.filter(state__in=[State.DRAFT, State.SUBMITTED]).first():
        return made
    commitment = Commitment.objects.create(organisation=organisation, **words)
    Share.objects.create(
        commitment=commitment, organisation=organisation, leads=True, accepted_at=timezone.now()
    )
    log(commitment, "commitments.start", user=by)
    _set(commitment, milestones=milestones, **chosen)
    return commitment


@transaction.atomic
def edit(
    commitment: Commitment,
    *,
    by: User,
    words: Mapping[str, Any],
    areas: Iterable[Area],
    sections: Iterable[Section],
    milestones: Iterable[Mapping[str, Any]],
    expect: str | None = None,
) -> None:
    """Save a draft, or one that came back. `milestones` are all that there are, each as fields,
    with `pk` where it is there already; those that are missing go.

    `expect` is what the writer had before them (Commitment.version_token); Stale if that changed.
    """
    lock(commitment)
    compare(commitment, expect)
    if not commitment.is_editable:
        raise TransitionNotAllowed(f"commitment {commitment.pk} is {commitment.state}")
    for name, value in words.items():
        setattr(commitment, name, value)
    commitment.save(update_fields=list(words))
    _set(commitment, areas=areas, sections=sections, milestones=milestones)
    log(commitment, "commitments.edit", user=by)


@transaction.atomic
def submit(commitment: Commitment, *, by: User) -> None:
    """Send it to the programme team; the comments on it count as answered.

    NotComplete when a criterion that can be counted is not met.
    """
    lock(commitment)
    if missing := criteria.missing(commitment):
        raise NotComplete(missing)
    now = timezone.now()
    transition(commitment, State.SUBMITTED, "commitments.submit", by=by, submitted_at=now)
    commitment.comments.filter(answered_at=None).update(answered_at=now)
    letters.to_people(commitment.organisation, "received", commitment)


@transaction.atomic
def take_back(commitment: Commitment, *, by: User) -> None:
    """Make it a draft again before the programme team has decided."""
    transition(commitment, State.DRAFT, "commitments.take_back", by=by)


@transaction.atomic
def throw_away(commitment: Commitment, *, by: User) -> None:
    """Delete a draft that nobody but its organisation has read."""
    lock(commitment)
    if commitment.state != State.DRAFT:
        raise TransitionNotAllowed(f"commitment {commitment.pk} is {commitment.state}")
    log(
        commitment.organisation, "commitments.throw_away", user=by, data={"title": commitment.title}
    )
    commitment.delete()


def _set(commitment: Commitment, *, areas=(), sections=(), milestones=()) -> None:
    commitment.areas.set(areas)
    wanted = [section.pk for section in sections]
    commitment.section_links.exclude(section__in=wanted).delete()
    for section in wanted:
        commitment.section_links.get_or_create(section_id=section)
    kept = []
    for fields in list(milestones)[:MOST_MILESTONES]:
        row = commitment.milestones.filter(pk=fields.get("pk")).first()
        row = row or Milestone(commitment=commitment)
        for name in ("title", "due", "evidence"):
            setattr(row, name, fields[name])
        row.first_due = row.due
        row.save()
        kept.append(row.pk)
    commitment.milestones.exclude(pk__in=kept).delete()
