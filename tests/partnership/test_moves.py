"""Whatever is called, in whatever order, a membership goes only where MOVES leads."""

from contextlib import suppress
from itertools import cycle

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import ModelLogEntry

from partnership.organisations.errors import SamePerson
from partnership.organisations.models import Membership
from portal.mail.models import Letter
from portal.workflow import TransitionNotAllowed
from tests.factories.accounts import UserFactory
from tests.factories.partnership import MembershipFactory
from tests.proofs import size

from .test_memberships import EVENTS, LETTERS

pytestmark = pytest.mark.django_db


@pytest.mark.proof
@settings(
    max_examples=size(60, 1000),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(events=st.lists(st.sampled_from(sorted(EVENTS)), max_size=8), stale=st.booleans())
def test_no_sequence_of_events_leaves_the_map(events, stale):
    Membership.objects.all().delete()
    Letter.objects.all().delete()
    ModelLogEntry.objects.all().delete()
    team = UserFactory.create_batch(2)
    membership = MembershipFactory()
    made = told = 0
    for event, by in zip(events, cycle(team)):
        before = Membership.objects.get(pk=membership.pk).status
        # A stale copy is what somebody has had open while others moved the row.
        row = membership if not stale else Membership.objects.get(pk=membership.pk)
        row.status = before if not stale else Membership.Status.APPLIED
        with suppress(TransitionNotAllowed, SamePerson):
            EVENTS[event](row, by=by)
        after = Membership.objects.get(pk=membership.pk).status
        if after != before:
            assert after in Membership.MOVES[before]
            made += 1
            told += LETTERS[event] is not None
        assert ModelLogEntry.objects.filter(action__startswith="organisations.").count() == made
        assert Letter.objects.count() == told
