"""What those who follow a section are told of its amendment."""

import pytest

from law import following
from law.following import KIND, MOST_CHARACTERS, subject_of
from portal.notifications.models import Event
from tests.factories.law import AmendmentEffectFactory
from tests.factories.notices import FollowFactory

pytestmark = pytest.mark.django_db


def test_where_a_long_text_is_replaced_the_new_one_is_told_too():
    change = AmendmentEffectFactory(
        before__text_fi=[{"text": "Kunta arvioi osaamisen. " * 60, "items": []}],
        after__text_fi=[{"text": "Hyvinvointialue päättää palvelusta.", "items": []}],
    )
    FollowFactory(kind=KIND, subject=subject_of(change.section))

    following.record_activity([change])

    note = Event.objects.get().notes["en"]
    first, removed, added = note.splitlines()
    assert first.startswith("Amended by act")
    assert removed.startswith("Removed: Kunta arvioi") and removed.endswith("…")
    assert added.startswith("Added: Hyvinvointialue päättää palvelusta")
    assert len(note) < MOST_CHARACTERS + 100
