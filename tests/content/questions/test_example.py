"""The machine of a try-out shown running: every role's first screen has work in it."""

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page

from content.editorial.reviews import due_pages
from content.pages.models import GuidanceArticlePage
from content.questions import example
from content.questions.inbox import waiting_for
from content.questions.models import Question
from law.models import Act, ImpactReview, IncomingAmendment, PendingBill, Section
from partnership.organisations.models import Organisation
from portal.accounts import starter as accounts
from portal.accounts.models import User
from portal.accounts.starter import email_of
from portal.feedback.models import Feedback, Opinion
from portal.mail import sending
from portal.mail.models import Letter
from tests.factories.partnership import RepresentativeFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def demo(starter_site, settings, tmp_path, monkeypatch):
    """A try-out with its accounts, of which one acts for the first organisation."""
    settings.DEMO, settings.STAFF_NEED_SECOND_FACTOR = True, False
    monkeypatch.setattr(accounts, "FILE", tmp_path / "accounts.json")
    accounts.load(lambda done, total: None)
    RepresentativeFactory(
        user=User.objects.get(email=email_of("org_owner")),
        organisation=Organisation.objects.members().first(),
        role="owner",
    )
    example.load()
    return Act.objects.get(example=True)


def counted():
    models = (Page, Section, Question, ImpactReview, Letter, Opinion, Feedback, PendingBill)
    return [model.objects.count() for model in models]


def test_only_a_try_out_has_it(starter_site):
    example.load()

    assert not Act.objects.filter(example=True).exists()


def test_it_is_in_three_versions_with_a_temporary_one_one_that_waits_and_a_bill(demo):
    today = timezone.localdate()
    words = {
        section.number: [one.text_fi for one in section.versions.order_by("valid_from")]
        for section in demo.sections.all()
    }

    assert {number: len(texts) for number, texts in words.items()} == {
        "1": 1, "2": 1, "3": 2, "4": 2, "5": 3, "6": 1, "7": 1, "8": 1,
    }  # fmt: skip
    assert words["5"][0] == words["5"][2]
    coming = Section.objects.get(act=demo, number="3").versions.get(amendment__isnull=False)
    assert coming.valid_from > today
    assert demo.amendments.exclude(valid_until=None).get().valid_until > today
    assert demo.incoming.get().state == IncomingAmendment.State.READY
    assert demo.bills.get().is_unchecked


def test_half_of_the_reviews_are_settled_and_one_page_is_late(demo):
    things = {
        state: set(ImpactReview.objects.filter(state=state).values_list("effect", "kind", "thing"))
        for state in ("open", "confirmed")
    }

    assert abs(len(things["open"]) - len(things["confirmed"])) <= 1 and things["confirmed"]
    late = due_pages().filter(due__lt=timezone.localdate())
    assert {page.kept_by for page in late} >= {"editor", "statistician"}


def test_five_questions_in_five_states_and_a_letter_that_waits(demo):
    states = set(Question.objects.values_list("state", flat=True))

    assert states == {"received", "assigned", "waiting", "drafted", "answered"}
    letter = Letter.objects.get(to=example.FOLLOWER)
    assert letter.sent_at is None
    assert "Yhteistyö" in letter.text
    while sending.send_due():
        pass
    letter.refresh_from_db()
    assert letter.sent_at is None


def test_every_role_has_work_on_its_first_screen(demo, client):
    for role in ("editor", "lawyer", "lawyer2", "statistician", "programme", "org_owner"):
        person = User.objects.get(email=email_of(role))
        client.force_login(person)
        desk = client.get("/en/desk/").context["tasks"]
        if role in ("programme", "org_owner"):
            assert desk, role
            continue
        page = client.get("/cms/")
        assert page.status_code == 200
        late = due_pages().filter(due__lt=timezone.localdate(), kept_by=role.rstrip("2"))
        waits = late if role in ("editor", "statistician") else waiting_for(person, demo.given_on)
        assert waits.exists(), role
        if role.startswith("lawyer"):
            assert "9904/" in page.content.decode()


def test_guidance_says_that_it_is_invented_and_is_under_review(demo, client):
    marks = {
        "example-cooperation": "An invented example",
        "esimerkki-yhteistyo": "Keksitty esimerkki",
        "exempel-samarbete": "Ett påhittat exempel",
    }
    pages = GuidanceArticlePage.objects.filter(slug__in=marks)

    assert pages.count() == 3
    for page in pages:
        assert marks[page.slug] in client.get(page.url_path).content.decode()
    reviews = ImpactReview.objects.filter(kind="guidance", effect__section__act=demo)
    assert set(reviews.values_list("state", flat=True)) == {"open", "confirmed"}


def test_a_second_run_changes_nothing(demo):
    before = counted()

    example.load()

    assert counted() == before


def test_one_command_takes_it_all_away(starter_site, settings, tmp_path, monkeypatch, request):
    before = counted()
    request.getfixturevalue("demo")
    assert counted() != before

    call_command("remove_example")

    after = counted()
    assert after[:4] == before[:4]
    assert after[5:] == before[5:]
    assert not Letter.objects.filter(to=example.FOLLOWER).exists()
    assert not Act.objects.filter(example=True).exists()
