"""The feed of news."""

import html
import xml.etree.ElementTree as ElementTree

import pytest
from django.urls import reverse
from django.utils import translation
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from wagtail.models import Page, PageViewRestriction

from content.pages.models import PageChange
from tests.factories.content import ArticleFactory, NewsFactory, publish
from tests.queries import queries_of_page

pytestmark = pytest.mark.django_db


def feed(client, language="en") -> str:
    with translation.override(language):
        return client.get(reverse("content:news_feed")).content.decode()


def test_the_feed_has_the_news_of_its_language(client):
    NewsFactory(title="In English")
    NewsFactory(title="Suomeksi", language="fi")

    assert "In English" in feed(client)
    assert "Suomeksi" not in feed(client)
    assert "Suomeksi" in feed(client, "fi")


def test_drafts_withdrawn_and_restricted_news_are_not_in_the_feed(client):
    NewsFactory(title="Draft item", live=False)
    NewsFactory(title="Withdrawn item").unpublish()
    secret = NewsFactory(title="Secret item")
    PageViewRestriction.objects.create(page=secret, restriction_type="login")

    text = feed(client)

    assert "item" not in text


def test_six_items_cost_the_queries_of_one(client):
    def add():
        NewsFactory()
        publish(ArticleFactory(), note="Changed later.")

    with translation.override("en"):
        address = reverse("content:news_feed")
    add()
    of_one = queries_of_page(client, address)
    for _more in range(5):
        add()

    assert queries_of_page(client, address) == of_one <= 8


def test_the_list_of_news_leads_to_its_feed(client):
    html = client.get("/en/news/").content.decode()

    assert 'type="application/atom+xml"' in html
    assert 'href="/en/news/feed.atom"' in html


ATOM = "{http://www.w3.org/2005/Atom}"


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40))
@example('Applies to persons aged <18 & in "R&D" work. \uffff')
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_feed_is_whole_whatever_was_written(client, text):
    page = NewsFactory()
    Page.objects.filter(pk=page.pk).update(title=f"Title {text}")
    PageChange.objects.filter(page=page).update(note=f"Note {text} end.")

    entry = ElementTree.fromstring(feed(client)).find(f"{ATOM}entry")

    summary = entry.find(f"{ATOM}summary")
    assert summary.get("type") == "html"
    shown = html.unescape(summary.text)
    assert shown.startswith("Note ")
    assert " end." in shown
    assert all(word in shown for word in text.split() if word.isascii() and word.isprintable())


def test_a_feed_has_one_identity_under_every_host(client):
    NewsFactory()
    here, there = (
        client.get("/en/news/feed.atom", HTTP_HOST=host).content
        for host in ("portal.example.org", "localhost")
    )

    root = ElementTree.fromstring(there)
    assert root.findtext(f"{ATOM}id") == "https://portal.example.org/en/news/feed.atom"
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links["alternate"] == "https://portal.example.org/en/news/"
    assert links["self"] == "https://portal.example.org/en/news/feed.atom"
    assert here == there
