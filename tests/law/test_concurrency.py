"""Two people who confirm the same thing at the same moment."""

import pytest
from wagtail.log_actions import registry

from law import impact_reviews
from law.models import ImpactReview
from tests.at_once import at_once
from tests.factories.accounts import UserFactory
from tests.factories.law import AmendmentEffectFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


@pytest.mark.parametrize("attempt", range(5))
def test_of_two_confirmations_at_once_one_wins_and_the_other_settles_nothing(attempt):
    change = AmendmentEffectFactory()
    for subject in ("1", "2", "3"):
        ImpactReview.objects.create(
            effect=change, kind="guidance", subject=subject, thing="t", owner="editor"
        )
    people = UserFactory(), UserFactory()

    settled = at_once(
        *(
            lambda person=person: impact_reviews.confirm("guidance", "t", by=person)
            for person in people
        )
    )

    assert sorted(settled) == [0, 3]
    winner = people[settled.index(3)]
    assert {check.done_by for check in change.reviews.all()} == {winner}
    assert registry.get_logs_for_instance(change).count() == 1
