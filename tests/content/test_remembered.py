"""What pages remember between requests, and for whom."""

import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.contrib.messages.storage.cookie import CookieStorage
from django.test import RequestFactory
from wagtail.models import PageViewRestriction

from portal.caching import memory
from tests.factories.accounts import UserFactory
from tests.factories.content import ArticleFactory, law_box, text
from tests.factories.law import SectionFactory
from tests.factories.topics import TopicFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def article():
    topic, section = TopicFactory(), SectionFactory()
    ArticleFactory(topics=[topic])
    return ArticleFactory(topics=[topic], body=[law_box(section), text("<p>Some words</p>")])


@pytest.mark.parametrize("path", ["{article}", "/en/", "/en/about/"])
def test_a_page_that_was_read_before_costs_the_question_for_its_edition(
    client, article, path, django_assert_num_queries
):
    path = path.format(article=article.url_path)
    first = client.get(path)

    with django_assert_num_queries(1):
        again = client.get(path)

    assert again.content == first.content


def test_no_reader_is_shown_the_frame_of_another(client, article):
    somebody, other = (
        UserFactory(first_name="Canary", last_name="One"),
        UserFactory(first_name="Canary", last_name="Two"),
    )

    def read(user=None):
        client.logout()
        if user:
            client.force_login(user)
        return client.get(article.url_path).content.decode()

    assert "Canary" not in read()
    assert "Canary One" in read(somebody)
    assert "Canary" not in read()
    assert "Canary One" not in read(other)
    assert "Canary Two" in read(other)


@pytest.mark.parametrize("signed_in_first", [True, False])
def test_the_languages_beside_a_page_are_those_that_its_reader_may_see(client, signed_in_first):
    finnish = ArticleFactory(language="fi")
    swedish = ArticleFactory(language="sv", together=finnish)
    PageViewRestriction.objects.create(page=swedish, restriction_type="login")
    member = UserFactory()

    for signed_in in (signed_in_first, not signed_in_first):
        client.logout()
        if signed_in:
            client.force_login(member)
        shown = client.get(finnish.url_path).content.decode()
        assert (swedish.url_path in shown) is signed_in


def test_what_is_remembered_of_a_restricted_page_does_not_open_it(client, article):
    PageViewRestriction.objects.create(page=article, restriction_type="login")
    client.force_login(UserFactory())
    assert "Some words" in client.get(article.url_path).content.decode()

    client.logout()

    assert client.get(article.url_path).status_code == 302


def test_an_address_with_parameters_is_not_the_one_without(client, article):
    plain = client.get(article.url_path).content.decode()
    second = client.get(f"{article.url_path}?page=2").content.decode()

    assert f'{article.url_path}?page=2">' in second
    assert "?page=2" not in plain
    assert client.get(article.url_path).content.decode() == plain


def test_a_message_is_shown_once_and_to_its_reader_alone(client, article):
    plain = client.get(article.url_path).content.decode()
    storage = CookieStorage(RequestFactory().get("/"))
    message = storage._encode([Message(constants.SUCCESS, "Canary of a message")])
    client.cookies["messages"] = message

    told = client.get(article.url_path).content.decode()

    assert "Canary of a message" in told
    assert client.get(article.url_path).content.decode() == plain


def test_what_is_not_there_takes_no_place_in_memory(client):
    client.get("/en/guidance/")
    before = len(memory.pages.made)

    for number in range(3):
        assert client.get(f"/en/guidance/nothing-{number}/").status_code == 404

    assert len(memory.pages.made) == before
