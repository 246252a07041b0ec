"""What somebody needed to take part is gone thirty days after the event, everywhere."""

from datetime import timedelta

import pytest
import time_machine
from django.apps import apps

from content.events.models import Needs
from content.events.services import registering, retention
from tests.factories.events import WayFactory

pytestmark = pytest.mark.django_db
WORDS = "canary-needs-7731"


def everywhere():
    """Every text of every row of every table."""
    return [
        model._meta.label
        for model in apps.get_models()
        for row in model._base_manager.values()
        if any(WORDS in str(value) for value in row.values())
    ]


def test_needs_are_gone_thirty_days_after_the_event():
    way = WayFactory()
    words = registering.Words(
        name="Guest", way=way, interpretation=WORDS, accessibility=f"{WORDS}, too"
    )
    registering.ask(way.event, words, email="guest@example.org", language="en")
    assert everywhere() == [Needs._meta.label]

    with time_machine.travel(way.event.ends_at + timedelta(days=29)):
        assert retention.forget_needs() == 0
    with time_machine.travel(way.event.ends_at + timedelta(days=31)):
        assert retention.forget_needs() == 1

    assert everywhere() == []
