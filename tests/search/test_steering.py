"""Editors' synonyms and pins: they steer the next search, and what would do harm is refused."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from portal.accounts.roles import EDITOR
from portal.caching.cache_version import cache_version
from search import empty_searches, steering
from search.models import Document, EmptySearch, SearchPin, SearchSynonym
from search.previews import preview
from search.queries import reader, search
from search.question import Question
from tests.factories.accounts import UserFactory
from tests.factories.search import indexed

pytestmark = pytest.mark.django_db
TOMORROW = timezone.localdate() + timedelta(days=1)
YESTERDAY = timezone.localdate() - timedelta(days=1)


def found(text, language="fi", user=None, **chosen):
    return search(Question(text), reader(user or AnonymousUser(), **chosen), language)


def titles(text, language="fi", **given):
    return [result.title for result in found(text, language, **given).results]


def synonym(words, means, language="fi", **fields):
    row = SearchSynonym(
        language=language, words=words, means=means, reason="Työkieltä", in_use=True, **fields
    )
    row.full_clean()
    row.save()
    return row


def pin(words, document, **fields):
    row = SearchPin(
        language=document.language,
        words=words,
        reason="Ajankohtaista",
        **{"address": document.path, "ends_on": TOMORROW, "in_use": True, **fields},
    )
    row.full_clean()
    row.save()
    return row


def test_a_synonym_steers_the_next_search_on_every_engine_without_an_index_made_anew(reindexed):
    indexed("Tuloksellisuus", body="Hankkeen tuloksellisuus mitataan.")
    reindexed()
    assert titles("kotosipi") == []
    before = cache_version()

    synonym("kotosipi, koto-sipi", "tuloksellisuus")

    assert cache_version() != before  # every process reads it anew with its next request
    assert titles("kotosipi") == ["Tuloksellisuus"]
    assert titles("koto-sipi") == ["Tuloksellisuus"]


@pytest.mark.parametrize("change", [{"in_use": False}, {"ends_on": YESTERDAY}])
def test_a_synonym_that_is_not_in_use_or_over_steers_nothing(change):
    indexed("Tuloksellisuus")
    row = synonym("kotosipi", "tuloksellisuus")
    SearchSynonym.objects.filter(pk=row.pk).update(**change)

    assert titles("kotosipi") == []


def test_a_former_name_says_what_it_is_called_now(client):
    indexed("Elinvoimalaitos")
    synonym("vanhalaitos", "elinvoimalaitos", retired=True)

    assert found("vanhalaitos").renamed == [("vanhalaitos", "elinvoimalaitos")]
    page = client.get("/fi/haku/", {"q": "vanhalaitos"}).content.decode()
    assert "”vanhalaitos” on nyt ”elinvoimalaitos”." in page


@pytest.mark.parametrize(
    ("words", "means", "says"),
    [
        ("ja", "kunta", "liian yleinen"),
        ("kunta", "joka", "liian yleinen"),
        ("kunta", "kunnat", "tarkoittaisi itseään"),
        ("kaupunki", "kylä", "kehä"),
        ("!!", "kunta", "ei ole kirjaimia"),
        (", ,", "kunta", "ainakin yksi"),
        (", ".join(f"sana{letter}" for letter in "abcdefghijk"), "kunta", "enintään kymmenen"),
    ],
)
def test_what_would_do_harm_is_refused_in_words(words, means, says):
    synonym("kylä", "kaupunki")

    with pytest.raises(ValidationError, match=says):
        synonym(words, means)


def test_a_loop_that_came_in_otherwise_does_no_harm():
    indexed("Kylä")
    indexed("Kaupunki")
    for words, means in (("kylä", "kaupunki"), ("kaupunki", "kylä"), ("kylä", "kylä")):
        SearchSynonym.objects.create(
            language="fi", words=words, means=means, reason="–", in_use=True
        )

    assert titles("kylä") == ["Kylä", "Kaupunki"]


def test_a_pin_comes_first_for_its_words_alone_and_says_so(reindexed, client):
    indexed("Kunta ja korvaus", body="korvaus " * 9)
    document = indexed("Uutinen")
    reindexed()
    pin("korvaukset kunnalle", document)

    [first, *_rest] = found("kunnan korvaus").results
    assert (first.title, first.pinned) == ("Uutinen", True)
    assert titles("kunnan korvaus hakemus")[:1] != ["Uutinen"]
    assert titles("korvaus", kind="section") == []
    assert found("korvaus kunta").total == 2
    assert "Toimituksen valitsema" in client.get("/fi/haku/?q=korvaus+kunta").content.decode()


def test_a_pin_shows_nobody_what_they_may_not_see_and_a_withdrawn_thing_to_nobody():
    indexed("Kunta")
    document = indexed("Salaisuus")
    row = pin("kunta", document)
    Document.objects.filter(pk=document.pk).update(audience="staff")

    assert titles("kunta") == ["Kunta"]
    assert not row.is_there
    document.delete()
    assert titles("kunta") == ["Kunta"]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"address": "/fi/ei-ole/"}, "Tällä osoitteella"),
        ({"ends_on": YESTERDAY}, "on ohi"),
        ({"words": "?"}, "ainakin yksi"),
    ],
)
def test_a_pin_to_what_nobody_finds_or_without_words_is_refused(change, says):
    with pytest.raises(ValidationError, match=says):
        pin(**{"words": "kunta", "document": indexed("Kunta")} | change)


def test_a_preview_tells_what_changes_before_it_does(monkeypatch):
    document = indexed("Tuloksellisuus", path="/fi/tulos/")
    gold = [
        {
            "id": "x",
            "language": "fi",
            "words": "mikä on kotosipi",
            "kind": "colloquial",
            "half": "tuning",
            "answers": [{"address": document.path, "grade": 3}],
        }
    ]
    monkeypatch.setattr("search.evaluation.tomllib.loads", lambda text: {"question": gold})
    for _time in range(3):
        empty_searches.count(Question("kotosipi"), "fi")
    row = synonym("kotosipi", "tuloksellisuus")
    SearchSynonym.objects.update(in_use=False)

    told = preview(row)

    [of_gold], [asked] = told.gold, told.asked
    assert (of_gold.before, of_gold.after, of_gold.better) == ("0.00", "1.00", True)
    assert (asked.before, asked.after, asked.first_after) == ("0", "1", "Tuloksellisuus")
    assert titles("kotosipi") == []
    assert steering._tried.get() is None


def test_editors_see_the_preview_and_own_what_they_make(client):
    editor = UserFactory(role=EDITOR)
    client.force_login(editor)
    add = reverse("wagtailsnippets_search_searchsynonym:add")

    page = client.get(add, {"language": "sv", "words": "arbis"}).content.decode()
    assert 'value="arbis"' in page
    client.post(
        add,
        {"language": "fi", "words": "kotosipi", "means": "kunta", "reason": "r", "ends_on": ""},
    )

    row = SearchSynonym.objects.get()
    assert (row.owner, row.in_use) == (editor, False)
    told = client.get(reverse("wagtailsnippets_search_searchsynonym:inspect", args=[row.pk]))
    page = told.content.decode()
    assert "its results stay" in page or "their results stay" in page
    assert "Person in charge" in page and "False" not in page and ">None<" not in page


# --- Searches that found nothing -------------------------------------------------------------


def test_what_is_searched_in_vain_is_counted_and_its_words_are_kept_from_the_third_time(client):
    for words in ("Kvanttihyppy", "kvanttihyppy", "kvanttihyppy"):
        assert not EmptySearch.objects.exclude(words="").exists()
        client.get("/fi/haku/", {"q": words})

    row = EmptySearch.objects.get()
    assert (row.words, row.count, row.language) == ("kvanttihyppy", 3, "fi")
    assert row.week == empty_searches.week_of(timezone.localdate())


@pytest.mark.parametrize(
    "words", ["kvantti 131052-308T", "matti@example.org kvantti", "kvantti 040 123 4567", "§"]
)
def test_what_may_tell_of_a_person_is_not_counted(words):
    for _time in range(3):
        empty_searches.count(Question(words), "fi")

    assert not EmptySearch.objects.exists()


def test_editors_see_the_list_and_make_a_synonym_of_it_and_others_do_not(client):
    for _time in range(3):
        empty_searches.count(Question("kvanttihyppy"), "fi")
    empty_searches.count(Question("yksityinen"), "fi")
    address = reverse("wagtailsnippets_search_emptysearch:list")

    client.force_login(UserFactory(role=EDITOR))
    page = client.get(address).content.decode()
    assert "kvanttihyppy" in page and "yksityinen" not in page
    assert "?language=fi&amp;words=kvanttihyppy" in page

    client.force_login(UserFactory(role="statistician"))
    assert "kvanttihyppy" not in client.get(address).content.decode()


def test_old_counts_are_forgotten():
    empty_searches.count(Question("kvanttihyppy"), "fi")
    EmptySearch.objects.update(week=timezone.localdate() - timedelta(weeks=14))

    assert empty_searches.clear() == 1
