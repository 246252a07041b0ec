"""Steps by time: in the order of time, each with who, on what ground and who pays."""

import tomllib

import pytest

from content.editorial.versions import pieces_of
from content.pages.models import GuidanceArticlePage
from content.pages.starter import FOLDER
from tests.factories.content import ArticleFactory
from tests.factories.law import SectionFactory

pytestmark = pytest.mark.django_db

GUIDES = ["family-by-quota", "jobseeker-starts", "parent-at-home", "child-alone"]


def step(when, what, sections=(), cost=""):
    return {
        "type": "item",
        "id": what,
        "value": {
            "when": when,
            "who": "Municipality",
            "what": what,
            "sections": [{"type": "item", "id": str(one.pk), "value": one.pk} for one in sections],
            "cost": cost,
        },
    }


def steps(*every):
    return {"type": "steps", "value": {"steps": list(every)}}


@pytest.fixture
def article(db):
    section = SectionFactory(number="44")
    return ArticleFactory(
        language="en",
        body=[
            steps(
                step("half_year", "Review the plan"),
                step("before", "Rent the home", [section], cost="The state (section 64)"),
                step("week", "Book a health check"),
            )
        ],
    )


def test_steps_stand_in_the_order_of_time(article, client):
    page = client.get(article.url_path).content.decode()
    places = [
        page.index(words)
        for words in ("Before</h3>", "Rent the home", "The first week</h3>", "Book a health check")
    ]

    assert places == sorted(places)
    assert page.index("Book a health check") < page.index("Review the plan")
    assert page.count('class="steps__box"') == 3


def test_a_step_names_its_section_and_without_one_it_is_the_portal_s_recommendation(
    article, client
):
    page = client.get(article.url_path).content.decode()

    assert (
        page.count("The portal's recommendation") + page.count("The portal&#x27;s recommendation")
        == 2
    )
    assert "The state (section 64)" in page
    assert [one.number for one in article.sections] == ["44"]


def test_the_words_of_steps_are_searched_and_kept_in_the_history(article):
    kept = "\n".join(piece.text for piece in pieces_of(article))

    assert "Rent the home" in article.words
    assert "Before" in kept
    assert "Book a health check" in kept


@pytest.mark.parametrize("key", GUIDES)
def test_the_guides_say_the_same_steps_in_three_languages(key):
    guide = tomllib.loads((FOLDER / "guidance" / f"{key}.toml").read_text())
    every = {
        language: [
            (one["when"], one["sections"], "cost" in one)
            for block in guide[language]["body"]
            if block["type"] == "steps"
            for one in block["steps"]
        ]
        for language in ("fi", "sv", "en")
    }

    assert every["fi"] == every["sv"] == every["en"]
    assert {when for when, _sections, _cost in every["fi"]} == {
        *("before", "day", "week", "month", "half_year"),
    }


WORDS = {
    "fi": ["saapu", "koti", "terve", "henkilötunnus", "pankkitili", "koulu"],
    "sv": ["kommer", "bostad", "hälso", "personbeteckning", "bankkonto", "skola"],
    "en": ["arriv", "home", "health", "identity code", "bank account", "school"],
}


@pytest.mark.django_db(transaction=True)
def test_the_first_week_has_its_words_in_every_language(starter_site, client):
    for language, words in WORDS.items():
        family = GuidanceArticlePage.objects.get(
            locale__language_code=language,
            slug__in=[
                "perhe-saapuu-kiintiossa",
                "en-familj-kommer-inom-kvoten",
                "family-arrives-by-quota",
            ],
        )
        said = client.get(family.url_path).content.decode().casefold()
        assert [word for word in words if word not in said] == []


@pytest.mark.django_db(transaction=True)
def test_guides_stand_in_the_order_of_the_client_s_path(starter_site, client):
    page = client.get("/en/guidance/").content.decode()
    titles = ["A family arrives by quota", "The first weeks", "Assessment of ", "Integration plan"]
    places = [page.index(title) for title in titles if title in page]

    assert len(places) >= 3
    assert places == sorted(places)
