"""Somebody outside approves a draft: the link opens nothing, the answer holds for that draft."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from content.approvals import services
from content.approvals.models import ApprovalComment, ApprovalRequest
from portal.languages import in_language
from portal.mail.models import Letter
from tests.factories.accounts import UserFactory
from tests.factories.content import ArticleFactory, publish, text

pytestmark = pytest.mark.django_db
SAID = {
    "name": "Example Lawyer",
    "organisation": "Example Ministry",
    "email": "lawyer@example.org",
    "language": "en",
    "message": "",
}
SECRET = "Uusi kappale vain hyväksyjälle."


@pytest.fixture
def editor(db):
    return UserFactory(role="editor", language="en")


@pytest.fixture
def draft(db):
    page = publish(ArticleFactory(language="fi", title="Arviointi", body=[text("<p>Vanha.</p>")]))
    newer = page.get_latest_revision_as_object()
    newer.body = [("text", f"<p>Vanha.</p><p>{SECRET}</p>")]
    newer.save_revision()
    return type(page).objects.get(pk=page.pk)


@pytest.fixture
def asked(draft, editor):
    return services.ask([draft], by=editor, **SAID)


def address(request):
    with in_language("en"):
        return reverse("approval:approve", args=[request.key.hex])


def mailed_code():
    letter = Letter.objects.filter(template="approvals/code").order_by("pk").last()
    return re.search(r"\b\d{6}\b", letter.text)[0]


@pytest.fixture
def opened(client, asked):
    """A browser in which the code has been entered."""
    client.post(address(asked), {"do": "code"})
    answer = client.post(address(asked), {"do": "enter", "code": mailed_code()})
    assert answer.status_code == 302
    return client


def test_an_editor_asks_from_the_page(client, editor, draft):
    client.force_login(editor)
    page = reverse("approvals:requests", args=[draft.pk])

    client.post(page, {**SAID, "pages": [draft.pk]})

    letter = Letter.objects.get()
    assert letter.to == SAID["email"]
    key = ApprovalRequest.objects.get().key.hex
    assert f"/approve/{key}/" in letter.text
    assert SAID["organisation"] in client.get(page).content.decode()


def test_what_is_published_has_nothing_to_approve(editor):
    page = publish(ArticleFactory(language="fi"))

    with pytest.raises(services.NothingToApproveError):
        services.ask([page], by=editor, **SAID)
    assert not Letter.objects.exists()


def test_a_forwarded_link_opens_nothing(client, asked, draft):
    short = client.get(reverse("approve", args=[asked.key.hex]), follow=True)
    page = short.content.decode()

    assert SECRET not in page and draft.title not in page
    assert SAID["email"] not in page
    answer = client.post(address(asked), {"do": "answer", "answer": "approve"})
    assert SECRET not in answer.content.decode()
    asked.refresh_from_db()
    assert asked.is_open


def test_the_code_holds_for_five_tries_and_the_last_letter_alone(client, asked):
    client.post(address(asked), {"do": "code"})
    first = mailed_code()
    for _try in range(services.CODE_TRIES):
        wrong = "000000" if first != "000000" else "000001"
        page = client.post(address(asked), {"do": "enter", "code": wrong}).content.decode()
        assert "This is not the code" in page
    assert client.post(address(asked), {"do": "enter", "code": first}).status_code == 200

    client.post(address(asked), {"do": "code"})
    assert client.post(address(asked), {"do": "enter", "code": mailed_code()}).status_code == 302
    code_again = client.post(address(asked), {"do": "enter", "code": mailed_code()})
    assert code_again.status_code == 200  # who is in sees the draft
    other = Client().post(address(asked), {"do": "enter", "code": mailed_code()})
    assert "This is not the code" in other.content.decode()


def test_no_more_than_five_codes_an_hour(client, asked):
    for _time in range(services.CODES_AN_HOUR + 2):
        page = client.post(address(asked), {"do": "code"}).content.decode()

    assert "wait an hour" in page
    assert Letter.objects.filter(template="approvals/code").count() == services.CODES_AN_HOUR


def test_the_draft_is_shown_with_what_changes(opened, asked):
    page = opened.get(address(asked)).content.decode()

    assert SECRET in page
    assert "<ins" in page


def test_approved_it_stands_in_the_history_and_who_asked_hears(opened, asked, draft, editor):
    opened.post(address(asked), {"do": "answer", "answer": "approve", "words": "Good."})

    entry = PageLogEntry.objects.get(action="content.approval_given")
    assert entry.data["organisation"] == SAID["organisation"]
    assert entry.revision_id == draft.latest_revision_id
    letter = Letter.objects.filter(to=editor.email).get()
    assert "Approved" in letter.subject and "Good." in letter.text
    asked.refresh_from_db()
    assert asked.is_current
    draft.save_revision()
    assert not ApprovalRequest.objects.get().is_current
    assert opened.get(address(asked)).status_code == 410


def test_who_returns_says_why_here_or_at_a_place(opened, asked):
    page = opened.post(address(asked), {"do": "answer", "answer": "return"}).content.decode()
    assert "Say what is to be changed" in page
    item = asked.items.get()
    field = re.search(rf'name="(comment:{item.pk}:[^"]+)"', page)[1]

    opened.post(address(asked), {"do": "answer", "answer": "return", field: "Why so?"})

    comment = ApprovalComment.objects.get()
    assert comment.text == "Why so?" and comment.quoted
    asked.refresh_from_db()
    assert asked.state == ApprovalRequest.State.RETURNED


def test_asked_again_the_earlier_request_is_over(client, asked, draft, editor):
    services.ask([draft], by=editor, **SAID)

    assert client.get(address(asked)).status_code == 410


@pytest.mark.parametrize("key", ["x", "0" * 32, "%00"])
def test_a_key_that_is_none_says_so(client, key):
    assert client.get(f"/en/approve/{key}/").status_code in (400, 404)


def test_after_its_days_it_is_over(client, asked):
    ApprovalRequest.objects.update(expires_at=timezone.now())

    assert client.get(address(asked)).status_code == 410
    assert client.post(address(asked), {"do": "code"}).status_code == 410


def test_who_may_not_edit_the_page_asks_nobody(client, draft):
    client.force_login(UserFactory(role="translator_en"))
    client.post(reverse("approvals:requests", args=[draft.pk]), {**SAID, "pages": [draft.pk]})

    assert not ApprovalRequest.objects.exists()
