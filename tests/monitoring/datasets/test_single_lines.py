"""Rules of releases that one line each holds, and that no other test would miss."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone

from monitoring.datasets import example, services
from monitoring.datasets.models import Release
from tests.factories.accounts import UserFactory
from tests.monitoring.datasets.making import MOMENT

pytestmark = pytest.mark.django_db
State = Release.State


@pytest.fixture
def returned(dataset, figures):
    """A release that was approved and then returned."""
    release = services.bring(
        dataset, BytesIO(example.as_csv(figures)), "file.csv", by=UserFactory()
    )
    services.propose(release, by=UserFactory(), release_at=MOMENT)
    services.approve(release, by=UserFactory())
    services.give_back(release, by=UserFactory(), answer="Look at Turku again.")
    return release


def test_what_was_returned_waits_for_whoever_proposed_it(returned):
    assert services.forget_unproposed(timezone.now() + timedelta(days=30)) == 0

    returned.refresh_from_db()
    assert returned.state == State.RETURNED


def test_what_was_returned_is_decided_by_nobody_until_it_is_approved_again(returned):
    returned.refresh_from_db()
    assert (returned.decided_by, returned.decided_at) == (None, None)
