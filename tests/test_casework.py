"""The kit of queues and cases in /cms/, on the desks of feedback and of applications."""

import pytest
from wagtail.models import ModelLogEntry

from partnership.organisations.models import Membership
from portal.feedback.models import Feedback
from tests.factories.accounts import UserFactory
from tests.factories.feedback import FeedbackFactory
from tests.factories.partnership import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_editor(client):
    client.force_login(UserFactory(role="editor"))
    return client


def page_of(feedback):
    return f"/cms/feedback/{feedback.pk}/"


@pytest.mark.parametrize(
    ("fields", "offered"),
    [
        ({}, ["answer", "close"]),
        ({"email": ""}, ["close"]),
        ({"status": Feedback.Status.CLOSED}, ["reopen"]),
        ({"status": Feedback.Status.ANSWERED}, []),
    ],
)
def test_the_moves_that_lead_on_are_buttons(as_editor, fields, offered):
    response = as_editor.get(page_of(FeedbackFactory(**fields)))

    assert [move.name for move in response.context["moves"]] == offered
    shown = response.content.decode()
    assert [f'name="event" value="{name}"' in shown for name in ("answer", "close", "reopen")] == [
        name in offered for name in ("answer", "close", "reopen")
    ]


def test_a_move_that_there_is_not_is_refused(as_editor):
    feedback = FeedbackFactory()

    response = as_editor.post(page_of(feedback), {"event": "delete"})

    assert response.status_code == 302
    assert response["Location"] == "/cms/"
    assert Feedback.objects.get().status == Feedback.Status.OPEN


def test_a_refusal_is_said_in_words_and_logs_nothing(as_editor):
    feedback = FeedbackFactory(status=Feedback.Status.ANSWERED)

    page = as_editor.post(page_of(feedback), {"event": "reopen"}, follow=True).content.decode()

    assert "Somebody else has already dealt with this feedback." in page
    assert not ModelLogEntry.objects.for_instance(feedback).exists()


def test_what_was_read_goes_along_with_a_move_that_expects_it(client):
    client.force_login(UserFactory(role="programme"))
    membership = MembershipFactory(status=Membership.Status.APPLIED)
    address = f"/cms/memberships/{membership.pk}/"

    words = {"move": "return", "text": "Who?"}
    page = client.post(address, words | {"seen": "other"}, follow=True).content.decode()
    membership.refresh_from_db()
    assert "changed after you opened it" in page
    assert membership.status == Membership.Status.APPLIED

    client.post(address, words | {"seen": membership.version_token})
    membership.refresh_from_db()
    assert membership.status == Membership.Status.RETURNED


def test_the_queue_and_its_badge_are_for_whom_the_cases_are_for(client):
    FeedbackFactory.create_batch(2)
    for role, sees in (("editor", True), ("lawyer", False)):
        client.force_login(UserFactory(role=role))
        home = client.get("/cms/").content.decode()
        assert ("Feedback (2)" in home) is sees
        assert ("/cms/feedback/" in home) is sees
        assert (client.get("/cms/feedback/").status_code == 200) is sees
