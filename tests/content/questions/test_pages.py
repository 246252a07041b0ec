"""The public side: the index, the answer, its validity, and who hears of it."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import PageViewRestriction

from content.editorial import reviews
from content.questions.errors import LawChanged
from content.questions.models import AnswerPage, Question, QuestionIndexPage
from content.questions.services import asking, publishing
from law import impact_reviews
from portal.mail.models import Letter
from portal.notifications import activity, services
from portal.notifications.models import Event
from search import queue
from tests.factories import questions as make
from tests.factories.content import law_box, publish
from tests.factories.law import AmendmentFactory, SectionFactory
from tests.factories.questions import QuestionFactory, State, answer_page
from tests.factories.topics import AudienceFactory, TopicFactory

pytestmark = pytest.mark.django_db
INDEX = "/en/questions/"


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_asking_stands_under_the_index_page_of_each_language(language):
    index = QuestionIndexPage.objects.get(locale__language_code=language)

    with override(language):
        for name in ("questions:ask", "questions:mine", "questions:feed"):
            assert reverse(name).startswith(index.url_path)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_no_answer_can_take_the_address_of_a_view(language):
    with override(language):
        addresses = [reverse("questions:ask"), reverse("questions:mine")]

    assert {one.strip("/").rpartition("/")[2] for one in addresses} <= AnswerPage.TAKEN_SLUGS


def changed(section):
    """An amending act changes the section, and its work list is opened."""
    change = section.effects.create(amendment=AmendmentFactory(act=section.act, number=900))
    impact_reviews.open_tasks([change])
    return change


@pytest.fixture
def asked(db):
    """A published question that rests on a section, and its page."""
    section = SectionFactory(number="14")
    question = make.published(sections=[section])
    Letter.objects.all().delete()
    return section, question, question.page


def validity(client, page):
    return client.get(page.url_path).content.decode()


def test_a_change_of_the_law_makes_the_answer_being_checked_and_a_review_valid_again(client, asked):
    section, question, page = asked
    assert ">Valid<" in validity(client, page)

    changed(section)

    assert "The law has changed: being checked" in validity(client, page)
    assert "being checked" in client.get(INDEX).content.decode()
    [letter] = Letter.objects.all()
    assert (letter.template, letter.to) == ("questions/checking", question.asker.email)
    assert page.url_path in letter.text

    reviews.confirm(page, by=question.handler)

    assert ">Valid<" in validity(client, page)
    assert [one.template for one in Letter.objects.order_by("pk")] == [
        "questions/checking",
        "questions/confirmed",
    ]


def test_followers_of_the_answer_hear_of_it_once(asked):
    section, question, page = asked
    thing = ("page", str(page.translation_key))
    services.follow(question.handler, thing)
    Event.objects.all().delete()

    changed(section)
    reviews.confirm(page, by=question.handler)

    notes = [event.notes["en"] for event in Event.objects.order_by("pk")]
    assert [note.split("(")[0] for note in notes] == [
        "The law has changed ",
        "The answer has been checked after a change of the law, and still holds.",
    ]
    assert activity.followed([thing]) == {thing}


@pytest.mark.parametrize("kind", ["minor", "substantive"])
def test_an_answer_that_was_away_is_no_news_of_the_law_once_more(client, asked, kind):
    section, _question, page = asked
    changed(section)
    Letter.objects.all().delete()

    page.unpublish()
    publish(AnswerPage.objects.get(pk=page.pk), kind=kind, note="What changed.")

    told = list(Letter.objects.values_list("template", flat=True))
    assert told == ([] if kind == "minor" else ["questions/changed"])
    still = "The law has changed: being checked" in validity(client, page)
    assert still is (kind == "minor")


def test_who_was_joined_with_the_question_hears_of_it_too(asked):
    section, question, _page = asked
    other = QuestionFactory(state=State.MERGED, merged_into=question)

    changed(section)

    assert set(Letter.objects.values_list("to", flat=True)) == {
        question.asker.email,
        other.asker.email,
    }


def test_a_later_answer_replaces_an_earlier_one_which_stays_readable(client, asked):
    _section, _question, page = asked
    later = answer_page(title="The later answer")
    page.replaced_by = later
    page.full_clean()
    publish(page)

    text = validity(client, page)

    assert "Replaced by a later answer" in text
    assert f'href="{later.url_path}"' in text
    assert make.WORDS["asked"] in text
    page.refresh_from_db()
    assert page.is_past
    assert [one.template for one in Letter.objects.all()] == ["questions/replaced"]


def test_answers_never_replace_each_other_in_a_circle():
    first, second, third = (answer_page() for _number in range(3))
    first.replaced_by = second
    first = publish(first)
    second.replaced_by = third
    second = publish(second)

    for later in (first, answer_page("fi", together=third)):
        third.replaced_by = later
        with pytest.raises(ValidationError):
            third.full_clean()


def test_an_answer_is_not_published_over_a_change_of_the_law(client):
    section = SectionFactory(number="14")
    question = make.prepared(sections=[section])
    changed(section)

    with pytest.raises(LawChanged):
        publishing.publish(question, by=question.checker)

    question.refresh_from_db()
    client.force_login(question.handler)
    desk = client.get(reverse("legal_questions:inspect", args=[question.pk])).content.decode()
    assert "The law has changed since the answer was sent" in desk
    publishing.reopen_preparation(question, by=question.handler)
    publishing.prepare(question, by=question.handler, words=make.WORDS, confirmed=[])
    publishing.publish(question, by=question.checker)
    assert question.state == State.PUBLISHED


def test_every_answer_says_what_force_it_has(client):
    text = client.get(answer_page().url_path).content.decode()

    assert "binds no authority or court" in text


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({}, {"One", "Two", "Three"}),
        ({"section": "681/2023:14"}, {"One"}),
        ({"topic": "early"}, {"Two"}),
        ({"validity": "replaced"}, {"Three"}),
        ({"validity": "checking"}, {"One"}),
        ({"validity": "valid"}, {"Two"}),
    ],
)
def test_the_list_is_narrowed(client, query, shown):
    section = SectionFactory(number="14")
    answer_page(title="One", body=[law_box(section)])
    two = answer_page(title="Two", topics=[TopicFactory(key="early")])
    answer_page(title="Three", replaced_by=two)
    answer_page(title="Hidden", live=False)
    changed(section)

    page = client.get(INDEX, query).content.decode()

    found = {name for name in ("One", "Two", "Three", "Hidden") if f">{name}</a></h3>" in page}
    assert found == shown


@pytest.mark.parametrize("parameter", ["section", "topic", "audience", "validity", "page"])
def test_a_filter_that_cannot_be_read_is_named(client, parameter):
    response = client.get(INDEX, {parameter: "nonsense"})

    assert response.status_code == 400
    assert parameter in response.content.decode()


def test_the_figures_leave_out_the_wait_and_keep_secrets_out_of_the_themes(client):
    topic = TopicFactory(name_en="Assessment of skills")
    hidden = TopicFactory(name_en="Rare theme")
    now = QuestionFactory().received_at
    for number, (theme, secret) in enumerate([(topic, False), (topic, False), (hidden, True)]):
        QuestionFactory(
            state=State.ANSWERED, topic=theme, secret=secret, answered_at=now, days_taken=number * 4
        )

    page = client.get(INDEX).content.decode()

    assert "4 working days" in page
    assert "Assessment of skills" in page.split("Answered by theme")[1]
    assert "Rare theme" not in page.split("Answered by theme")[1]


def test_an_answer_on_the_same_day_is_told_in_words(client):
    now = QuestionFactory().received_at
    QuestionFactory(state=State.ANSWERED, answered_at=now, days_taken=0)

    page = client.get(INDEX).content.decode()

    assert "less than a working day" in page
    assert "0 working days" not in page


def test_a_search_says_of_an_answer_that_it_is_an_example_or_being_checked(client, asked):
    section, _question, _page = asked
    answer_page(title="An assessment of purple plans", example=True)
    changed(section)
    queue.everything()
    while queue.drain():
        pass

    found = client.get("/en/search/?q=assessment").content.decode()

    tags = re.findall(r'(?s)<p class="result__kind">(.*?)</p>', found)
    assert sorted((">Example<" in tag, "Being checked" in tag) for tag in tags) == [
        (False, True),
        (True, False),
    ]


def test_a_question_that_is_cited_ends_in_its_question_mark_alone(client):
    page = answer_page(title="By when?")

    cited = client.get(page.url_path).content.decode().split('id="citation">')[1]

    assert cited.startswith("KEHA Centre: By when? Integration portal, version 1")


def ten(count):
    section = SectionFactory(number="14")
    for _number in range(count):
        answer_page(body=[law_box(section)], topics=[TopicFactory()])
        QuestionFactory(
            state=State.ANSWERED,
            topic=TopicFactory(),
            days_taken=3,
            answered_at=QuestionFactory().received_at,
        )


def queries(client, django_assert_max_num_queries, url):
    with django_assert_max_num_queries(40) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


@pytest.mark.parametrize("url", [INDEX, "/en/questions/feed.atom"])
def test_the_list_and_the_feed_cost_the_same_however_long(
    client, django_assert_max_num_queries, url
):
    ten(1)
    client.get(url)
    first = queries(client, django_assert_max_num_queries, url)
    ten(5)
    client.get(url)  # the menu is read anew after a publication

    assert queries(client, django_assert_max_num_queries, url) == first


def test_an_answer_can_be_followed_judged_cited_and_its_question_read_as_it_was(client, asked):
    _section, _question, page = asked
    was, page.asked = page.asked, "Otherwise asked."
    publish(page)

    shown = client.get(page.url_path).content.decode()
    earlier = client.get(f"{page.history_url}1/").content.decode()
    compared = client.get(f"{page.history_url}?from=1&to=2").content.decode()

    assert f"?what=page:{page.translation_key}" in shown
    assert "Cite this page" in shown and "print-only" in shown and page.history_url in shown
    assert "Did this page help?" in shown
    assert was in earlier and "Otherwise asked." not in earlier
    assert "<ins>" in compared and "<del>" in compared


def test_what_changed_while_an_answer_was_private_never_comes_into_the_feed(client, asked):
    _section, _question, page = asked
    private = PageViewRestriction.objects.create(page=page, restriction_type="login")
    publish(page, note="Said to few.")
    private.delete()
    publish(page, note="Said to all.")

    feed = client.get("/en/questions/feed.atom").content.decode()

    assert "Said to all." in feed
    assert "Said to few." not in feed


CANARY, SEARCHED = "Kanarialintu", "xylofoni"


def test_nothing_of_a_question_is_public_before_its_answer_is_published(client):
    secret = {"title": f"{CANARY} {SEARCHED}", "text": f"{CANARY} {SEARCHED} text"}
    asker = make.UserFactory(last_name=CANARY)
    question = make.ask(by=asker, audience=AudienceFactory(), **secret)
    asking.add(question, by=asker, text=f"{CANARY} more")
    question.notes.create(text=f"{CANARY} note")
    question.answers.create(text=f"{CANARY} draft")
    answer_page(title=f"{CANARY} {SEARCHED} page", live=False)
    queue.everything()
    while queue.drain():
        pass

    for url in (
        INDEX,
        f"{INDEX}feed.atom",
        f"/en/search/?q={SEARCHED}",
        f"/en/search/suggest/?q={SEARCHED}",
        "/sitemap.xml",
        "/en/",
    ):
        page = client.get(url).content.decode()
        assert CANARY not in page, url


def test_the_published_page_knows_nothing_of_its_question(asked):
    _section, question, page = asked
    revision = str(page.latest_revision.content)
    names = (question.text, question.number, question.asker.email, str(question.asker))

    assert not any(name in revision for name in names)
    assert Question.objects.get(pk=question.pk).page == page
