"""Readers are told on everything that rests on a changed section, until somebody has checked it."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import PageViewRestriction

from law import impact_reviews
from law.models import Section
from monitoring.indicators.models import IndicatorSection
from portal.languages import LANGUAGES
from search import queue
from tests.factories.accounts import UserFactory
from tests.factories.content import (
    ArticleFactory,
    InformationFactory,
    NewsFactory,
    law_box,
    publish,
)
from tests.factories.law import AmendmentEffectFactory, SectionFactory
from tests.factories.monitoring import IndicatorFactory
from tests.factories.questions import answer_page

pytestmark = pytest.mark.django_db
BANNER = 'class="alert alert--warning law-banner"'
TOLD = {
    "fi": "14 § muuttui 15.3.2025; tätä sivua tarkistetaan.",
    "sv": "14 § ändrades den 15 mars 2025; den här sidan kontrolleras.",
    "en": "Section 14 was amended on 15 March 2025; this page is being checked.",
}
OF_A_SUMMARY = {
    "fi": "14 § muuttui 15.3.2025; tätä tiivistelmää tarkistetaan.",
    "sv": "14 § ändrades den 15 mars 2025; den här sammanfattningen kontrolleras.",
    "en": "Section 14 was amended on 15 March 2025; this summary is being checked.",
}
PATHS = {"fi": "/fi/laki/681-2023/14/", "sv": "/sv/lag/681-2023/14/", "en": "/en/law/681-2023/14/"}


@pytest.fixture
def section(db):
    words = {f"summary_{language}": "In short." for language in LANGUAGES}
    return SectionFactory(number="14", **words)


def text_of(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def changed(*sections, **about):
    changes = [AmendmentEffectFactory(section=section, **about) for section in sections]
    impact_reviews.open_tasks(changes)
    return changes


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("factory", [ArticleFactory, NewsFactory, InformationFactory])
def test_pages_say_so_in_their_language(client, section, factory, language):
    page = factory(language=language, body=[law_box(section)])
    changed(section)

    html = text_of(client, page.url_path)

    assert TOLD[language] in html
    assert f'href="{PATHS[language]}#changes"' in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_indicators_and_summaries_say_so_in_each_language(client, section, language):
    indicator = IndicatorFactory()
    IndicatorSection.objects.create(indicator=indicator, section=section)
    changed(section)

    with override(language):
        assert TOLD[language] in text_of(client, indicator.get_absolute_url())
        assert OF_A_SUMMARY[language] in text_of(client, section.get_absolute_url())


def test_the_banner_comes_and_goes_at_once_although_the_page_is_kept_in_the_cache(client, section):
    page = ArticleFactory(body=[law_box(section)])
    assert BANNER not in text_of(client, page.url_path)

    changed(section)
    assert BANNER in text_of(client, page.url_path)

    impact_reviews.confirm("guidance", str(page.translation_key), by=UserFactory())
    assert BANNER not in text_of(client, page.url_path)


def test_a_substantive_change_takes_the_banner_off_its_own_language(client, section):
    finnish = ArticleFactory(language="fi", body=[law_box(section)])
    english = ArticleFactory(body=[law_box(section)], together=finnish)
    changed(section)

    publish(finnish)

    assert BANNER not in text_of(client, finnish.url_path)
    assert BANNER in text_of(client, english.url_path)


def test_several_sections_are_told_one_by_one(client, section):
    other = SectionFactory(number="15")
    page = ArticleFactory(body=[law_box(section, other)])
    ahead = timezone.localdate() + timedelta(days=100)
    changed(section, repealed=True)
    changed(other, day=ahead)

    html = text_of(client, page.url_path)

    assert "The law has changed; this page is being checked." in html
    assert "Section 14 was repealed on 15 March 2025." in html
    assert f"Section 15 will change on {ahead.day} {ahead:%B %Y}." in html
    assert html.count(BANNER) == 1


def test_pages_that_do_not_rest_on_it_say_nothing(client, section):
    page = ArticleFactory(body=[law_box(SectionFactory(number="15"))])
    changed(section)

    assert BANNER not in text_of(client, page.url_path)


def test_the_banner_keeps_pages_to_their_queries(client, section, django_assert_max_num_queries):
    others = [SectionFactory(number=str(number)) for number in range(20, 26)]
    page = ArticleFactory(body=[law_box(section, *others)])
    indicator = IndicatorFactory()
    IndicatorSection.objects.create(indicator=indicator, section=section)
    changed(section, *others)

    with override("en"):
        paths = [(page.url_path, 8), (indicator.get_absolute_url(), 9), (PATHS["en"], 15)]
    for path, most in paths:
        client.get(path)
        with django_assert_max_num_queries(most):
            assert BANNER in text_of(client, path)


def test_nothing_unseen_shows_on_the_page_of_a_changed_section(client, section):
    """A draft, a private page and a withdrawn translation stay unknown, checks or no checks."""
    box = [law_box(section)]
    shown = ArticleFactory(title="Canary shown", body=box)
    ArticleFactory(title="Canary draft", body=box, live=False)
    private = ArticleFactory(title="Canary private", body=box)
    restriction = PageViewRestriction.objects.create(
        page=private, restriction_type=PageViewRestriction.GROUPS
    )
    restriction.groups.add(Group.objects.get(name="lawyer"))
    finnish = ArticleFactory(
        title="Canary withdrawn", language="fi", body=box, together=shown, slug="canary"
    )
    finnish.unpublish()
    changed(section)

    for language in LANGUAGES:
        html = text_of(client, PATHS[language])
        found = {
            word for word in ("shown", "draft", "private", "withdrawn") if f"Canary {word}" in html
        }
        assert found == ({"shown"} if language == "en" else set())
    assert Section.objects.count() == 1


CHECKED = {
    "fi": "Tarkistetaan lain muutoksen vuoksi",
    "sv": "Kontrolleras med anledning av en lagändring",
    "en": "Being checked after a change in the law",
}
LISTS = {
    "fi": ["/fi/ohjeet/", "/fi/uutiset/", PATHS["fi"], "/fi/haku/?q=umbrella"],
    "sv": ["/sv/stod-i-arbetet/", "/sv/nyheter/", PATHS["sv"], "/sv/sok/?q=umbrella"],
    "en": ["/en/guidance/", "/en/news/", PATHS["en"], "/en/search/?q=umbrella"],
}
SEARCH = {"fi": "/fi/haku/", "sv": "/sv/sok/", "en": "/en/search/"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_list_says_that_a_page_is_being_checked(client, section, language):
    pages = [
        factory(title="Umbrella", language=language, body=[law_box(section)])
        for factory in (ArticleFactory, NewsFactory)
    ]
    changed(section)
    queue.everything()

    for path in LISTS[language]:
        assert CHECKED[language] in text_of(client, path), path
    for page in pages:
        impact_reviews.confirm(page.referrer_key, str(page.translation_key), by=UserFactory())
    for path in LISTS[language]:
        assert CHECKED[language] not in text_of(client, path), path


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_found_answer_says_that_it_is_being_checked(client, section, language):
    answer = answer_page(title="Umbrella", language=language, body=[law_box(section)])
    path = f"{SEARCH[language]}?q=umbrella"
    changed(section)
    queue.everything()

    assert CHECKED[language] in text_of(client, path)
    impact_reviews.confirm(answer.referrer_key, str(answer.translation_key), by=UserFactory())
    assert CHECKED[language] not in text_of(client, path)
