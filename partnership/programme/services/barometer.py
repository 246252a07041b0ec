"""The barometer: invitations, an answer that nobody can tie to one, and the end of a round."""

import hashlib
import secrets
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from wagtail.log_actions import log

from partnership.organisations.models import Organisation
from partnership.organisations.services.team_letters import recipients
from partnership.programme import barometer_results, letters
from partnership.programme.barometer import Questionnaire, questionnaire
from partnership.programme.errors import AlreadyAnswered, NotOpen
from partnership.programme.models import (
    BarometerBox,
    BarometerInvitation,
    BarometerKey,
    BarometerRound,
)
from portal.accounts.models import User
from portal.workflow import lock

SALT = "partnership.programme.barometer"
ALL = "all"
COUNT = "count"


class Guest(NamedTuple):
    """Where an invitation goes, and in which language."""

    email: str
    language: str


def fingerprint(key: str) -> str:
    """What is kept of a key: it opens nothing."""
    return hashlib.sha256(key.encode()).hexdigest()


def invite_members(round: BarometerRound, *, by: User) -> int:
    """Invite the owners of all member organisations, in the language of the organisation."""
    to = recipients(Organisation.objects.members())
    return invite(round, [Guest(one.email, one.language) for one in to], by=by)


@transaction.atomic
def invite(round: BarometerRound, guests: Iterable[Guest], *, by: User) -> int:
    """Write to each address that has no letter of this round yet; how many letters there were.

    NotOpen when its last day has passed. The keys are kept by their fingerprints in the order of
    these, so that no place in it tells which letter a key went with.
    """
    lock(round)
    if round.closed_at or round.closes_on < timezone.localdate():
        raise NotOpen
    wanted: dict[str, Guest] = {}
    for guest in guests:
        mark = salted_hmac(SALT, f"{round.pk} {guest.email.lower()}", algorithm="sha256")
        wanted.setdefault(mark.hexdigest(), guest)
    there = round.invitations.filter(fingerprint__in=wanted)
    for known in there.values_list("fingerprint", flat=True):
        del wanted[known]
    BarometerInvitation.objects.bulk_create(
        BarometerInvitation(round=round, fingerprint=mark) for mark in sorted(wanted)
    )
    keys = [secrets.token_hex(16) for _guest in wanted]
    BarometerKey.objects.bulk_create(
        BarometerKey(round=round, fingerprint=mark) for mark in sorted(map(fingerprint, keys))
    )
    for guest, key in zip(wanted.values(), keys, strict=True):
        letters.barometer(round, guest.email, guest.language, key)
    round.invited += len(wanted)
    round.save(update_fields=["invited"])
    log(round, "programme.invite_to_barometer", user=by, data={"number": len(wanted)})
    return len(wanted)


@transaction.atomic
def answer(key: str, given: Mapping[str, str]) -> None:
    """Count an answer and mark its key as used: two rows that say nothing of each other.

    `given` has an option for each question. NotOpen outside the days of the round, AlreadyAnswered
    for a key that has been used. Nothing is logged.
    """
    mark = fingerprint(key)
    round = BarometerRound.objects.get(keys=mark)
    if not round.is_open:
        raise NotOpen
    box, _new = BarometerBox.objects.select_for_update().get_or_create(round=round)
    if not BarometerKey.objects.filter(pk=mark, used=False).update(used=True):
        raise AlreadyAnswered
    count(box.counts, questionnaire(), given)
    box.counts = dict(sorted(box.counts.items()))
    box.save(update_fields=["counts"])


def count(counts: dict[str, int], asked: Questionnaire, given: Mapping[str, str]) -> None:
    """Add one answer to the counts of a box: by question, option and group, no two groups at once.

    So nobody who reads them can put together what a county in a region answered.
    """
    groups = [ALL, *(f"{one.key}:{given[one.key]}" for one in asked.groups)]
    for group in groups:
        _add(counts, COUNT, "", group)
        for question in asked.opinions:
            if group == ALL:
                _add(counts, question.key, given[question.key], group)
            elif question.good:
                good = "good" if given[question.key] in question.good else "rest"
                _add(counts, question.key, good, group)


def _add(counts: dict[str, int], *words: str) -> None:
    place = "|".join(words)
    counts[place] = counts.get(place, 0) + 1


def close_due() -> int:
    """Publish what may be told of each round that is over, and delete all else; how many."""
    number = 0
    for pk in BarometerRound.objects.over().order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            rows = BarometerRound.objects.over().select_for_update()
            if row := rows.filter(pk=pk).first():
                _close(row)
                number += 1
    return number


def _close(round: BarometerRound) -> None:
    box = BarometerBox.objects.filter(round=round).first()
    counts = box.counts if box else {}
    round.results = barometer_results.protected(questionnaire(), counts)
    round.closed_at = timezone.now()
    round.save(update_fields=["results", "closed_at"])
    for model in (BarometerBox, BarometerKey, BarometerInvitation):
        model._default_manager.filter(round=round).delete()
    log(round, "programme.publish_barometer")
