"""A translation says to its readers, and to editors, what its original has and it does not."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse
from wagtail.models import Locale, PageViewRestriction
from wagtail_localize.models import Translation, TranslationSource

from content.pages.models import ChangeKind, PageChange
from tests.factories.content import ArticleFactory, InformationFactory, publish
from tests.queries import queries_of_page

pytestmark = pytest.mark.django_db

HELSINKI = ZoneInfo("Europe/Helsinki")
SAID = {
    "en": "The Finnish page was changed on 3 March 2026; this translation does not yet have",
    "sv": "Den finskspråkiga sidan ändrades den 3 mars 2026",
}


def on(day):
    return time_machine.travel(datetime(2026, *day, 12, tzinfo=HELSINKI), tick=False)


def read(client, page):
    response = client.get(page.url_path)
    assert response.status_code == 200
    return response.content.decode().replace("\xa0", " ")


@pytest.fixture
def finnish(db):
    with on((1, 10)):
        return ArticleFactory(language="fi", title="Arviointi")


@pytest.fixture
def english(finnish):
    with on((1, 11)):
        return ArticleFactory(language="en", title="Assessment", together=finnish)


def change(page, day=(3, 3), kind=ChangeKind.SUBSTANTIVE):
    with on(day):
        return publish(page, kind, "Määräaika on uusi.")


def newer(client, page):
    return client.get(page.url_path).context["newer_original"]


def test_readers_are_told_at_once_with_the_day_and_the_way_to_the_original(
    client, finnish, english
):
    assert SAID["en"] not in read(client, english)

    change(finnish)

    html = read(client, english)
    assert SAID["en"] in html
    assert f'<a href="{finnish.url_path}" hreflang="fi">Read the page in Finnish</a>' in html


def test_the_original_itself_says_nothing(client, finnish, english):
    change(finnish)

    assert newer(client, finnish) is None


def test_a_change_of_a_translation_does_not_reach_back_to_the_original(client, finnish, english):
    change(english)

    assert newer(client, finnish) is None
    assert newer(client, english) is None


@pytest.mark.parametrize("kind", [ChangeKind.MINOR, ChangeKind.SUBSTANTIVE])
def test_the_next_publication_of_the_translation_has_the_change(client, finnish, english, kind):
    change(finnish)
    change(english, (3, 4), kind)

    assert newer(client, english) is None


def test_a_minor_change_is_not_told(client, finnish, english):
    change(finnish, kind=ChangeKind.MINOR)

    assert newer(client, english) is None


def test_a_minor_change_does_not_hide_the_substantive_one_before_it(client, finnish, english):
    change(change(finnish), (4, 4), ChangeKind.MINOR)

    assert newer(client, english).day == datetime(2026, 3, 3).date()


def test_the_first_publication_of_the_original_is_no_change_of_it(client):
    with on((1, 10)):
        english = ArticleFactory(language="en")
    with on((3, 3)):
        ArticleFactory(language="fi", together=english)

    assert newer(client, english) is None


@pytest.mark.parametrize("hide", ["unpublish", "restrict"])
def test_of_an_original_that_readers_may_not_see_nothing_is_told(client, finnish, english, hide):
    finnish = change(finnish)
    if hide == "unpublish":
        finnish.unpublish()
    else:
        PageViewRestriction.objects.create(page=finnish, restriction_type="login")

    assert newer(client, english) is None


def test_a_kept_translation_has_what_it_carries_and_not_what_came_by_before_it(
    client, finnish, english
):
    source, _made = TranslationSource.get_or_create_from_instance(finnish)
    Translation.objects.create(source=source, target_locale=english.locale)
    change(finnish)
    mended = change(english, (3, 4), ChangeKind.MINOR)
    PageChange.objects.filter(page=english).update(carries=None)

    # Nothing is carried yet, so the last publication decides.
    assert newer(client, mended) is None

    first = PageChange.objects.filter(page=finnish).earliest("at")
    PageChange.objects.filter(page=english).update(carries=first)
    assert newer(client, mended).day == datetime(2026, 3, 3).date()

    last = PageChange.objects.filter(page=finnish).latest("at")
    PageChange.objects.filter(page=english).update(carries=last)
    assert newer(client, mended) is None


def test_a_page_translated_from_swedish_speaks_of_the_swedish_page(client):
    with on((1, 10)):
        swedish = ArticleFactory(language="sv")
        finnish = ArticleFactory(language="fi", together=swedish)
    source, _made = TranslationSource.get_or_create_from_instance(swedish)
    Translation.objects.create(source=source, target_locale=Locale.objects.get(language_code="fi"))
    change(swedish)

    assert newer(client, finnish).language == "sv"
    assert newer(client, swedish) is None


def test_the_words_are_in_the_language_of_the_page(client, finnish):
    with on((1, 11)):
        swedish = InformationFactory(language="sv", together=finnish)
    change(finnish)

    assert SAID["sv"] in read(client, swedish)


def test_it_costs_readers_no_query(client, finnish, english):
    before = queries_of_page(client, english.url_path)
    change(finnish)

    assert queries_of_page(client, english.url_path) == before


def test_editors_see_it_on_the_list_and_where_they_confirm(client, people, finnish, english):
    with on((1, 11)):
        ArticleFactory(title="Another")
    change(finnish)
    client.force_login(people["editor"])
    index = reverse("content_reviews:index")

    html = client.get(index + "?original=newer").content.decode().replace("\xa0", " ")

    assert "lacks the change of the original of 3 March 2026" in html
    assert "Another" not in html
    assert "Another" in client.get(index).content.decode()
    confirm = client.get(reverse("content_reviews:confirm", args=[english.pk])).content.decode()
    assert "lacks the change of the original of 3 March 2026" in confirm.replace("\xa0", " ")
