"""Periods of the programme: which one a day belongs to, and what a new portal starts with."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from partnership.organisations import starter
from partnership.organisations.models import Period
from tests.factories.partnership import PeriodFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def two():
    return PeriodFactory(year=2025), PeriodFactory(year=2027)


@pytest.mark.parametrize(
    ("day", "number"),
    [
        (date(2024, 12, 31), None),
        (date(2025, 1, 1), 0),
        (date(2026, 12, 31), 0),
        (date(2027, 1, 1), 1),
        (date(2029, 1, 1), None),
    ],
)
def test_a_day_is_in_one_period_or_none(two, day, number):
    assert Period.objects.current(day) == (None if number is None else two[number])


def test_who_joins_after_members_were_asked_joins_the_next_period(two):
    assert Period.objects.joined(date(2026, 10, 31)) == two[0]
    assert Period.objects.joined(date(2026, 11, 1)) == two[1]


def test_applications_are_taken_between_the_days(two):
    assert list(Period.objects.taking_applications(date(2026, 10, 31))) == [two[0]]
    assert list(Period.objects.taking_applications(date(2026, 12, 31))) == list(two)
    two[0].applications_until = date(2026, 11, 30)
    two[0].save()
    assert list(Period.objects.taking_applications(date(2026, 12, 1))) == [two[1]]


def test_two_periods_never_share_a_day(two):
    with pytest.raises(ValidationError) as error:
        PeriodFactory.build(year=2026).full_clean()
    assert "starts" in error.value.message_dict


def test_days_in_the_wrong_order_are_refused(two):
    two[1].grace_until = date(2026, 10, 1)
    with pytest.raises(ValidationError):
        two[1].full_clean()


def test_starter_periods_are_examples_and_loading_again_keeps_what_was_written():
    starter.load_periods()
    plan = Period.objects.get(starts=date(2027, 1, 1))
    assert Period.objects.filter(example=True).count() == 2
    with translation.override("sv"):
        assert plan.priorities[0] == "Invandrare med i planeringen från början"
    assert [one.key for one in plan.principles] == [
        "openness",
        "participation",
        "knowledge",
        "impact",
    ]
    plan.priorities_fi = "Oma"
    plan.save()

    starter.load_periods()

    plan.refresh_from_db()
    assert plan.priorities_fi == "Oma"
    assert Period.objects.count() == 2
