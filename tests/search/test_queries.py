"""What a search finds, the same on every engine: the database of this run, and Elasticsearch."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from portal.caching.cache_version import asked_once
from portal.search_api import find
from search import queries
from search.queries import reader, search
from search.question import MOST_WORDS, Question
from search.suggestions import suggestions
from tests.factories.accounts import UserFactory
from tests.factories.search import indexed
from tests.queries import queries_of

pytestmark = pytest.mark.django_db
ANYONE = AnonymousUser()


def titles(text, language="fi", user=ANYONE, **chosen):
    found = search(Question(text), reader(user, **chosen), language)
    assert not found.reduced
    return [result.title for result in found.results]


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ("kuntien", "Kunta vastaa palveluista"),
        ("kunnan", "Kunta vastaa palveluista"),
        ("koulutus", "Kotoutumiskoulutukset"),
        ("lupa", "Oleskelulupa"),
        ("14 §", "14 § Arviointi"),
        ("14§ arvioinnista", "14 § Arviointi"),
        ("helsingissä", "Palvelut Helsingissä"),
    ],
)
def test_finnish_words_are_found_in_any_form(reindexed, asked, title):
    for each in (
        "Kunta vastaa palveluista",
        "Kotoutumiskoulutukset",
        "Oleskelulupa",
        "14 § Arviointi",
        "Palvelut Helsingissä",
        "Kun sää muuttuu",
    ):
        indexed(each, kind="section" if "§" in each else "guidance")
    reindexed()

    assert titles(asked) == [title]


def test_a_question_is_read_in_all_languages_and_own_language_comes_first(reindexed):
    indexed("Integrationsplaner", "sv", key="1", thing="page:1")
    indexed("Suunnitelma", "fi", key="2", thing="page:1")
    indexed("Planer", "fi")
    reindexed()

    found = search(Question("planer"), reader(ANYONE), "fi")

    assert [(each.title, each.language, each.found_in) for each in found.results] == [
        ("Planer", "fi", ""),
        ("Suunnitelma", "fi", "sv"),
    ]


def test_a_thing_is_shown_once_in_the_readers_language(reindexed):
    for language in ("fi", "sv", "en"):
        indexed("Oulu", language, kind="area", key="1")
    reindexed()

    found = search(Question("Oulu"), reader(ANYONE), "sv")

    assert [(each.title, each.language) for each in found.results] == [("Oulu", "sv")]
    assert found.total == found.facets["kind"]["area"] == 1


def test_every_word_counts_and_common_ones_do_not(reindexed):
    indexed("Kunta ja koulutus")
    indexed("Kunta")
    reindexed()

    assert titles("koulutus kunnassa")[0] == "Kunta ja koulutus"
    assert set(titles("mikä on kunta")) == {"Kunta ja koulutus", "Kunta"}


def test_title_before_text_and_the_whole_title_first(reindexed):
    indexed("Neuvonta", body="Myös kotoutumissuunnitelma mainitaan.")
    indexed("Kotoutumissuunnitelma ja sen tarkistaminen", body="Suunnitelma.")
    indexed("Kotoutumissuunnitelma")
    reindexed()

    assert titles("kotoutumissuunnitelma") == [
        "Kotoutumissuunnitelma",
        "Kotoutumissuunnitelma ja sen tarkistaminen",
        "Neuvonta",
    ]


def test_words_that_follow_one_another_come_before_those_apart(reindexed):
    indexed("Yksi", body="Laskennallinen osuus maksetaan. Muu korvaus haetaan kunnasta.")
    indexed("Kaksi", body="Osuus maksetaan. Laskennallinen korvaus haetaan muu kunnasta.")
    reindexed()

    assert titles("laskennallinen korvaus") == ["Kaksi", "Yksi"]


def test_what_is_repealed_comes_after_what_is_in_force(reindexed):
    indexed("Kotoutumissuunnitelma", kind="section", holds_to=date(2020, 12, 31))
    indexed("Kotoutumissuunnitelman sisältö", kind="section")
    reindexed()

    assert titles("kotoutumissuunnitelma") == [
        "Kotoutumissuunnitelman sisältö",
        "Kotoutumissuunnitelma",
    ]


def test_what_holds_for_the_last_day_stands_where_it_stood(reindexed):
    indexed("Kunta yksi", holds_to=timezone.localdate())
    indexed("Kunta kaksi")
    indexed("Kunta nolla", holds_to=timezone.localdate() - timedelta(days=1))
    reindexed()

    assert titles("kunta") == ["Kunta yksi", "Kunta kaksi", "Kunta nolla"]


def test_a_day_leaves_what_holds_on_it(reindexed):
    indexed("Kunta aina")
    indexed("Kunta ennen", holds_from=date(2025, 1, 1), holds_to=date(2025, 12, 31))
    indexed("Kunta vasta", holds_from=date(2999, 1, 1))
    reindexed()

    def on(day):
        return {
            each.title for each in search(Question("kunta"), reader(ANYONE, on=day), "fi").results
        }

    assert on(date(2024, 12, 31)) == {"Kunta aina"}
    assert on(date(2025, 1, 1)) == on(date(2025, 12, 31)) == {"Kunta aina", "Kunta ennen"}
    assert on(date(2026, 1, 1)) == {"Kunta aina"}
    assert on(date(2999, 1, 1)) == {"Kunta aina", "Kunta vasta"}
    assert on(None) == {"Kunta aina", "Kunta ennen", "Kunta vasta"}


def test_filters_narrow_and_counts_say_what_each_choice_would_leave(reindexed):
    indexed("Kunta yksi", topics=["law"], areas=["KU091"])
    indexed("Kunta kaksi", topics=["work", "law"], kind="news")
    indexed("Kunta kolme", topics=["work"], kind="news")
    reindexed()

    found = search(Question("kunta"), reader(ANYONE, kind="news"), "fi")

    assert {each.title for each in found.results} == {"Kunta kaksi", "Kunta kolme"}
    assert found.facets["kind"] == {"guidance": 1, "news": 2}
    assert found.facets["topic"] == {"work": 2, "law": 1}
    assert titles("kunta", kind="news", topic="law") == ["Kunta kaksi"]
    assert titles("kunta", area="KU091") == ["Kunta yksi"]
    assert titles("kunta", language="fi", area="KU") == []


def test_who_may_not_see_a_thing_neither_finds_nor_counts_it(reindexed):
    indexed("Kunta")
    indexed("Kunta salassa", audience="staff", topics=["law"])
    reindexed()
    editor = UserFactory(role="editor")

    for user, count in ((ANYONE, 1), (UserFactory(), 1), (editor, 2)):
        found = search(Question("kunta"), reader(user), "fi")
        assert found.total == found.unfiltered == len(found.results) == count
        assert sum(found.facets["kind"].values()) == count
        assert sum(found.facets["topic"].values()) == count - 1


def test_a_thing_withdrawn_since_the_engine_was_told_is_not_shown(reindexed):
    document = indexed("Kunta")
    reindexed()
    document.delete()

    found = search(Question("kunta"), reader(ANYONE), "fi")

    assert (found.total, found.results) == (0, [])


def test_nothing_exact_but_something_close_is_said_to_be_close(reindexed):
    indexed("Kotoutumissuunnitelma")
    reindexed()

    found = search(Question("kotoutumiss"), reader(ANYONE), "fi")

    assert found.loosened
    assert [each.title for each in found.results] == ["Kotoutumissuunnitelma"]


def test_a_misspelt_word_is_put_right_at_once_and_searched_as_typed_when_asked(reindexed):
    indexed("Kotoutumissuunnitelma")
    indexed("Työllisyys")
    indexed("Hidden", "en", audience="staff")
    reindexed()

    def asked(text, **how):
        found = search(Question(text), reader(ANYONE), "fi", **how)
        return found.respelt, [each.title for each in found.results]

    right = ("kotoutumissuunnitelma", ["Kotoutumissuunnitelma"])
    assert asked("kotoutumissuunitelma") == right
    assert asked("kotoutumissuunitelma", as_typed=True) == ("", [])
    assert asked("tyollisyys") == ("työllisyys", ["Työllisyys"])
    assert asked("hiddem") == ("", [])


def test_superfluous_words_lead_to_questions_that_find(reindexed):
    indexed("Kotoutumissuunnitelma")
    reindexed()

    found = queries.instead(Question("kotoutumissuunnitelma qqxxyy"), reader(ANYONE), "fi")

    assert found.without == [("qqxxyy", "kotoutumissuunnitelma")]


def test_some_of_the_words_follow_those_that_have_all_and_nonsense_finds_nothing(reindexed):
    indexed("Laskennallinen korvaus kunnalle")
    indexed("Laskennallinen korvaus")
    indexed("Kunta")
    reindexed()

    asked = "laskennallisen korvauksen maksaminen kunnalle"
    assert titles(asked)[0] == "Laskennallinen korvaus kunnalle"
    assert titles("kunta avaruusraketti kuumatka") == []


def test_all_parts_of_a_compound_come_before_one_and_derivations_are_found(reindexed):
    indexed("Koulutuksen aikana", body="Kotoutumisen alussa on paljon muuta.")
    indexed("Koulutus")
    indexed("Suunnitelman tarkistaminen")
    reindexed()

    assert titles("kotoutumiskoulutus")[0] == "Koulutuksen aikana"
    assert titles("suunnitelman tarkistus") == ["Suunnitelman tarkistaminen"]


@pytest.mark.parametrize(
    ("text", "language", "title"),
    [
        ("TE-toimistoon", "fi", "Työvoimaviranomainen"),
        ("te toimisto", "fi", "Työvoimaviranomainen"),
        ("kotokoulutuksen", "fi", "Kotoutumiskoulutus"),
        ("NTM", "sv", "Livskraftscentralen"),
    ],
)
def test_words_that_people_use_find_what_the_texts_say(reindexed, text, language, title):
    indexed("Työvoimaviranomainen")
    indexed("Kotoutumiskoulutus")
    indexed("Livskraftscentralen", "sv")
    reindexed()

    assert titles(text, language) == [title]


def test_words_are_found_written_apart(reindexed):
    indexed("Kotihoidon tuki")
    reindexed()

    assert titles("koti hoidon tuki") == ["Kotihoidon tuki"]


JUNK = [
    '"' * 51,
    '"' + " " * 20_000 + "kunta",
    "a:" * 2_000,
    "kunta AND NOT (lupa OR *) NEAR/2 ^x -y {z} title:kunta",
    "kunta' & !lupa | <-> :* \\",
    "100% _kunta_ [a-z]+ (((((",
    "kunta\x00lupa",
    "ku\u0301nta 🎈 \u202e ﷽",
    "x" * 5_000,
    " ".join(f"sana{n}" for n in range(300)),
]


@pytest.mark.parametrize("junk", JUNK, ids=range(len(JUNK)))
def test_junk_is_looked_for_as_it_is_in_few_queries(reindexed, junk):
    indexed("Kunta")
    reindexed()

    def ask():
        with asked_once():  # as in a request
            search(Question(junk), reader(ANYONE), "fi")
            queries.instead(Question(junk), reader(ANYONE), "fi")
            suggestions(junk, "fi", ANYONE)

    assert queries_of(ask) <= 32
    assert len(Question(junk).words) <= MOST_WORDS


def test_signs_are_not_operators(reindexed):
    indexed("Kunta")
    indexed("Lupa")
    reindexed()

    assert titles("kunta OR lupa") == []
    assert titles("-kunta") == ["Kunta"]
    assert titles("ku*") == []
    assert titles("%") == []


def test_more_than_can_be_ranked_keeps_those_with_the_word_in_their_title(monkeypatch, db):
    for number in range(12):
        indexed(f"Toinen {number}", body="Kunta mainitaan.")
    indexed("Kunta")
    monkeypatch.setattr(queries, "CAP", 5)
    monkeypatch.setattr(queries.Engines.candidates, "__defaults__", (5,))

    found = search(Question("kunta"), reader(ANYONE), "fi")

    assert found.capped
    assert found.results[0].title == "Kunta"


def test_other_apps_find_things_of_the_kinds_they_name(reindexed):
    indexed("Kunta <b>", kind="news", body="Kunnan & muiden uutinen")
    indexed("Kunta", kind="guidance")
    reindexed()

    (found,) = find("kunnat", ["news"], "fi", ANYONE)

    assert (found.kind, found.title, found.language) == ("news", "Kunta <b>", "fi")
    assert found.snippet == "<mark>Kunnan</mark> &amp; muiden uutinen"
