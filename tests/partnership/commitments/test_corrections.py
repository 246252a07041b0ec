"""Corrections of a public commitment: each a line of the timeline, the old words readable."""

import pytest

from partnership.commitments.models import Commitment, Entry
from partnership.commitments.services import corrections
from portal.concurrency import Stale
from portal.workflow import TransitionNotAllowed
from tests.factories.accounts import UserFactory
from tests.factories.commitments import CommitmentFactory
from tests.factories.partnership import MembershipFactory

pytestmark = pytest.mark.django_db


def test_the_old_words_stay_readable(client):
    owner = UserFactory()
    organisation = MembershipFactory(status="active", owner=owner).organisation
    row = CommitmentFactory(organisation=organisation, target="40 places.")
    client.force_login(owner)
    page = f"/en/commitments/own/{row.pk}/correct/"
    seen = row.version_token
    words = {name: getattr(row, name) for name in Commitment.WORDS}
    typed = words | {"title": "Another title", "target": "50 places.", "seen": seen}
    assert client.post(page, typed).status_code == 422
    address = row.get_absolute_url()

    assert client.post(page, typed | {"reason": "A slip."}).url == address

    html = client.get(address).content.decode()
    assert "50 places." in html and "40 places." in html and "A slip." in html
    entries = row.entries.filter(kind=Entry.Kind.CORRECTED, organisation=organisation)
    assert {(one.field, one.before) for one in entries} == {
        ("title", row.title),
        ("target", "40 places."),
    }
    assert client.post(page, typed | {"reason": "Again."}).status_code == 409


def test_nothing_different_is_no_correction():
    row = CommitmentFactory()

    number = corrections.correct(row, by=None, words={"target": row.target}, reason="None.")

    assert number == 0 and not row.entries.exists()


def test_a_draft_is_written_and_not_corrected():
    row = CommitmentFactory(state="draft")

    with pytest.raises(TransitionNotAllowed):
        corrections.correct(row, by=None, words={"target": "x"}, reason="Why.")


def test_a_correction_rests_on_what_was_read():
    row = CommitmentFactory()
    seen = row.version_token
    Commitment.objects.update(target="Theirs.")

    with pytest.raises(Stale):
        corrections.correct(row, by=None, words={"target": "x"}, reason="Why.", expect=seen)
