"""Guidance and news on the page of the section that they rest on."""

import pytest
from django.contrib.auth.models import AnonymousUser
from wagtail.models import PageViewRestriction

from content.models import GuidanceArticlePage
from content.resting import counts, items
from portal.law import impact
from portal.law.resting import resting_on
from portal.running.edition import asked_once
from tests.factories.content import (
    ArticleFactory,
    InformationFactory,
    NewsFactory,
    law_box,
    publish,
    section_link,
    text,
)
from tests.factories.law import SectionChangeFactory, SectionFactory

pytestmark = pytest.mark.django_db


def titles(section, user=None, language="en"):
    found = resting_on([section], user or AnonymousUser(), language)
    return {kind.key: [item.title for item in items] for kind, items in found[section.pk]}


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

    for some, number in ((sections[:1], 4), (sections[:2], 5), (sections, 5)):
        items(some, AnonymousUser(), "en")
        with asked_once(), django_assert_num_queries(number + 1):  # and the edition
            found = items(some, AnonymousUser(), "en")
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
    listed = items(sections, AnonymousUser(), "en")
    assert both.title in {item.title for item in listed[sections[0].pk]}

    with asked_once(), django_assert_max_num_queries(2 + 2):  # the edition, the restrictions
        counted = counts(sections, AnonymousUser(), "en")

    assert counted == {pk: len(them) for pk, them in listed.items()} == dict.fromkeys(listed, 2)


def test_an_alias_has_no_check_of_its_own_and_the_banner_of_its_original(client):
    section = SectionFactory()
    page = ArticleFactory(title="Original", body=[law_box(section)])
    alias = page.create_alias(update_slug="alias")
    change = SectionChangeFactory(section=section)

    impact.open_lists([change])

    assert "is being checked" in client.get(alias.url_path).content.decode()
    listed = GuidanceArticlePage.objects.with_checks().filter(pk__in=[page.pk, alias.pk])
    assert [one.being_checked for one in listed] == [True, True]
    alias.refresh_from_db()
    alias.unpublish()
    assert change.checks.get(kind="guidance").state == "open"
    publish(GuidanceArticlePage.objects.get(pk=page.pk))
    assert change.checks.get(kind="guidance").state == "changed"
