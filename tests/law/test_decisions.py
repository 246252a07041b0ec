"""Whatever lawyers decide, and in whatever order acts come: the law is what the acts in use make.

The reference below knows nothing of wordings that follow one another: for each day it applies the
acts that are in use, from the first words on.
"""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from law import incoming
from law.models import IncomingAmendment, SectionVersion
from portal.errors import BrokenFileError
from portal.workflow import TransitionNotAllowed
from tests.factories.accounts import UserFactory
from tests.factories.law import IncomingAmendmentFactory

from .acts import amend, invented_act, part, said, whole

pytestmark = pytest.mark.django_db
FIRST = {number: [f"Alku {number}:1.", f"Alku {number}:2."] for number in ("2", "3")}
DAYS = [date(2026, month, 1) for month in (7, 8, 9, 10)]
SEEN = [date(2026, 6, 1) + timedelta(days=15 * step) for step in range(14)]
REFUSED = (BrokenFileError, TransitionNotAllowed, incoming.CannotUndoError)


def words(number, kind):
    """What act `number` makes of a section: both subsections, one of them, or nothing."""
    return {
        "whole": [f"{number} yksi.", f"{number} kaksi."],
        "first": [f"{number} alku.", None],
        "second": [None, f"{number} loppu."],
        "repeal": [],
    }[kind]


def content(number, act):
    """The act as our own format says it."""
    section, kind, day, months = act
    given = words(number, kind)
    days = {"valid_until": str(until(act))} if months and kind != "repeal" else {}
    if kind == "repeal":
        return said(f"{number}/2026", str(day), repealed=[section])
    if kind == "whole":
        entry = whole(section, "W") | {"text": {"fi": given, "sv": given}}
    else:
        place = 1 if kind == "first" else 2
        entry = part(section, place, given[place - 1], given[place - 1])
    return said(f"{number}/2026", str(day), changed=[entry], **days)


def until(act):
    _section, kind, day, months = act
    return day + timedelta(days=30 * months - 1) if months and kind != "repeal" else date.max


def reference(acts, section, day):
    """The words of a section on a day."""
    found = FIRST[section]
    for number, act in sorted(acts.items(), key=lambda one: (one[1][2], one[0])):
        of, kind, since, _months = act
        if of != section or since > day or until(act) < day:
            continue
        if kind == "repeal":
            return []
        found = [new or old for new, old in zip(words(number, kind), found, strict=True)]
    return found


def told():
    """The words of each section on each day in each language, as the portal has them."""
    found = {}
    for day in SEEN:
        for version in SectionVersion.objects.on(day).select_related("section"):
            for language in ("fi", "sv"):
                key = (version.section.number, day, language)
                assert key not in found
                found[key] = [one["text"] for one in getattr(version, f"text_{language}")]
    return found


def acts_and_steps(chance):
    """Four acts, and what is decided on them in what order."""
    acts = [
        (
            chance.choice("22223"),
            chance.choice(["whole", "first", "first", "second", "second", "repeal"]),
            chance.choice(DAYS),
            chance.choice([0, 0, 1, 2]),
        )
        for _number in range(4)
    ]
    steps = [("take", place) for place in chance.sample(range(4), 4)]
    for name in chance.choices(["undo", "dismiss", "reopen", "import", "take"], k=4):
        steps.insert(chance.randint(0, len(steps)), (name, chance.randrange(4)))
    return acts, steps


@given(chance=st.randoms(use_true_random=True))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@time_machine.travel("2026-06-01 12:00+03:00")
def test_the_law_is_what_the_acts_in_use_make(db, chance):
    acts, steps = acts_and_steps(chance)
    with transaction.atomic():
        law, lawyer = invented_act(), UserFactory(role="lawyer")
        by_number = {10 + place: one for place, one in enumerate(acts)}
        waiting = [
            IncomingAmendmentFactory(act=law, said=content(number, one))
            for number, one in by_number.items()
        ]
        imported = set()
        for step, place in steps:
            row, number = waiting[place], 10 + place
            before = list(SectionVersion.objects.order_by("pk").values())
            try:
                with transaction.atomic():
                    if step == "take":
                        incoming.take_into_use(row, by=lawyer)
                    elif step == "undo":
                        incoming.undo(row, by=lawyer)
                    elif step == "dismiss":
                        incoming.dismiss(row, by=lawyer, reason="No.")
                    elif step == "reopen":
                        incoming.reopen(row, by=lawyer)
                    else:
                        said_again = content(number, by_number[number])
                        amend(
                            said_again.pop("number"), said_again.pop("in_force_from"), **said_again
                        )
                        imported.add(number)
            except REFUSED:
                assert list(SectionVersion.objects.order_by("pk").values()) == before
            confirmed = IncomingAmendment.objects.filter(state="confirmed")
            in_use = imported | set(confirmed.values_list("number", flat=True))
            made = {one: by_number[one] for one in in_use}
            found = told()
            for section in FIRST:
                for day in SEEN:
                    for language in ("fi", "sv"):
                        expected = reference(made, section, day)
                        if language == "sv":
                            expected = [one.replace("Alku", "Början") for one in expected]
                        assert found.get((section, day, language), []) == expected, (acts, steps)
        transaction.set_rollback(True)
