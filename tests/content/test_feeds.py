"""The feed of news."""

import pytest
from django.urls import reverse
from django.utils import translation
from wagtail.models import PageViewRestriction

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

    assert queries_of_page(client, address) == of_one <= 5


def test_the_list_of_news_leads_to_its_feed(client):
    html = client.get("/en/news/").content.decode()

    assert 'type="application/atom+xml"' in html
    assert 'href="/en/news/feed.atom"' in html
