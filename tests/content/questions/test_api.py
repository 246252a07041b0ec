"""Published answers in the API: what is told, what narrows the list, and what is never there."""

from datetime import date

import pytest
from wagtail.models import PageViewRestriction

from content.questions.models import AnswerPage, Question
from content.questions.services import asking
from law import impact_reviews
from tests.factories import questions as make
from tests.factories.content import law_box
from tests.factories.law import AmendmentFactory, SectionFactory
from tests.factories.questions import answer_page
from tests.factories.topics import AudienceFactory, TopicFactory

pytestmark = pytest.mark.django_db
API = "/api/v1/questions"
CANARY = "Kanarialintu"


def items(client, **query):
    return client.get(API, {"language": "en"} | query).json()["items"]


def titles(client, **query):
    return {item["title"] for item in items(client, **query)}


def item(client, slug, language="en"):
    return client.get(f"{API}/{slug}", {"language": language}).json()["item"]


def words(html):
    return {"type": "text", "value": html}


def changed(section):
    change = section.effects.create(amendment=AmendmentFactory(act=section.act, number=900))
    impact_reviews.open_tasks([change])


def test_an_answer_is_told_with_what_it_rests_on_and_since_when_it_holds(client):
    section = SectionFactory(number="14")
    audience = AudienceFactory(key="municipalities")
    page = answer_page(
        title="By when?",
        slug="by-when",
        asked="By when must it be made?",
        applies_from=date(2025, 1, 1),
        topics=[TopicFactory(key="assessment")],
        body=[words("<p>Within <b>three</b> years.</p>"), law_box(section)],
    )
    page.audiences = [audience]
    page.save()
    answer_page("sv", title="Senast när?", slug="senast-nar", together=page)

    told = item(client, "by-when")

    assert told["question"] == "By when must it be made?"
    assert told["sections"] == [{"act": "681-2023", "section": "14"}]
    assert (told["topics"], told["audiences"]) == (["assessment"], ["municipalities"])
    assert (told["applies_from"], told["applies_to"]) == ("2025-01-01", None)
    assert (told["validity"], told["replaced_by"]) == ("valid", None)
    assert told["published"] and told["changed"]
    assert told["reviewed"] is None  # nobody has looked it through since
    assert [(one["language"], one["slug"]) for one in told["versions"]] == [
        ("sv", "senast-nar"),
        ("en", "by-when"),
    ]
    assert client.get(told["url"]).status_code == 200
    assert item(client, "senast-nar", "sv")["key"] == told["key"]
    assert client.get(f"{API}/by-when", {"language": "sv"}).status_code == 404


def test_the_text_is_plain_elements_with_whole_addresses_and_plain_words(client):
    section = SectionFactory(number="14")
    link = f'<a linktype="section" id="{section.pk}" ref="681/2023:14">section 14</a>'
    desk = {"name": "A desk", "role": "", "email": "d@example.org", "phone": "1"}
    answer_page(
        slug="plain",
        body=[
            words(f"<p>See {link}.</p>"),
            {"type": "heading", "value": {"text": "Then", "anchor": "then"}},
            {"type": "contents", "value": None},
            {"type": "contact", "value": desk},
            law_box(section),
        ],
    )

    told = item(client, "plain")

    whole = 'href="https://portal.example.org/en/law/681-2023/14/"'
    assert f"<p>See <a {whole}>section 14</a>.</p>" in told["answer_html"]
    assert "<h2>Then</h2>" in told["answer_html"]
    assert told["answer_text"].startswith("See section 14.\n\nThen\n\n")
    for text in (told["answer_html"], told["answer_text"]):
        assert not any(
            left in text for left in ("<svg", "class=", "@", "A desk", "On this page", "<aside")
        )


def test_every_answer_carries_the_statement_of_force_of_its_page(client):
    page = answer_page(slug="force")
    example = answer_page(slug="example", example=True)

    for one in (page, example):
        assert item(client, one.slug)["force"] in client.get(one.url_path).content.decode()
    assert item(client, "force")["force"].startswith("This is advice")
    assert not item(client, "example")["force"].startswith("This is")


def test_a_change_of_the_law_and_a_later_answer_show(client):
    section = SectionFactory(number="14")
    answer_page(slug="one", body=[law_box(section)])
    later = answer_page(slug="later")
    answer_page("fi", slug="myohempi", together=later)
    answer_page("fi", slug="vanha", replaced_by=later, applies_to=date(2025, 1, 1))
    only_english = answer_page(slug="only-english")
    answer_page("fi", slug="vanhin", replaced_by=only_english, applies_to=date(2025, 1, 1))
    changed(section)

    assert item(client, "one")["validity"] == "checking"
    assert item(client, "vanha", "fi")["validity"] == "replaced"
    assert item(client, "vanha", "fi")["replaced_by"]["slug"] == "myohempi"
    assert item(client, "vanhin", "fi")["replaced_by"]["slug"] == "only-english"


def test_a_later_answer_that_is_not_public_is_not_named(client):
    later = answer_page(title=CANARY, slug="later", live=False)
    answer_page(slug="old", replaced_by=later, applies_to=date(2025, 1, 1))

    told = item(client, "old")

    assert (told["validity"], told["replaced_by"]) == ("replaced", None)


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({}, {"One", "Two", "Three"}),
        ({"language": "sv"}, {"Ett"}),
        ({"section": "681-2023:14"}, {"One"}),
        ({"topic": "early"}, {"Two"}),
        ({"audience": "educators"}, {"Two"}),
        ({"validity": "checking"}, {"One"}),
        ({"validity": "replaced"}, {"Three"}),
        ({"validity": "valid"}, {"Two"}),
        ({"validity": "valid", "section": "681-2023:14"}, set()),
        ({"limit": "1", "page": "3"}, {"One"}),
    ],
)
def test_the_list_is_narrowed(client, query, shown):
    section = SectionFactory(number="14")
    one = answer_page(title="One", body=[law_box(section)])
    answer_page("sv", title="Ett", together=one)
    two = answer_page(title="Two", topics=[TopicFactory(key="early")])
    two.audiences = [AudienceFactory(key="educators")]
    two.save()
    answer_page(title="Three", replaced_by=two)
    answer_page(title="Hidden", live=False)
    changed(section)

    assert titles(client, **query) == shown


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("section", "14"),
        ("section", "681-2023:99"),
        ("topic", "nonsense"),
        ("audience", "nonsense"),
        ("validity", "nonsense"),
        ("page", "9"),
    ],
)
def test_a_parameter_that_names_nothing_is_an_error(client, name, value):
    response = client.get(API, {name: value})

    assert response.status_code == 400
    assert response.json()["errors"][0]["parameter"] == name


def test_nothing_but_what_is_published_is_told(client):
    asker = make.UserFactory(last_name=CANARY, email=f"{CANARY}@example.org".lower())
    private = {"by": asker, "title": f"{CANARY} title", "text": f"{CANARY} text"}
    question = make.prepared(
        by=make.lawyer(), private_reason=f"{CANARY} reason", text=f"{CANARY} answer"
    )
    Question.objects.filter(pk=question.pk).update(asker=asker, title=CANARY, text=CANARY)
    question.notes.create(text=f"{CANARY} note")
    make.ask(**private)
    asking.save_draft(by=asker, key=question.key, fields={"title": CANARY})
    answer_page(title=f"{CANARY} draft", slug="draft", live=False)
    hidden = answer_page(title=f"{CANARY} hidden", slug="hidden")
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    shown = answer_page(title="Shown", slug="shown")
    shown.title, shown.asked = f"{CANARY} next", f"{CANARY} next"
    shown.save_revision()

    for user in (None, asker, question.handler):
        if user:
            client.force_login(user)
        for path in (API, f"{API}/shown", "/api/v1/law/acts", "/api/v1/openapi.json"):
            text = client.get(path, {"language": "en"}).content.decode()
            assert CANARY.lower() not in text.lower(), path
        for slug in ("draft", "hidden", question.number.replace("/", "-"), str(question.key)):
            assert client.get(f"{API}/{slug}", {"language": "en"}).status_code == 404
    assert items(client)[0]["title"] == "Shown"
    assert client.get(API, {"language": "en"}).json()["meta"]["total"] == 1


def test_a_published_answer_knows_nothing_of_its_question(client):
    section = SectionFactory(number="14")
    question = make.published(sections=[section])
    page = AnswerPage.objects.get()

    text = client.get(f"{API}/{page.slug}", {"language": "en"}).content.decode()

    for word in (question.number, question.text, question.asker.email, str(question.key)):
        assert word not in text
