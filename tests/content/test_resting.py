"""Guidance and news on the page of the section that they rest on."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from wagtail.models import PageViewRestriction

from content.pages.models import GuidanceArticlePage
from content.pages.references import backlinks, counts
from law import impact_reviews
from law.references import Closeness, backlinks_to
from monitoring.indicators.models import IndicatorSection
from portal.caching.cache_version import asked_once
from tests.factories.content import (
    ArticleFactory,
    InformationFactory,
    NewsFactory,
    law_box,
    publish,
    section_link,
    text,
)
from tests.factories.glossary import TermFactory
from tests.factories.law import AmendmentEffectFactory, SectionFactory
from tests.factories.monitoring import IndicatorFactory

pytestmark = pytest.mark.django_db


def titles(section, user=None, language="en"):
    found = {}
    for _referrer, item in backlinks_to([section], user or AnonymousUser(), language)[section.pk]:
        found.setdefault(item.kind, []).append(item.title)
    return found


def test_a_block_and_a_link_in_running_text_both_count():
    section = SectionFactory()
    ArticleFactory(title="By block", body=[law_box(section)])
    ArticleFactory(title="By link", body=[text(section_link(section))])
    NewsFactory(title="News", body=[text(section_link(section))])

    found = titles(section)

    assert set(found["guidance"]) == {"By block", "By link"}
    assert found["news"] == ["News"]


def test_a_link_inside_a_call_out_counts():
    section = SectionFactory()
    value = {"kind": "note", "title": "", "text": section_link(section)}
    ArticleFactory(title="In a box", body=[{"type": "callout", "value": value}])

    assert titles(section) == {"guidance": ["In a box"]}


def test_what_names_the_section_stands_before_what_mentions_it(client):
    section = SectionFactory()
    over = ArticleFactory(title="A over", body=[law_box(section)])
    over.applies_to = date(2024, 12, 31)
    publish(over)
    ArticleFactory(title="B mentions", body=[text(section_link(section))])
    NewsFactory(title="C news names", body=[law_box(section)])
    ArticleFactory(title="ö names", body=[law_box(section), text(section_link(section))])
    ArticleFactory(title="Z names", body=[text(section_link(section)), law_box(section)])
    TermFactory(name_en="a term", section=section)
    indicator = IndicatorFactory(name_en="An indicator")
    IndicatorSection.objects.create(indicator=indicator, section=section)

    html = client.get(f"/en/law/681-2023/{section.number}/").content.decode()

    named = ["a term", "An indicator", "Z names", "ö names", "C news names"]
    groups = {"Resting on this": named, "Mentioning this": ["B mentions"], "No longer": ["A over"]}
    order = [words for group, titles in groups.items() for words in (f">{group}", *titles)]
    places = [html.index(words) for words in order]
    assert places == sorted(places)


def test_a_page_that_names_and_mentions_a_section_names_it():
    section = SectionFactory()
    link = section_link(section)
    callout = {"type": "callout", "value": {"kind": "note", "title": "", "text": link}}
    for _ in range(6):  # Wagtail's index gives the places of a page in no certain order
        ArticleFactory(body=[text(link), law_box(section), callout])

    found = backlinks([section], AnonymousUser(), "en")[section.pk]

    assert [item.closeness for item in found] == [Closeness.NAMED] * 6


def test_each_thing_says_in_a_line_what_it_says(client):
    section = SectionFactory()
    ArticleFactory(summary="How the article goes.", body=[law_box(section)])
    term = TermFactory(section=section)
    indicator = IndicatorFactory(purpose_en="What is counted.")
    IndicatorSection.objects.create(indicator=indicator, section=section)

    html = client.get(f"/en/law/681-2023/{section.number}/").content.decode()

    for line in ("How the article goes.", term.definition_en, "What is counted."):
        assert f"<p>{line}</p>" in html


def test_a_section_is_mentioned_by_the_steps_of_a_path():
    section = SectionFactory()
    step = {"when": "day", "who": "Who", "what": "What", "sections": [section.pk], "cost": ""}
    steps = {"type": "steps", "value": {"steps": [step]}}
    ArticleFactory(body=[steps])

    [(_kind, item)] = backlinks_to([section], AnonymousUser(), "en")[section.pk]

    assert item.closeness == Closeness.MENTIONED


def test_drafts_and_withdrawn_pages_are_not_listed():
    section = SectionFactory()
    ArticleFactory(body=[law_box(section)], live=False)
    ArticleFactory(body=[law_box(section)]).unpublish()

    assert titles(section) == {}


def test_the_draft_of_a_published_page_does_not_count():
    section = SectionFactory()
    page = ArticleFactory()
    page.body = [law_box(section)]
    page.save_revision()

    assert titles(section) == {}


def test_pages_in_another_language_are_not_listed():
    section = SectionFactory()
    ArticleFactory(language="fi", body=[law_box(section)])

    assert titles(section, language="en") == {}
    assert titles(section, language="fi") != {}


def test_a_published_article_is_on_the_page_of_its_section(client):
    section = SectionFactory()
    ArticleFactory(title="How to assess", body=[law_box(section)])

    html = client.get(f"/en/law/681-2023/{section.number}/").content.decode()

    assert "How to assess" in html


def test_many_sections_and_pages_of_every_kind_cost_the_queries_of_one(django_assert_num_queries):
    sections = SectionFactory.create_batch(6)
    for section in sections:
        for factory in (ArticleFactory, InformationFactory, NewsFactory):
            factory(body=[law_box(section), text(section_link(section))])

    for some in (sections[:1], sections[:2], sections):
        backlinks(some, AnonymousUser(), "en")
        with asked_once(), django_assert_num_queries(5 + 1):  # and the version
            found = backlinks(some, AnonymousUser(), "en")
        assert {pk: sorted(item.kind for item in listed) for pk, listed in found.items()} == {
            one.pk: ["guidance", "guidance", "news"] for one in some
        }


def test_the_page_of_an_act_counts_what_is_listed(django_assert_max_num_queries):
    sections = SectionFactory.create_batch(2)
    for section in sections:
        ArticleFactory(body=[law_box(section), text(section_link(section))])
        ArticleFactory(body=[law_box(section)], language="fi")
        ArticleFactory(body=[law_box(section)], live=False)
    both = NewsFactory(body=[law_box(*sections)])
    PageViewRestriction.objects.create(
        page=NewsFactory(body=[law_box(*sections)]), restriction_type="login"
    )
    listed = backlinks(sections, AnonymousUser(), "en")
    assert both.title in {item.title for item in listed[sections[0].pk]}

    with asked_once(), django_assert_max_num_queries(2 + 2):  # the version, the restrictions
        counted = counts(sections, AnonymousUser(), "en")

    assert counted == {pk: len(them) for pk, them in listed.items()} == dict.fromkeys(listed, 2)


def test_an_alias_has_no_check_of_its_own_and_the_banner_of_its_original(client):
    section = SectionFactory()
    page = ArticleFactory(title="Original", body=[law_box(section)])
    alias = page.create_alias(update_slug="alias")
    change = AmendmentEffectFactory(section=section)

    impact_reviews.open_tasks([change])

    assert "is being checked" in client.get(alias.url_path).content.decode()
    listed = GuidanceArticlePage.objects.with_review_state().filter(pk__in=[page.pk, alias.pk])
    assert [one.under_review for one in listed] == [True, True]
    alias.refresh_from_db()
    alias.unpublish()
    assert change.reviews.get(kind="guidance").state == "open"
    publish(GuidanceArticlePage.objects.get(pk=page.pk))
    assert change.reviews.get(kind="guidance").state == "changed"
