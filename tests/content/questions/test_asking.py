import html
import re
from datetime import date, timedelta

import pytest
import time_machine
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from content.questions import matching
from content.questions.models import AnswerPage, Deflection, Draft, Question
from content.questions.services import asking as services
from portal.languages import in_language
from portal.mail.models import Letter
from portal.search_api import Found
from tests.factories.accounts import UserFactory
from tests.factories.law import SectionFactory
from tests.factories.partnership import OrganisationFactory, RepresentativeFactory
from tests.factories.questions import QuestionFactory, answered, ask, published

pytestmark = pytest.mark.django_db
ASK = "/en/questions/ask/"
CODE = "010190-905V"  # a temporary number, which no person is given
FOUND = Found("answer", "Within three years", "/en/questions/within/", "…", "en")


@pytest.fixture
def one_found(monkeypatch):
    monkeypatch.setattr(matching, "matches", lambda *args: [FOUND])


def test_a_reader_without_an_account_is_told_what_asking_is(client):
    response = client.get(ASK)

    assert response.status_code == 200
    assert b"Sign in and ask" in response.content
    assert "sessionid" not in response.cookies


def test_what_was_typed_when_the_session_ended_waits_behind_the_sign_in(client, filled):
    response = client.post(ASK, filled)
    assert response.status_code == 302
    client.force_login(user := UserFactory())

    page = client.get(ASK)

    assert filled["text"].encode() in page.content
    assert str(Draft.objects.get(user=user).key) == filled["key"]


@pytest.mark.usefixtures("nothing_found")
def test_a_question_gets_a_number_a_due_date_a_retention_and_a_letter(client, asker, filled):
    section = SectionFactory()
    with time_machine.travel("2026-12-21 10:00+02:00"):
        client.force_login(asker)
        response = client.post(ASK, filled | {"sections": [section.pk]})

    question = Question.objects.get()
    assert response["Location"] == "/en/questions/mine/KN-2026-0001/"
    assert question.number == "KN/2026/0001"
    assert question.due_on == date(2027, 1, 15)
    assert question.keep_until == date(2036, 12, 21)
    assert (question.asker, question.state) == (asker, Question.State.RECEIVED)
    assert list(question.sections.all()) == [section]
    letter = Letter.objects.get()
    assert (letter.to, letter.template) == (asker.email, "questions/received")
    assert "KN/2026/0001" in letter.text
    assert question.text not in letter.text


@pytest.mark.usefixtures("nothing_found")
def test_sending_twice_asks_once(client, asker, filled):
    client.post(ASK, filled)
    client.post(ASK, filled)

    assert Question.objects.count() == 1
    assert Letter.objects.count() == 1


@pytest.mark.usefixtures("asker", "one_found")
def test_what_may_answer_it_is_shown_before_a_question_is_sent(client, filled):
    shown = client.post(ASK, filled)

    assert shown.status_code == 200
    assert FOUND.title in shown.content.decode()
    assert not Question.objects.exists()

    client.post(ASK, filled | {"looked": "1"})

    assert Question.objects.count() == 1


@pytest.mark.usefixtures("one_found")
def test_who_found_the_answer_throws_the_draft_away_and_is_counted(client, asker, filled):
    client.post(ASK, filled)
    [(_one, token)] = matching.signed([FOUND])

    response = client.post(ASK, filled | {"answered": token})

    assert response["Location"] == FOUND.url
    assert not Draft.objects.filter(user=asker).exists()
    assert [(row.kind, row.url) for row in Deflection.objects.all()] == [("answer", FOUND.url)]


@pytest.mark.usefixtures("asker", "one_found")
def test_an_answer_that_is_pressed_twice_is_counted_once(client, filled):
    client.post(ASK, filled)
    [(_one, token)] = matching.signed([FOUND])

    pressed = [client.post(ASK, {"key": filled["key"], "answered": token}) for _time in range(2)]

    assert [response["Location"] for response in pressed] == [FOUND.url] * 2
    assert Deflection.objects.count() == 1


@pytest.mark.usefixtures("asker", "one_found")
def test_enter_in_a_field_never_throws_the_draft_away(client, filled):
    """A browser presses the first button of the form that the field is in."""
    page = client.post(ASK, filled).content.decode()
    form = page[page.index("data-ask") :]

    buttons = re.findall(r"<button[^>]*>", form[: form.index("</form>")])
    own = [button for button in buttons if 'form="' not in button]

    assert FOUND.title in form
    assert 'name="answered"' not in "".join(own)
    assert "name=" not in own[0]


@pytest.mark.usefixtures("nothing_found")
def test_a_form_that_another_person_had_open_in_the_browser_is_sent_as_ones_own(client, filled):
    first, second = UserFactory.create_batch(2)
    for user in (first, second, second):
        client.force_login(user)
        assert client.post(ASK, filled).status_code == 302

    assert [question.asker for question in Question.objects.order_by("pk")] == [first, second]


@pytest.mark.usefixtures("asker", "nothing_found")
@pytest.mark.parametrize("section", ["9" * 40, "-1", "١", "x", "\u200b"])
def test_a_section_that_is_none_is_an_error_of_its_field(client, filled, section):
    response = client.post(ASK, filled | {"sections": [section]})

    assert response.status_code == 422
    assert "sections" in response.context["form"].errors
    assert filled["text"].encode() in response.content


@pytest.mark.usefixtures("asker", "nothing_found")
def test_words_that_cannot_be_seen_are_no_question(client, filled):
    response = client.post(ASK, filled | {"title": "\u200b \u2060", "text": "\x01\x0b"})

    assert set(response.context["form"].errors) == {"title", "text"}


@pytest.mark.usefixtures("asker", "nothing_found")
def test_control_characters_go_and_what_people_write_stays(client, filled):
    family = "👩‍👩‍👧"

    client.post(ASK, filled | {"title": f"A\x01 \u202e{family}", "text": "One\r\n\ttwo\x7f"})

    question = Question.objects.get()
    assert (question.title, question.text) == (f"A {family}", "One\r\n\ttwo")


def test_a_draft_that_is_kept_by_a_script_after_the_session_ended_is_told_of_once(client, filled):
    for _time in range(3):
        client.post(ASK, filled | {"look": "1"})

    page = client.get(reverse("account_login"), HTTP_ACCEPT_LANGUAGE="en", follow=True)

    assert page.content.decode().count("Sign in to go on.") == 1


@pytest.mark.usefixtures("asker")
def test_a_token_that_we_did_not_make_leads_nowhere(client, filled):
    token = signing.dumps(["answer", "Elsewhere", "https://elsewhere.example.org/", "en"])

    assert client.post(ASK, filled | {"answered": token}).status_code == 400
    assert not Deflection.objects.exists()


@pytest.mark.usefixtures("asker", "nothing_found")
def test_an_identity_code_is_pointed_out_in_its_place_and_stops_the_question(client, filled):
    response = client.post(ASK, filled | {"text": f"My client {CODE} asks."})

    page = response.content.decode()
    assert response.status_code == 422
    assert f'<mark title="personal identity code">{CODE}</mark>' in page
    assert f'value="code:{CODE.lower()}"' in page
    assert not Question.objects.exists()


@pytest.mark.usefixtures("asker", "nothing_found")
def test_what_is_confirmed_as_not_personal_is_sent_and_the_confirmation_kept(client, filled):
    text = "The exchange is 029 501 0000: may it interpret?"

    assert client.post(ASK, filled | {"text": text}).status_code == 422
    client.post(ASK, filled | {"text": text, "confirmed": ["phone:029 501 0000"]})

    assert Question.objects.get().confirmed == ["phone:029 501 0000"]


@pytest.mark.usefixtures("asker", "nothing_found")
def test_a_confirmation_of_one_thing_is_none_of_another(client, filled):
    text = f"The exchange is 029 501 0000, and {CODE} asks."
    data = filled | {"text": text, "confirmed": ["phone:029 501 0000", "code:010101-9001"]}

    assert client.post(ASK, data).status_code == 422
    assert not Question.objects.exists()


@pytest.mark.usefixtures("one_found")
def test_a_draft_is_kept_while_one_types_and_what_is_found_comes_back(client, asker, filled):
    part = client.post(ASK, filled | {"look": "1", "text": f"{CODE} <b>"})

    page = part.content.decode()
    assert "<html" not in page
    assert FOUND.title in page
    assert f">{CODE}</mark> &lt;b&gt;" in page
    assert Draft.objects.get(user=asker).fields["text"] == f"{CODE} <b>"


@pytest.mark.usefixtures("nothing_found")
def test_a_draft_that_comes_late_is_not_kept_again(client, asker, filled):
    client.post(ASK, filled)

    client.post(ASK, filled | {"look": "1"})

    assert not Draft.objects.filter(user=asker).exists()


def test_what_one_person_typed_is_not_given_to_the_next_who_signs_in(client, asker, filled):
    client.post(ASK, filled | {"save": "1"})
    client.logout()
    client.post(ASK, filled | {"text": "Typed when the session had ended."})
    client.force_login(UserFactory())

    assert b"Typed when" not in client.get(ASK).content


@pytest.mark.parametrize(
    ("origin", "more", "offered"),
    [
        ("http://testserver", {}, True),
        ("http://testserver", {"password": "x"}, False),
        ("https://elsewhere.example.org", {}, False),
    ],
)
def test_a_form_that_stood_open_while_one_signed_in_anew_is_offered_again(
    filled, origin, more, offered
):
    client = Client(enforce_csrf_checks=True)
    client.force_login(UserFactory())
    client.get(ASK)
    text = 'Two\nlines of "it"'
    old = filled | more | {"csrfmiddlewaretoken": "a" * 64, "save": "1", "text": text}

    refused = client.post(ASK, old, headers={"origin": origin})

    page = refused.content.decode()
    assert refused.status_code == 403
    assert not Draft.objects.exists()
    assert ("Send once more" in page) is offered
    if offered:
        again = re.findall(r'(?s)type="hidden" name="(\w+)" value="([^"]*)"', page)
        again = {name: html.unescape(value) for name, value in again}
        assert client.post(ASK, again).status_code == 302
        assert Draft.objects.get().fields["text"] == text


def test_saving_needs_no_script_and_the_form_comes_back_filled(client, asker, filled):
    client.post(ASK, filled | {"save": "1", "audience": ""})

    page = client.get(ASK).content.decode()

    assert filled["title"] in page
    assert filled["text"] in page
    assert Draft.objects.get(user=asker).fields["publishing"] == "yes"


@pytest.mark.usefixtures("asker", "nothing_found")
def test_answer_only_us_needs_a_reason(client, filled):
    assert client.post(ASK, filled | {"publishing": "no"}).status_code == 422

    client.post(ASK, filled | {"publishing": "no", "private_reason": "A pending matter."})

    question = Question.objects.get()
    assert not question.may_be_published
    assert question.private_reason == "A pending matter."


@pytest.mark.usefixtures("nothing_found")
def test_one_asks_for_an_organisation_of_ones_own_only(client, asker, filled):
    own = RepresentativeFactory(user=asker).organisation
    other = OrganisationFactory()

    assert client.post(ASK, filled | {"organisation": other.slug}).status_code == 422
    client.post(ASK, filled | {"organisation": own.slug, "shared": "on"})

    question = Question.objects.get()
    assert (question.organisation, question.shared) == (own, True)


def test_the_asker_adds_and_a_wait_ends_with_it(client, asker):
    question = ask(by=asker)

    response = client.post(question.get_absolute_url(), {"text": "It was in 2024."})

    assert response.status_code == 302
    assert [message.text for message in question.messages.all()] == ["It was in 2024."]


def test_an_addition_to_what_has_ended_meanwhile_is_shown_to_be_copied(client, asker):
    question = ask(by=asker)
    services.withdraw(question, by=asker)

    response = client.post(question.get_absolute_url(), {"text": "An hour of work."})

    assert response.status_code == 409
    assert "An hour of work." in response.content.decode()
    assert not question.messages.exists()


def test_an_addition_typed_when_the_session_had_ended_waits_behind_the_sign_in(client):
    question, other = ask(by=(asker := UserFactory())), ask(by=asker)
    address = question.get_absolute_url()

    response = client.post(address, {"text": "An hour of work."})

    assert (response.status_code, "next=" in response["Location"]) == (302, True)
    client.force_login(asker)
    shown = [client.get(one).content.decode() for one in (other.get_absolute_url(), address)]
    assert ["An hour of work." in page for page in shown] == [False, True]
    assert not question.messages.exists()


def test_an_addition_that_is_sent_twice_is_one_and_what_it_confirmed_is_kept(client, asker):
    question = ask(by=asker, confirmed=["case:1"])
    addition = {"text": "Call 029 501 0000.", "confirmed": ["phone:029 501 0000"]}

    for _time in range(2):
        assert client.post(question.get_absolute_url(), addition).status_code == 302

    question.refresh_from_db()
    assert question.messages.count() == 1
    assert question.confirmed == ["case:1", "phone:029 501 0000"]


def test_an_addition_is_screened_too(client, asker):
    question = ask(by=asker)

    response = client.post(question.get_absolute_url(), {"text": f"It was {CODE}."})

    assert response.status_code == 422
    assert not question.messages.exists()


def test_the_asker_is_led_to_the_public_answer_while_they_may_read_it(client, asker):
    question = published(asker=asker, language="en")
    address = f"/en/questions/mine/{question.slug}/"
    link = f'href="{question.page.url_path}"'
    assert link in client.get(address).content.decode()

    restricted = PageViewRestriction.objects.create(page=question.page, restriction_type="groups")
    assert link not in client.get(address).content.decode()

    restricted.delete()
    AnswerPage.objects.get().unpublish()
    assert link not in client.get(address).content.decode()


def test_the_asker_withdraws_once(client, asker):
    question = ask(by=asker)
    address = reverse("questions:withdraw", kwargs={"number": question.slug})

    client.post(address)
    client.post(address)

    question.refresh_from_db()
    assert question.state == Question.State.WITHDRAWN
    assert Letter.objects.filter(template="questions/withdrawn").count() == 1


@pytest.mark.parametrize("number", [1, 6])
def test_the_list_of_ones_own_costs_the_same_however_long(
    client, asker, number, django_assert_max_num_queries
):
    QuestionFactory.create_batch(number, asker=asker)

    with django_assert_max_num_queries(10):
        page = client.get("/en/questions/mine/")

    assert page.content.decode().count("Who must be assessed?") == number


def test_numbers_begin_anew_each_year(asker):
    numbers = []
    for moment in ("2026-12-31 23:00+02:00", "2027-01-01 00:30+02:00", "2027-01-01 00:31+02:00"):
        with time_machine.travel(moment):
            numbers.append(ask(by=asker).number)

    assert numbers == ["KN/2026/0001", "KN/2027/0001", "KN/2027/0002"]


def test_sections_that_are_named_by_their_number_come_first(asker):
    section = SectionFactory(number="32a")
    SectionFactory(number="14")

    [found] = matching.matches("What of section 32 a?", "", "en", asker)

    with in_language("en"):
        assert found.url == section.get_absolute_url()


def test_more_questions_than_may_be_sent_in_a_day_are_kept_for_the_next(
    client, asker, filled, nothing_found, monkeypatch
):
    monkeypatch.setattr(Question, "MOST_A_DAY", 2)
    with time_machine.travel("2026-03-02 22:30+02:00", tick=False):
        QuestionFactory(asker=asker, received_at=timezone.now() - timedelta(days=1))
        ask(by=asker)
        ask(by=asker)
        ask()
        response = client.post(ASK, filled | {"looked": "1"})

        assert response.status_code == 429
        assert "You have sent 2 questions today" in response.content.decode()
        assert Question.objects.filter(asker=asker).count() == 3
        assert Draft.objects.get(user=asker).fields["title"] == filled["title"]
    with time_machine.travel("2026-03-03 00:30+02:00", tick=False):
        client.force_login(asker)
        assert client.post(ASK, filled | {"looked": "1"}).status_code == 302
    assert not Draft.objects.exists()


def test_the_answer_says_how_to_go_on(client):
    question = answered()
    client.force_login(question.asker)

    with in_language("en"):
        page = client.get(question.get_absolute_url()).content.decode()

    assert '<a href="/en/questions/ask/">ask a new question</a>' in page
    assert f"mention the number {question.number}" in page
