"""The room of guidance: what it is called, and where its old Swedish addresses lead."""

from importlib import import_module

import pytest
from django.apps import apps

from content.pages.models import GuidanceIndexPage
from tests.factories.content import ArticleFactory, index

pytestmark = pytest.mark.django_db

MIGRATION = import_module("content.pages.migrations.0009_a_name_for_the_room")


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/fi/ohjeet/", "Ohjeet"),
        ("/sv/stod-i-arbetet/", "Stöd i arbetet"),
        ("/en/guidance/", "Handbook"),
    ],
)
def test_the_room_has_a_name_of_its_own_in_each_language(client, path, name):
    assert f"<h1>{name}</h1>" in client.get(path).content.decode()


def test_old_addresses_lead_on_however_deep(client):
    article = ArticleFactory(language="sv", slug="en-anvisning")

    for old, new in [
        ("/sv/vagledning/", "/sv/stod-i-arbetet/"),
        ("/sv/vagledning/en-anvisning/", article.url_path),
        ("/sv/vagledning/en-anvisning/history/", f"{article.url_path}history/"),
        ("/sv/vagledning/?topic=a&page=2", "/sv/stod-i-arbetet/?topic=a&page=2"),
    ]:
        answer = client.get(old)
        assert (answer.status_code, answer["Location"]) == (301, new)
    assert client.get("/en/vagledning/").status_code == 404


def test_an_existing_site_is_moved_with_all_its_pages_and_what_editors_named_stays():
    room = index("guidance", "sv")
    article = ArticleFactory(language="sv", slug="en-anvisning")
    room.slug, room.title = "vagledning", "Vägledning"
    room.save_revision().publish()
    article.refresh_from_db()
    assert article.url_path == "/sv/vagledning/en-anvisning/"
    GuidanceIndexPage.objects.filter(url_path="/en/guidance/").update(title="Our own name")

    MIGRATION.rename(apps, None)

    room, article = GuidanceIndexPage.objects.get(pk=room.pk), type(article).objects.get()
    assert (room.title, room.url_path) == ("Stöd i arbetet", "/sv/stod-i-arbetet/")
    assert article.url_path == "/sv/stod-i-arbetet/en-anvisning/"
    assert room.get_latest_revision_as_object().slug == "stod-i-arbetet"
    assert index("guidance", "en").title == "Our own name"
