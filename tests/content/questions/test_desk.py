"""The lawyers' side: who is offered what, and what they are told when it cannot be done."""

from datetime import date

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from content.questions.admin.columns import clock
from content.questions.errors import NotTheirs, SameLawyer
from content.questions.models import AnswerPage, Question
from content.questions.services import asking, casework
from law.models import Section
from portal.languages import in_language
from portal.mail.models import Letter
from tests.factories import questions as make
from tests.factories.law import SectionFactory
from tests.factories.questions import QuestionFactory, State
from tests.factories.topics import TopicFactory

pytestmark = pytest.mark.django_db
QUEUE = "/cms/legal-questions/"


@pytest.fixture
def lawyer(enter):
    return enter("lawyer")


def address(question):
    return reverse("legal_questions:inspect", args=[question.pk])


def do(client, question, move, **data):
    """Make a move from the page as it stands now, unless `data` says what was seen of it."""
    wording = question.wording
    if move in ("write", "submit"):
        data.setdefault("seen", wording.version_token if wording else "")
    if move == "approve":
        data.setdefault("wording", wording.pk)
    response = client.post(address(question), {"move": move, **data}, follow=True)
    question.refresh_from_db()
    return response


def test_a_question_goes_all_the_way_through_the_pages(client):
    first, second = make.lawyer(), make.lawyer()
    section = SectionFactory(number="14")
    question = make.ask()
    client.force_login(first)
    do(client, question, "triage", topic=TopicFactory().pk, sections=[section.pk])
    do(client, question, "claim")
    do(client, question, "write", text="Within three")
    do(client, question, "submit", text="Within three years.", sections=[section.pk])
    assert question.state == State.DRAFTED

    refused = do(client, question, "claim_check")
    assert question.state == State.DRAFTED
    assert "another lawyer has to check it" in refused.content.decode()

    client.force_login(second)
    do(client, question, "claim_check")
    do(client, question, "approve", seen="0")
    assert question.state == State.ANSWERED
    letter = Letter.objects.get(template="questions/answered")
    assert letter.to == question.asker.email
    assert "Within three years." in letter.text

    do(client, question, "prepare", **make.WORDS)
    do(client, question, "publish")
    assert question.state == State.PREPARED  # the words for everyone are the second lawyer's own
    client.force_login(first)
    do(client, question, "publish")
    page = AnswerPage.objects.get()
    assert question.state == State.PUBLISHED
    assert (page.live, page.language, page.keeper) == (True, "en", "lawyer")
    assert page.sections == [section]
    assert client.get(page.url_path).status_code == 200


def test_what_is_personal_stops_the_public_text_and_is_shown_in_its_place(client, lawyer):
    question = make.answered()
    words = make.WORDS | {"asked": "Call 040 123 4567."}

    response = do(client, question, "prepare", **words)

    assert response.status_code == 422
    assert "<mark" in response.content.decode()
    assert question.state == State.ANSWERED

    do(client, question, "prepare", confirmed=["phone:040 123 4567"], **words)
    assert question.state == State.PREPARED


@pytest.mark.parametrize("fields", [{"may_be_published": False}, {"secret": True}])
def test_an_answer_for_one_is_not_offered_for_publishing(client, lawyer, fields):
    question = make.answered(**fields)

    do(client, question, "prepare", **make.WORDS)

    assert question.state == State.ANSWERED
    assert not AnswerPage.objects.exists()


@pytest.mark.parametrize("way", ["release", "substitute"])
def test_who_wrote_what_another_puts_forward_does_not_check_it(client, enter, way):
    first, second = enter("lawyer"), make.lawyer()
    question = make.assigned(by=first)
    do(client, question, "write", text="Within three years.")
    do(client, question, way, to=second.pk)
    client.force_login(second)
    do(client, question, "claim")
    do(client, question, "submit", text="Within three years.")

    client.force_login(first)
    refused = do(client, question, "claim_check")

    assert question.state == State.DRAFTED
    assert "another lawyer has to check it" in refused.content.decode()
    with pytest.raises(SameLawyer):
        casework.claim_check(question, by=first)


def test_who_comes_second_is_told_who_was_first(client, lawyer):
    question = make.triaged()
    first = make.lawyer()
    casework.claim(Question.objects.get(pk=question.pk), by=first)

    page = do(client, question, "claim").content.decode()

    assert question.handler == first
    assert "Somebody was first" in page
    assert str(first) in page


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (casework.ask_back, {"text": "Which?"}),
        (casework.close, {"reason": "One client's case"}),
        (casework.hand_over, {"authority": "Migri", "reason": ""}),
        (casework.merge, {"reason": ""}),
    ],
)
def test_what_another_has_just_taken_is_not_ended_over_them(event, words):
    words = words | ({"into": make.ask()} if event is casework.merge else {})
    question = make.triaged()
    casework.claim(Question.objects.get(pk=question.pk), by=make.lawyer())

    with pytest.raises(NotTheirs):
        event(question, by=make.lawyer(), **words)

    question.refresh_from_db()
    assert question.state == State.ASSIGNED


def test_an_answer_is_not_sent_over_an_addition_that_was_not_read(client, enter):
    question = make.checked(checker=enter("lawyer"))
    asking.add(Question.objects.get(pk=question.pk), by=question.asker, text="By the way")

    page = do(client, question, "approve", seen="0").content.decode()

    assert question.state == State.CHECKED
    assert "Read it first" in page
    do(client, question, "approve", seen="1")
    assert question.state == State.ANSWERED


def test_a_question_is_not_sorted_over_what_another_lawyer_has_sorted(client, lawyer):
    """Made secret by another lawyer, it stays so, although this page had it open before."""
    question, topic = QuestionFactory(state=State.TRIAGED), TopicFactory()
    before = question.version_token
    sorting = {"topic": topic, "sections": [], "secrecy_ground": "Act 621/1999, section 24"}
    casework.classify(question, by=make.lawyer(), secret=True, **sorting)

    client.post(address(question), {"move": "classify", "topic": topic.pk, "seen": before})

    question.refresh_from_db()
    assert question.secret
    page = client.get(address(question)).content.decode()
    assert "nothing of yours was saved" in page

    do(client, question, "classify", topic=topic.pk, seen=question.version_token)
    question.refresh_from_db()
    assert not question.secret


def test_a_section_that_is_repealed_meanwhile_stays_with_its_question(client, lawyer):
    section = SectionFactory(number="48")
    question, topic = QuestionFactory(state=State.TRIAGED), TopicFactory()
    question.sections.set([section])
    Section.objects.filter(pk=section.pk).update(
        status=Section.Status.REPEALED, repealed_from=date(2025, 1, 1)
    )

    assert "(repealed)" in client.get(address(question)).content.decode()
    sorting = {"topic": topic.pk, "sections": [section.pk], "seen": question.version_token}
    do(client, question, "classify", **sorting)

    question.refresh_from_db()
    assert (question.topic, [*question.sections.all()]) == (topic, [section])


def test_nobody_handles_a_question_of_their_own(client, lawyer):
    question = make.ask(by=lawyer)

    client.post(address(question), {"move": "note", "text": "x"})

    assert not question.notes.exists()
    assert 'value="triage"' not in client.get(address(question)).content.decode()


def test_a_move_without_its_words_keeps_what_was_typed(client, lawyer):
    question = make.triaged()

    response = do(client, question, "hand_over", authority="", reason="It is theirs.")

    assert response.status_code == 422
    assert "It is theirs." in response.content.decode()


def test_a_question_is_joined_with_an_earlier_one_by_its_number(client, lawyer):
    earlier, question = make.ask(), make.ask()

    do(client, question, "merge", into=earlier.number, reason="The same.")

    assert question.merged_into == earlier
    assert question.state == State.MERGED


def test_a_number_that_there_is_not_is_said(client, lawyer):
    response = do(client, make.ask(), "merge", into="KN/1999/0001", reason="")

    assert "There is no question with the number KN/1999/0001." in response.content.decode()


def test_what_is_seldom_done_is_folded_and_what_is_done_next_is_not(client, lawyer):
    page = client.get(address(make.assigned(by=lawyer)))
    panels = BeautifulSoup(page.content, "html.parser").select("section.w-panel")

    folded = {
        panel["id"].removesuffix("-section"): "collapsed" in panel["class"] for panel in panels
    }

    assert {name for name in folded if folded[name]} == {
        "ask_back",
        "substitute",
        "classify",
        "ends",
    }
    assert not folded["write"]


def test_the_queue_shows_what_is_open_the_most_urgent_first(client, lawyer):
    QuestionFactory(title="Later", due_on=date(2027, 3, 1))
    QuestionFactory(title="Sooner", due_on=date(2027, 2, 1))
    QuestionFactory(title="Gone", state=State.CLOSED)

    page = client.get(QUEUE).content.decode()

    assert page.index("Sooner") < page.index("Later")
    assert "Gone" not in page
    assert "Gone" in client.get(QUEUE, {"state": "closed"}).content.decode()


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({"whose": "mine"}, {"Own"}),
        ({"whose": "check"}, {"Check"}),
        ({"whose": "nobody"}, {"Free"}),
        ({"overdue": "1"}, {"Late"}),
        ({"topic": "early"}, {"Free"}),
        ({"q": "Own"}, {"Own"}),
    ],
)
def test_the_queue_is_narrowed(client, lawyer, query, shown):
    other, later = make.lawyer(), {"due_on": date(2099, 1, 1)}
    QuestionFactory(title="Own", state=State.ASSIGNED, handler=lawyer, **later)
    QuestionFactory(title="Check", state=State.CHECKED, handler=other, checker=lawyer, **later)
    QuestionFactory(title="Free", topic=TopicFactory(key="early"), **later)
    QuestionFactory(title="Late", due_on=date(2026, 1, 5), handler=other, state=State.ASSIGNED)

    page = client.get(f"{QUEUE}results/", query).content.decode()

    assert {
        name
        for name in ("Own", "Check", "Free", "Late")
        if f">{name}<" in page.replace("\n", "").replace("  ", "")
    } == shown


def test_the_queue_tags_what_is_late_and_what_is_secret_and_nothing_else(client, lawyer):
    late = {"due_on": date(2026, 1, 5), "state": State.ASSIGNED, "handler": lawyer}
    QuestionFactory(title="Late", **late)
    QuestionFactory(title="Waits", **late | {"state": State.WAITING})
    QuestionFactory(title="Ended", **late | {"state": State.CLOSED})
    QuestionFactory(title="Hidden", secret=True, language="fi", due_on=date(2099, 1, 1))

    page = client.get(f"{QUEUE}results/", {"state": ["assigned", "waiting", "closed", "received"]})
    tags = {
        row.select_one("td.title a").text.strip(): [
            tag.text.strip() for tag in row.select(".w-status")
        ]
        for row in BeautifulSoup(page.content, "html.parser").select("tbody tr")
    }

    assert tags == {
        "Late": ["Being answered", "Overdue"],
        "Waits": ["Waiting for the asker"],
        "Ended": ["Closed without an answer"],
        "Hidden": ["Secret", "Received"],
    }
    assert 'lang="fi"' in page.content.decode()


@pytest.mark.parametrize(
    ("now", "words", "overdue"),
    [
        ("2026-11-19 12:00+02:00", "1 working day left", False),
        ("2026-11-20 23:59+02:00", "Last day today", False),
        ("2026-11-21 00:01+02:00", "The last day has passed", True),  # a Saturday
        ("2026-11-23 08:00+02:00", "1 working day late", True),
    ],
)
def test_a_question_is_late_from_the_day_after_its_last_one_though_nobody_works_then(
    now, words, overdue
):
    question = QuestionFactory(due_on=date(2026, 11, 20))

    with time_machine.travel(now, tick=False), in_language("en"):
        assert (clock(question), question.is_overdue) == (words, overdue)
        assert Question.objects.overdue(timezone.localdate()).exists() is overdue


def count(client, django_assert_max_num_queries, most, url):
    with django_assert_max_num_queries(most) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


def test_queue_and_figures_cost_the_same_however_many_questions(
    client, lawyer, django_assert_max_num_queries
):
    def rows():
        QuestionFactory(topic=TopicFactory(), handler=make.lawyer(), state=State.ASSIGNED)
        QuestionFactory(topic=TopicFactory(), state=State.ANSWERED, days_taken=3)

    rows()
    urls = (f"{QUEUE}results/", f"{QUEUE}figures/")
    client.get(urls[0])
    first = [count(client, django_assert_max_num_queries, 40, url) for url in urls]
    for _again in range(5):
        rows()

    assert [count(client, django_assert_max_num_queries, 40, url) for url in urls] == first


def test_the_page_of_a_question_costs_the_same_however_much_is_written(
    client, lawyer, django_assert_max_num_queries
):
    question = make.answered(sections=[SectionFactory()])

    def more():
        casework.note(question, by=make.lawyer(), text="A remark")
        question.messages.create(from_asker=True, text="More", author=question.asker)
        wording = question.answers.create(text="So", submitted_at=question.received_at)
        wording.sections.add(SectionFactory())

    more()
    client.get(address(question))
    first = count(client, django_assert_max_num_queries, 60, address(question))
    for _again in range(5):
        more()

    assert count(client, django_assert_max_num_queries, 60, address(question)) <= first


def test_what_was_typed_is_still_there_when_the_question_is_gone(client, lawyer):
    question = make.assigned(by=lawyer)
    casework.substitute(question, by=lawyer, to=make.lawyer())

    response = client.post(address(question), {"move": "submit", "text": "An hour of work."})

    assert response.status_code == 409
    page = response.content.decode()
    assert "What you had written" in page and "An hour of work." in page
    assert not question.answers.exists()


def test_a_wording_saved_meanwhile_is_shown_and_not_written_over(client, lawyer):
    question = make.assigned(by=lawyer)
    do(client, question, "write", text="From the first window.", seen="")

    response = do(client, question, "write", text="From the second window.", seen="")

    page = response.content.decode()
    assert response.status_code == 409
    assert "From the first window." in page and "From the second window." in page
    assert question.wording.text == "From the first window."
    assert question.wording.version_token in page
    do(client, question, "write", text="From the second window.")
    assert question.wording.text == "From the second window."


def test_saving_twice_in_a_hurry_is_no_conflict(client, lawyer):
    question = make.assigned(by=lawyer)

    for _press in range(2):
        response = do(client, question, "write", text="The same.", seen="")

    assert response.status_code == 200 and question.answers.count() == 1


@pytest.mark.parametrize("seen", ["", "x", "1", "9" * 5000])
def test_an_answer_is_not_approved_from_a_page_that_showed_something_else(client, seen):
    question = make.checked()
    client.force_login(question.checker)

    do(client, question, "approve", seen=seen)
    assert question.state == State.CHECKED

    do(client, question, "approve", seen="0", wording=question.wording.pk + 1)
    assert question.state == State.CHECKED

    do(client, question, "approve", seen="0")
    assert question.state == State.ANSWERED


def test_a_question_goes_on_when_its_lawyers_are_gone(client, lawyer):
    question = make.checked()
    question.checker.delete()
    do(client, question, "release_check")
    assert (question.state, question.checker) == (State.DRAFTED, None)

    question.handler.delete()
    question.refresh_from_db()
    other = make.lawyer()
    do(client, question, "substitute", to=other.pk)
    assert question.handler == other

    do(client, question, "claim_check")
    do(client, question, "approve", seen="0")
    assert question.state == State.ANSWERED


def test_a_lawyer_who_asks_reads_neither_notes_nor_drafts_of_it(client):
    asker = make.lawyer()
    question = make.checked(asker=asker, text="Not checked yet.")
    casework.note(question, by=question.handler, text="Among ourselves.")
    client.force_login(asker)

    page = client.get(address(question)).content.decode()
    assert "Among ourselves." not in page and "Not checked yet." not in page
    assert "Internal note written" not in page

    casework.approve(question, by=question.checker)
    page = client.get(address(question)).content.decode()
    assert "Among ourselves." not in page and "Not checked yet." in page
