"""A lawyer is away: their cases are offered, go to another with one letter, and time goes on."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from wagtail.models import ModelLogEntry

from content.questions.models import Absence, Question
from content.questions.services import absences, casework, retention
from portal.mail.models import Letter
from tests.factories import questions as make
from tests.factories.accounts import UserFactory
from tests.queries import queries_of_page

pytestmark = pytest.mark.django_db
QUEUE = "/cms/legal-questions/"
PAGE = f"{QUEUE}absences/"


@pytest.fixture
def lawyer(enter):
    return enter("lawyer")


@pytest.fixture
def gone(db):
    """A lawyer who is away until tomorrow."""
    person = make.lawyer()
    Absence.objects.create(lawyer=person, until=timezone.localdate() + timedelta(days=1))
    return person


def given_letters():
    return Letter.objects.filter(template__startswith="questions/lawyer_given")


def test_a_lawyer_says_that_they_or_another_are_away_and_the_log_has_it(client, lawyer):
    other, until = make.lawyer(), timezone.localdate() + timedelta(days=7)
    for person in (lawyer, other):
        client.post(PAGE, {"move": "away", "lawyer": person.pk, "until": until.isoformat()})

    assert dict(Absence.objects.values_list("lawyer", "until")) == {
        lawyer.pk: until,
        other.pk: until,
    }
    entries = ModelLogEntry.objects.filter(action="questions.away", user=lawyer)
    assert {entry.data["lawyer"] for entry in entries} == {lawyer.pk, other.pk}
    client.post(PAGE, {"move": "back", "absence": other.absence.pk})
    assert [one.lawyer for one in Absence.objects.all()] == [lawyer]


def test_a_day_that_has_gone_by_is_no_absence(client, lawyer):
    yesterday = timezone.localdate() - timedelta(days=1)

    response = client.post(
        PAGE, {"move": "away", "lawyer": lawyer.pk, "until": yesterday.isoformat()}
    )

    assert response.status_code == 422
    assert not Absence.objects.exists()


def test_the_queue_offers_the_open_cases_until_they_are_back(client, lawyer, gone):
    for case in (make.assigned(by=gone), make.drafted(by=gone), make.answered(by=gone)):
        assert case.handler == gone
    make.assigned(by=lawyer)
    casework.ask_back(waiting := make.assigned(by=gone), by=gone, text="Which?")

    assert "3 cases of people who are away" in client.get(QUEUE).content.decode()
    assert waiting.number in client.get(PAGE).content.decode()
    with time_machine.travel(timezone.now() + timedelta(days=2), tick=True):
        client.force_login(lawyer)
        assert "of people who are away" not in client.get(QUEUE).content.decode()
        retention.clear()
        assert not Absence.objects.exists()


def test_somebody_is_away_through_their_last_day(lawyer, gone):
    case, today = make.assigned(by=gone), timezone.localdate()

    assert list(absences.cases_of_the_away(today + timedelta(days=1))) == [case]
    assert not absences.cases_of_the_away(today + timedelta(days=2))


def test_all_at_once_are_shown_first_and_given_with_one_letter_while_time_goes_on(
    client, lawyer, gone
):
    to = make.lawyer()
    cases = [make.assigned(by=gone), make.drafted(by=gone)]
    asked = make.assigned(by=gone, asker=to)
    checked = make.checked(by=gone, checker=to)
    due = {case.pk: case.due_on for case in cases}
    data = {"to": to.pk, "cases": [case.pk for case in (*cases, asked, checked)]}

    preview = client.post(PAGE, data | {"move": "preview"})

    assert set(preview.context["going"]) == set(cases)
    assert set(preview.context["staying"]) == {asked, checked}
    assert not given_letters().exists()
    assert Question.objects.filter(handler=gone).count() == 4

    client.post(PAGE, data | {"move": "give"})

    assert {case.pk: case.due_on for case in Question.objects.filter(handler=to)} == due
    assert set(Question.objects.filter(handler=gone)) == {asked, checked}
    [letter] = given_letters()
    assert letter.to == to.email
    assert all(case.number in letter.text for case in cases)
    assert cases[0].title not in letter.text
    assert "?whose=mine" in letter.text


def test_one_goes_with_one_move(client, lawyer, gone):
    case, other = make.assigned(by=gone), make.assigned(by=gone)

    client.post(PAGE, {"only": case.pk, "cases": [case.pk, other.pk], "to": lawyer.pk})

    assert [*Question.objects.filter(handler=lawyer)] == [case]
    assert not given_letters().exists()  # who takes it knows it


def test_what_has_gone_to_another_meanwhile_is_not_taken_from_them(lawyer, gone):
    case, third = make.assigned(by=gone), make.lawyer()
    casework.substitute(Question.objects.get(pk=case.pk), by=lawyer, to=third)

    assert absences.hand_on([case], by=lawyer, to=lawyer) == []
    assert Question.objects.get().handler == third


@pytest.mark.parametrize("data", [{"cases": []}, {"to": ""}, {"to": "gone"}])
def test_nothing_goes_without_a_case_and_somebody_who_is_here(client, lawyer, gone, data):
    case = make.assigned(by=gone)
    data = {"cases": [case.pk], "to": lawyer.pk} | data
    data["to"] = gone.pk if data["to"] == "gone" else data["to"]

    response = client.post(PAGE, data | {"move": "give"})

    assert response.status_code == 422
    assert Question.objects.get().handler == gone


def test_a_superuser_is_no_lawyer_and_gives_nothing(client, gone):
    client.force_login(UserFactory(is_superuser=True))
    case, to = make.assigned(by=gone), make.lawyer()

    assert client.post(PAGE, {"only": case.pk, "to": to.pk}).status_code == 302
    assert Question.objects.get().handler == gone


def test_many_cases_of_the_away_cost_the_queries_of_few(client, lawyer, gone):
    make.assigned(by=gone)
    first = [queries_of_page(client, path) for path in (QUEUE, PAGE)]
    for _number in range(5):
        make.assigned(by=gone)

    assert [queries_of_page(client, path) for path in (QUEUE, PAGE)] == first


def test_a_check_that_somebody_away_has_begun_goes_to_another(client, lawyer, gone):
    case, other = make.checked(checker=gone), make.checked()

    assert "1 case of people who are away" in client.get(QUEUE).content.decode()
    page = client.get(PAGE).content.decode()
    assert case.number in page and other.number not in page
    answer = client.post(PAGE, {"move": "free", "check": case.pk}, follow=True)

    assert "Another lawyer can check it now." in answer.content.decode()
    case.refresh_from_db()
    assert (case.state, case.checker) == ("drafted", None)
    casework.claim_check(case, by=lawyer)
    again = client.post(PAGE, {"move": "free", "check": make.drafted().pk}, follow=True)
    assert "Somebody was first" in again.content.decode()
    assert client.post(PAGE, {"move": "free", "check": "x"}).status_code == 404
