"""Pages as readers get them: what they show, in how few queries, and to whom."""

import gzip

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser, Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from content.pages import visibility
from content.pages.models import BasePage, GuidanceArticlePage
from content.pages.references import backlinks
from content.pages.views.pages import find
from tests.factories.content import (
    ArticleFactory,
    InformationFactory,
    NewsFactory,
    ThemeFactory,
    home,
    law_box,
    publish,
    section_link,
    text,
)
from tests.factories.law import SectionFactory
from tests.factories.topics import AudienceFactory, TopicFactory
from tests.queries import queries_of_page

pytestmark = pytest.mark.django_db


def read(client, page) -> str:
    return client.get(page.url_path).content.decode()


@pytest.fixture
def full(db):
    """An article with everything that costs queries, and what is near it."""
    sections = SectionFactory.create_batch(3)
    topics, audiences = TopicFactory.create_batch(2), AudienceFactory.create_batch(2)
    about = {"topics": topics, "audiences": audiences}
    ThemeFactory(topic=topics[0])
    other = ArticleFactory(**about)
    link = f'<p><a linktype="page" id="{other.pk}">another page</a></p>'
    return ArticleFactory(
        **about,
        body=[
            {"type": "contents", "value": None},
            {"type": "heading", "value": {"text": "Who", "anchor": "who"}},
            text(section_link(sections[0])),
            text(link),
            text(link),
            law_box(*sections),
        ],
    )


def test_an_article_costs_few_queries_warm_and_cold(client, full, django_assert_max_num_queries):
    with django_assert_max_num_queries(22):
        client.get(full.url_path)
    with django_assert_max_num_queries(6):
        client.get(full.url_path)


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/en/", 6),
        ("/en/guidance/", 9),
        ("/en/guidance/?topic={topic}", 9),
        ("/en/news/", 9),
        ("/en/about/", 9),
        ("{theme}", 9),
        ("{news}", 6),
        ("{information}", 6),
    ],
)
def test_each_kind_of_page_keeps_to_its_queries(
    client, full, django_assert_max_num_queries, path, most
):
    path = path.format(
        topic=full.topics.first().key,
        theme=ThemeFactory(topic=full.topics.last()).url_path,
        news=NewsFactory(topics=full.topics.all()).url_path,
        information=InformationFactory().url_path,
    )
    client.get(path)

    with django_assert_max_num_queries(most):
        response = client.get(path)

    assert response.status_code == 200


@pytest.mark.parametrize("path", ["/en/", "/en/guidance/", "/en/news/", "/en/about/", "{theme}"])
def test_six_rows_cost_the_queries_of_one(client, path):
    topic = TopicFactory()
    path = path.format(theme=ThemeFactory(topic=topic).url_path)

    def add():
        ArticleFactory(topics=[topic])
        NewsFactory(topics=[topic])
        InformationFactory()
        ThemeFactory()

    add()
    of_one = queries_of_page(client, path)
    for _more in range(5):
        add()

    assert queries_of_page(client, path) == of_one


def test_a_reader_without_an_account_gets_no_cookie_and_no_session(client, full):
    response = client.get(full.url_path)

    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")


def test_a_page_weighs_at_most_nine_kilobytes(client, full):
    assert len(gzip.compress(client.get(full.url_path).content)) < 9_000


def test_a_draft_is_not_there(client):
    assert client.get(ArticleFactory(live=False).url_path).status_code == 404


def test_the_draft_of_a_published_page_is_not_shown(client):
    page = ArticleFactory(title="Published")
    page.title, page.summary = "Draft title", "Draft summary"
    page.save_revision()

    html = read(client, page)

    assert "Draft" not in html


def test_a_page_below_a_restriction_asks_to_sign_in_and_is_on_no_list(client, people):
    page = ArticleFactory(title="For the team")
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="groups")
    restriction.groups.add(Group.objects.get(name="lawyer"))

    assert client.get(page.url_path).status_code == 302
    assert "For the team" not in client.get("/en/guidance/").content.decode()

    client.force_login(people["lawyer"])
    assert client.get(page.url_path).status_code == 200
    assert "For the team" in client.get("/en/guidance/").content.decode()

    client.force_login(people["editor"])
    assert GuidanceArticlePage.objects.visible_to(people["editor"]).count() == 0


@pytest.mark.parametrize(
    ("kind", "who", "seen"),
    [
        ("login", None, False),
        ("login", "member", True),
        ("groups", "member", False),
        ("groups", "lawyer", True),
        ("groups", "superuser", True),
        ("password", "superuser", False),
    ],
)
@pytest.mark.parametrize("few", [visibility.FEW, 0])
def test_visible_to_follows_the_restrictions_above_a_page(
    people, kind, who, seen, few, monkeypatch
):
    monkeypatch.setattr(visibility, "FEW", few)
    page = ArticleFactory()
    restriction = PageViewRestriction.objects.create(
        page=page.get_parent(), restriction_type=kind, password="shared"
    )
    if kind == "groups":
        restriction.groups.add(Group.objects.get(name="lawyer"))
    user = people[who] if who else AnonymousUser()

    assert GuidanceArticlePage.objects.visible_to(user).exists() is seen


@pytest.mark.parametrize("few", [visibility.FEW, 0])
def test_an_alias_is_as_restricted_as_its_original(few, monkeypatch):
    monkeypatch.setattr(visibility, "FEW", few)
    page = ArticleFactory()
    alias = page.create_alias(update_slug="alias")
    shown = GuidanceArticlePage.objects.visible_to(AnonymousUser())
    assert {page.pk, alias.pk} <= set(shown.values_list("pk", flat=True))

    PageViewRestriction.objects.create(page=page, restriction_type="login")

    shown = GuidanceArticlePage.objects.visible_to(AnonymousUser())
    assert not shown.filter(pk__in=[page.pk, alias.pk]).exists()


def test_a_restriction_takes_a_page_off_what_was_read_before(client):
    topic = TopicFactory()
    page = ArticleFactory(topics=[topic])
    secret = ArticleFactory(title="For the team", topics=[topic])
    addresses = ["/en/guidance/", page.url_path]
    assert all("For the team" in client.get(path).content.decode() for path in addresses)

    PageViewRestriction.objects.create(page=secret, restriction_type="login")

    assert not any("For the team" in client.get(path).content.decode() for path in addresses)


def test_an_article_says_what_it_is_about_for_whom_and_who_keeps_it(client, full):
    html = read(client, full)

    assert full.topics.first().name_en in html
    assert full.audiences.first().name_en in html
    assert "Editors of the portal" in html
    assert "No lawyer has checked this guidance yet" in html
    assert "Cite this page" in html
    assert 'href="#who"' in html


def test_related_pages_share_sections_or_topics_and_are_published(client):
    section, topic = SectionFactory(), TopicFactory()
    page = ArticleFactory(topics=[topic], body=[law_box(section)])
    by_section = ArticleFactory(body=[text(section_link(section))])
    by_topic = ArticleFactory(topics=[topic])
    draft = ArticleFactory(topics=[topic], live=False)
    elsewhere = ArticleFactory(topics=[TopicFactory()])

    related = client.get(page.url_path).context["related"]

    assert client.get(page.url_path).content.decode().count('id="related"') == 1
    assert related == [by_section, by_topic]
    assert draft not in related
    assert elsewhere not in related


def test_a_link_leads_to_the_page_in_the_readers_language(client):
    finnish = ArticleFactory(language="fi", slug="ohje")
    english = ArticleFactory(language="en", slug="article", together=finnish)
    link = f'<p><a linktype="page" id="{finnish.pk}">a page</a></p>'

    html = read(client, ArticleFactory(body=[text(link)]))

    assert f'href="{english.url_path}"' in html


def test_a_page_says_which_languages_it_exists_in(client):
    finnish = ArticleFactory(language="fi")
    swedish = ArticleFactory(language="sv", together=finnish)
    ArticleFactory(language="en", together=finnish, live=False)

    response = client.get(finnish.url_path)
    html = response.content.decode()

    assert response.context["alternates"] == {"fi": finnish.url_path, "sv": swedish.url_path}
    assert f'hreflang="sv" href="https://portal.example.org{swedish.url_path}"' in html
    assert "This page is not available in English." in html


def test_an_address_is_protected_and_still_readable(client):
    contact = {"name": "Help desk", "role": "", "email": "help@example.org", "phone": ""}

    html = read(client, ArticleFactory(body=[{"type": "contact", "value": contact}]))

    assert "help@example.org" not in html
    assert "mailto:" not in html
    assert "help (at) example.org" in html
    assert "js/email.js" in html


def test_a_table_has_a_caption_and_headings(client):
    table = {
        "cells": {
            "caption": "Time limits",
            "columns": [{"type": "text", "heading": "Step"}, {"type": "number", "heading": "Days"}],
            "rows": [{"values": ["Assessment", "14"]}],
        },
        "first_column_is_header": True,
    }

    html = read(client, ArticleFactory(body=[{"type": "table", "value": table}]))

    assert "Time limits</caption>" in html
    assert '<th scope="col" class="number">Days</th>' in html
    assert '<th scope="row">Assessment</th>' in html
    assert '<td data-label="Days" class="number">14</td>' in html


@pytest.mark.parametrize(
    ("path", "named"),
    [
        ("/en/guidance/?topic=nothing", "topic"),
        ("/en/guidance/?audience=nobody", "audience"),
        ("/en/guidance/?page=99", "page"),
        ("/en/news/?page=x", "page"),
    ],
)
def test_a_value_that_cannot_be_read_is_named(client, path, named):
    response = client.get(path)

    assert response.status_code == 400
    assert named in response.content.decode()


def test_guidance_is_narrowed_by_theme_and_audience(client):
    topic, audience = TopicFactory(), AudienceFactory()
    both = ArticleFactory(topics=[topic], audiences=[audience])
    ArticleFactory(topics=[topic])
    ArticleFactory()

    response = client.get(f"/en/guidance/?topic={topic.key}&audience={audience.key}")

    assert list(response.context["articles"]) == [both]


def test_home_shows_what_was_published_at_once(client):
    client.get("/en/")
    news = NewsFactory(title="Fresh news")

    assert "Fresh news" in client.get("/en/").content.decode()

    news.unpublish()
    assert "Fresh news" not in client.get("/en/").content.decode()


def test_home_tasks_lead_to_pages_in_the_language_and_to_views(client):
    finnish = ArticleFactory(language="fi")
    english = ArticleFactory(language="en", together=finnish)
    draft = ArticleFactory(live=False)

    def task(title, page=None, view=""):
        return {
            "type": "task",
            "value": {"title": title, "description": "", "page": page, "view": view},
        }

    page = home("en")
    page.tasks = [
        task("Read", page=finnish.pk),
        task("Draft", page=draft.pk),
        task("Law", view="law"),
    ]
    publish(page)

    tasks = client.get("/en/").context["tasks"]

    assert [(task.title, task.url) for task in tasks] == [
        ("Read", english.url_path),
        ("Law", "/en/law/"),
    ]


def test_home_lists_changes_of_guidance_but_not_first_publications(client):
    publish(ArticleFactory(), note="A later change.")

    html = client.get("/en/").content.decode()

    assert "A later change." in html
    assert "What changed." not in html


@pytest.mark.parametrize(
    "attributes",
    [
        'linktype="section" id="1" ref="681/2023:a b"',
        'linktype="section" id="1" ref="-1/2023:14"',
        'linktype="section" id="1" ref="nowhere"',
        'linktype="section" id="x" ref=""',
        'linktype="section"',
        'linktype="page" id="99999999999999999999999"',
        'linktype="page" id="²"',
        'linktype="page"',
    ],
)
def test_a_link_made_by_hand_that_leads_nowhere_breaks_nothing(client, attributes):
    article = ArticleFactory(body=[text(f"<p>See <a {attributes}>these words</a>.</p>")])

    response = client.get(article.url)

    assert response.status_code == 200
    assert "<a>these words</a>" in response.text


def test_what_a_page_costs_does_not_depend_on_what_kinds_of_page_there_are(client):
    section = SectionFactory()
    page = ArticleFactory(body=[law_box(section)])
    of_other_kinds = [
        model._meta.db_table
        for model in apps.get_models()
        if issubclass(model, BasePage) and model is not GuidanceArticlePage
    ]

    with CaptureQueriesContext(connection) as captured:
        found = find(page.url_path).page
        listed = backlinks([section], AnonymousUser(), "en")

    assert found == page
    assert [item.url for item in listed[section.pk]] == [page.url_path]
    asked = [query["sql"] for query in captured]
    assert not [sql for sql in asked if any(f'"{table}"' in sql for table in of_other_kinds)]
