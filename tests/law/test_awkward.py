"""Amending acts that are easy to get wrong: each is taken in rightly, or refused with the place.

The texts that are expected are written out by hand. The act and its words are invented.
"""

import json
from datetime import date

import pytest
import time_machine

from law import incoming, parsers, services
from law.models import Act, AmendmentEffect, IncomingAmendment, Section, SectionVersion
from law.parsers import languages, stored
from portal.errors import BrokenFileError
from portal.notifications.models import Event, Follow
from tests.factories.accounts import UserFactory
from tests.factories.content import ArticleFactory, law_box
from tests.factories.law import (
    IncomingAmendmentFactory,
)
from tests.factories.notices import FollowFactory

from .acts import amend, effects, invented_act, on, part, read, refused, said, whole
from .statutes import paragraph, section, statute

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-06-01 12:00+03:00"):
        yield


@pytest.fixture(autouse=True)
def act(db):
    return invented_act()


# Temporary acts


def test_temporary_act_the_earlier_wording_comes_back_with_reviews_on_both_days():
    ArticleFactory(body=[law_box(Section.objects.get(number="3"))])

    result = amend(changed=[part("3", 2, "Väliaikainen.", "Tillfällig.")], valid_until="2026-12-31")

    assert on("2026-08-31", "3") == ["Alku 3:1.", "Alku 3:2."]
    assert on("2026-12-31", "3") == ["Alku 3:1.", "Väliaikainen."]
    assert on("2027-01-01", "3") == ["Alku 3:1.", "Alku 3:2."]
    assert on("2027-01-01", "3", "sv") == ["Början 3:1.", "Början 3:2."]
    assert effects("3") == [(10, date(2026, 9, 1)), (10, date(2027, 1, 1))]
    assert (result.lists, result.reviews) == (2, 2)


def test_temporary_over_a_temporary_each_ends_on_its_day():
    amend(changed=[whole("3", "Ensin")], valid_until="2027-06-30")
    amend(
        "20/2026",
        "2026-11-01",
        changed=[part("3", 1, "Toinen.", "Andra.")],
        valid_until="2026-12-31",
    )

    assert on("2026-10-31", "3") == ["Ensin fi."]
    assert on("2026-11-01", "3") == ["Toinen."]
    assert on("2027-01-01", "3") == ["Ensin fi."]
    assert on("2027-07-01", "3") == ["Alku 3:1.", "Alku 3:2."]


def test_lasting_change_of_a_part_within_a_temporary_act_outlives_it():
    amend(changed=[part("3", 2, "Väliaikainen.", "Tillfällig.")], valid_until="2026-12-31")
    amend("20/2026", "2026-11-01", changed=[part("3", 1, "Pysyvä.", "Bestående.")])

    assert on("2026-12-31", "3") == ["Pysyvä.", "Väliaikainen."]
    assert on("2027-01-01", "3") == ["Pysyvä.", "Alku 3:2."]
    assert on("2027-01-01", "3", "sv") == ["Bestående.", "Början 3:2."]


def test_lasting_change_of_what_a_temporary_act_added_is_refused():
    amend(
        added=[{"number": "3", "subsections": [{"number": 3, "text": {"fi": "X.", "sv": "Y."}}]}],
        valid_until="2026-12-31",
    )

    refused(
        "section 3",
        "10/2026",
        "changes subsection 3",
        number="20/2026",
        day="2026-11-01",
        changed=[part("3", 3, "Pysyvä.", "Bestående.")],
    )


def test_temporary_section_is_gone_after_its_last_day():
    amend(added=[whole("3a", "Väli")], valid_until="2026-12-31")

    assert on("2026-12-31", "3a") == ["Väli fi."] and on("2027-01-01", "3a") == []
    added = Section.objects.get(number="3a")
    assert (added.repealed_by, added.repealed_from) == ("10/2026", date(2027, 1, 1))
    assert [(one.adds, one.repeals) for one in added.effects.order_by("day")] == [
        (True, False),
        (True, True),
    ]


def test_temporary_repeal_is_refused():
    refused("repealed, entry 1", "temporary", repealed=["3"], valid_until="2026-12-31")


def test_last_day_before_the_first_is_refused():
    refused("valid_until", changed=[whole("3", "A")], valid_until="2026-08-31")


# Repeals


def test_repeal_of_a_chapter_takes_the_section_that_was_added_to_it():
    amend(added=[whole("3a", "Lisä")])
    amend("20/2026", "2026-11-01", repealed_chapters=["2"])

    for number in ("3", "3a", "4"):
        assert on("2026-10-31", number) and not on("2026-11-01", number)
        assert Section.objects.get(number=number).repealed_by == "20/2026"
    assert on("2026-11-01", "2") == ["Alku 2:1.", "Alku 2:2."]


def test_section_given_in_a_chapter_that_the_act_repeals_is_refused():
    refused("added, entry 1", "repealed", added=[whole("3a", "L")], repealed_chapters=["2"])
    refused("chapter 7", "no such chapter", repealed_chapters=["7"])


def test_section_after_a_chapter_that_the_act_repeals_is_changed():
    amend(repealed_chapters=["1"], changed=[whole("3", "A")])

    assert on("2026-09-01", "3") == ["A fi."] and on("2026-09-01", "2") == []


def test_repeal_of_the_whole_act():
    amend(repeals_act=True)

    for number in ("1", "2", "3", "4"):
        assert on("2026-08-31", number) and not on("2026-09-01", number)
    assert AmendmentEffect.objects.count() == 4
    refused(
        "the whole act is repealed", number="20/2026", repeals_act=True, changed=[whole("3", "A")]
    )


def test_repealed_section_is_not_changed():
    amend(repealed=["3"])

    refused(
        "section 3 was repealed by 10/2026",
        number="20/2026",
        day="2026-11-01",
        changed=[whole("3", "A")],
    )


def test_repeal_that_came_late_ends_the_wordings_after_it_too():
    amend("20/2026", "2026-11-01", changed=[whole("3", "A")])
    amend("10/2026", "2026-09-01", repealed=["3"])

    assert on("2026-08-31", "3") == ["Alku 3:1.", "Alku 3:2."]
    assert on("2026-10-31", "3") == on("2026-11-01", "3") == []


def test_section_that_is_repealed_and_given_on_one_day_is_refused():
    refused("section 3", "named twice", repealed=["3"], changed=[whole("3", "A")])


# Numbers


def test_renumbered_section_has_its_words_under_the_new_number():
    amend(renumbered=[{"from": "4", "to": "5"}])

    assert on("2026-08-31", "4") == ["Alku 4:1.", "Alku 4:2."] and on("2026-09-01", "4") == []
    assert on("2026-09-01", "5") == ["Alku 4:1.", "Alku 4:2."] and on("2026-08-31", "5") == []
    assert on("2026-09-01", "5", "sv") == ["Början 4:1.", "Början 4:2."]
    assert Section.objects.get(number="5").name_fi == "Otsikko 4"


def test_renumbering_in_a_row():
    amend(renumbered=[{"from": "3", "to": "4"}, {"from": "4", "to": "5"}])

    assert on("2026-09-01", "3") == []
    assert on("2026-09-01", "4") == ["Alku 3:1.", "Alku 3:2."]
    assert on("2026-09-01", "5") == ["Alku 4:1.", "Alku 4:2."]


def test_who_follows_a_renumbered_section_follows_it_under_its_new_number(act):
    of_old, of_both = (FollowFactory(subject="900/2026:4").follower for _each in range(2))
    FollowFactory(follower=of_both, subject="900/2026:5")
    FollowFactory(subject="900/2026:3")
    waiting = IncomingAmendmentFactory(
        act=act, said=said(renumbered=[{"from": "3", "to": "4"}, {"from": "4", "to": "5"}])
    )
    lawyer = UserFactory(role="lawyer")

    incoming.take_into_use(waiting, by=lawyer)

    follows = Follow.objects.filter(kind="section")
    assert sorted(one.subject for one in follows.filter(follower=of_old)) == [
        "900/2026:4",
        "900/2026:5",
    ]
    assert follows.filter(subject="900/2026:5").count() == 2
    assert follows.filter(subject="900/2026:4").count() == 3
    told = Event.objects.get(key__endswith=":renumbered", thing="900/2026:4")
    for language, words in {
        "en": "is section 5",
        "fi": "on 5 §",
        "sv": "är denna paragraf 5 §",
    }.items():
        assert words in told.notes[language].replace("\xa0", " ")

    incoming.undo(waiting, by=lawyer)

    assert follows.filter(follower=of_old).get().subject == "900/2026:4"
    assert follows.filter(follower=of_both).count() == 2
    assert not Event.objects.exists()


def test_number_that_is_taken_or_a_section_changed_otherwise_is_refused():
    refused("section 2 is in force", renumbered=[{"from": "3", "to": "2"}])
    refused("no such section", renumbered=[{"from": "9", "to": "10"}])
    refused(
        "changed by the same act", renumbered=[{"from": "3", "to": "5"}], changed=[whole("3", "A")]
    )


# Days and order


def test_one_section_on_two_days():
    amend(
        changed=[
            part("3", 1, "Ensin.", "Först."),
            part("3", 2, "Sitten.", "Sedan.") | {"in_force_from": "2026-12-01"},
        ]
    )

    assert on("2026-09-01", "3") == ["Ensin.", "Alku 3:2."]
    assert on("2026-12-01", "3") == ["Ensin.", "Sitten."]
    assert effects("3") == [(10, date(2026, 9, 1)), (10, date(2026, 12, 1))]


def test_parts_given_one_by_one_for_one_day_are_one_change():
    amend(
        changed=[part("3", 1, "Ensin.", "Först.")],
        added=[part("3", 3, "Lisätty.", "Tillagd.")],
    )

    assert on("2026-09-01", "3") == ["Ensin.", "Alku 3:2.", "Lisätty."]


def test_added_section_is_changed_before_it_is_in_force():
    amend(day="2027-01-01", added=[whole("2a", "Uusi")])
    amend("20/2026", "2026-12-01", changed=[whole("2a", "Ennen")])
    assert on("2026-12-15", "2a") == ["Ennen fi."]


def test_act_that_came_late_is_put_under_the_later_one():
    amend("20/2026", "2026-11-01", changed=[part("3", 2, "Myöhempi.", "Senare.")])
    amend("10/2026", "2026-09-01", changed=[part("3", 1, "Aiempi.", "Tidigare.")])

    assert on("2026-09-01", "3") == ["Aiempi.", "Alku 3:2."]
    assert on("2026-11-01", "3") == ["Aiempi.", "Myöhempi."]
    assert on("2026-11-01", "3", "sv") == ["Tidigare.", "Senare."]
    assert SectionVersion.objects.get(amendment__number=20).needs_legal_review


def test_act_that_came_late_and_takes_away_what_the_later_one_changes_is_refused():
    amend("20/2026", "2026-11-01", changed=[part("3", 2, "Myöhempi.", "Senare.")])

    refused("section 3", "20/2026", "changes subsection 2", changed=[whole("3", "Yksi")])


def test_two_acts_on_one_day_follow_their_numbers():
    amend("20/2026", changed=[whole("3", "Jälkimmäinen")])
    amend("10/2026", changed=[whole("3", "Edellinen")])

    assert on("2026-09-01", "3") == ["Jälkimmäinen fi."]


def test_day_left_to_a_decree_waits_for_a_lawyer(act):
    lawyer = UserFactory(role="lawyer")
    waiting = IncomingAmendmentFactory(act=act, said=said(day=None, changed=[whole("3", "A")]))
    assert waiting.in_force_from is None
    with pytest.raises(incoming.NotReadyError):
        incoming.take_into_use(waiting, by=lawyer)

    incoming.set_day(waiting, by=lawyer, day=date(2026, 10, 1))
    incoming.take_into_use(waiting, by=lawyer)

    assert on("2026-09-30", "3") == ["Alku 3:1.", "Alku 3:2."] and on("2026-10-01", "3") == [
        "A fi."
    ]


def test_moved_day_takes_wordings_repeals_changes_and_letters_along(act):
    lawyer = UserFactory(role="lawyer")
    FollowFactory(subject="900/2026:3")
    content = said(changed=[part("3", 1, "Ensin.", "Först.")], repealed=["4"])
    waiting = IncomingAmendmentFactory(act=act, said=content)
    incoming.take_into_use(waiting, by=lawyer)
    amend("20/2026", "2026-10-01", changed=[part("3", 2, "Toinen.", "Andra.")])

    incoming.set_day(waiting, by=lawyer, day=date(2026, 11, 1))

    assert on("2026-10-31", "3") == ["Alku 3:1.", "Toinen."]
    assert on("2026-11-01", "3") == ["Ensin.", "Toinen."]
    assert on("2026-10-31", "4") and not on("2026-11-01", "4")
    assert (10, date(2026, 11, 1)) in effects("3") and effects("4") == [(10, date(2026, 11, 1))]
    assert Section.objects.get(number="3").amended_by == ["20/2026", "10/2026"]
    [told] = Event.objects.filter(key__contains=":moved:")
    assert "1 November 2026" in told.notes["en"].replace("\xa0", " ")
    with pytest.raises(BrokenFileError, match="before the act was given"):
        incoming.set_day(waiting, by=lawyer, day=date(2026, 1, 15))


def test_moved_day_can_still_be_undone(act):
    lawyer = UserFactory(role="lawyer")
    content = said(changed=[part("3", 1, "Ensin.", "Först.")], repealed=["4"])
    waiting = IncomingAmendmentFactory(act=act, said=content)
    before = list(Section.objects.order_by("pk").values())
    incoming.take_into_use(waiting, by=lawyer)
    incoming.set_day(waiting, by=lawyer, day=date(2026, 11, 1))

    incoming.undo(waiting, by=lawyer)

    assert list(Section.objects.order_by("pk").values()) == before
    assert on("2026-12-01", "3") == ["Alku 3:1.", "Alku 3:2."] and on("2026-12-01", "4")


def test_same_act_from_a_file_with_another_day_is_refused():
    amend(changed=[whole("3", "A")])

    refused_before = list(SectionVersion.objects.values())
    with pytest.raises(BrokenFileError, match="in_force_from"):
        amend(day="2026-10-01", changed=[whole("3", "A")])
    assert list(SectionVersion.objects.values()) == refused_before


# Languages


def test_languages_that_change_other_parts_are_refused():
    mixed = {
        "number": "3",
        "subsections": [
            {"number": 1, "text": {"fi": "Yksi."}},
            {"number": 2, "text": {"sv": "Två."}},
        ],
    }
    refused("changed, entry 1", "in Finnish", "in Swedish", changed=[mixed])


def in_a_file(language, number, day):
    """The amending act as the statute collection gives it out in one language."""
    clause, force = {
        "fi": (
            f"muutetaan keksityn lain (900/2026) {number} § seuraavasti:",
            f"Tämä laki tulee voimaan 1 päivänä {day}kuuta 2027.",
        ),
        "sv": (
            f"ändras i lagen (900/2026) {number} § som följer:",
            f"Denna lag träder i kraft den 1 {day} 2027.",
        ),
    }[language]
    body = section(number, "Otsikko", paragraph(f"Uusi {language}."))
    text = statute(10, body, clause, language=language, in_force=force)
    return parsers.read_text(f"{language}.xml", text)


def test_files_of_two_languages_that_name_other_sections_or_days_are_refused():
    finnish = in_a_file("fi", 3, "maalis")
    for swedish, where in (
        (in_a_file("sv", 4, "mars"), "section 3"),
        (in_a_file("sv", 3, "april"), "in_force_from"),
    ):
        with pytest.raises(BrokenFileError, match=where):
            services.import_files([finnish, swedish])
    assert SectionVersion.objects.filter(amendment=None).count() == SectionVersion.objects.count()

    both = languages.merged(finnish, in_a_file("sv", 3, "mars"))
    services.import_files([stored.load(json.loads(json.dumps(stored.dump(both))))])
    assert on("2027-03-01", "3") == ["Uusi fi."]
    assert on("2027-03-01", "3", "sv") == ["Uusi sv."]


def test_wording_in_one_language_alone_keeps_the_other():
    swedish = {"number": "3", "heading": {"sv": "Ny rubrik"}, "text": {"sv": ["Rättat."]}}
    amend(changed=[swedish])

    assert on("2026-09-01", "3", "sv") == ["Rättat."]
    assert on("2026-09-01", "3") == ["Alku 3:1.", "Alku 3:2."]
    assert Section.objects.get(number="3").amended_by == []


# Items


def test_item_2_a_comes_between_2_and_3():
    amend(added=[part("1", 1, "2 a) ohjata;", "2 a) handleda;", item="2a")])

    assert on("2026-09-01", "1") == [
        "Kunta voi:",
        "1) neuvoa;",
        "2) auttaa;",
        "2 a) ohjata;",
        "3) tukea.",
    ]


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("", "without words"),
        ("2) ", "without words"),
        ("2) ;", "without words"),
        ("3) ohjata;", "is given as 3)"),
        ("ohjata;", "without its number"),
    ],
)
def test_item_that_is_empty_or_has_another_number_is_refused(words, problem):
    refused("changed, entry 1", "item 2", problem, changed=[part("1", 1, words, words, item="2")])


@pytest.mark.parametrize(
    "text", [[""], [], [{"text": "", "items": []}], [{"text": "A:", "items": [""]}]]
)
def test_section_or_subsection_without_words_is_refused(text):
    entry = whole("3", "A") | {"text": {"fi": text, "sv": ["Ord."]}}
    refused("changed, entry 1", changed=[entry])


def test_item_of_a_list_that_is_not_in_order_is_refused():
    broken = [{"text": "Kunta voi:", "items": ["1) neuvoa;", "ja muuta;", "3) tukea."]}]
    SectionVersion.objects.filter(section__number="1").update(text_fi=broken)

    refused(
        "changed, entry 1",
        "give the subsection whole",
        changed=[part("1", 1, "3) ohjata.", "3) handleda.", item="3")],
    )


def test_sub_item_is_given_with_its_whole_item_or_refused():
    refused("item", changed=[part("1", 1, "a) ohjata;", "a) handleda;", item="2 a alakohta")])
    words = "2) auttaa:\na) heti;\nb) myöhemmin;"
    amend(changed=[part("1", 1, words, "2) hjälpa:\na) strax;\nb) senare;", item="2")])
    assert on("2026-09-01", "1")[2] == words


def test_sub_item_in_a_clause_is_refused():
    clause = "muutetaan keksityn lain (900/2026) 1 §:n 2 kohdan a alakohta seuraavasti:"
    with pytest.raises(BrokenFileError, match=r"Johtolause|clause|kohdan"):
        parsers.read_text("fi.xml", statute(10, section(1, "O", paragraph("a) x;")), clause))


# Others


def test_heading_alone():
    amend(changed=[{"number": "3", "heading": {"fi": "Uusi otsikko", "sv": "Ny rubrik"}}])

    assert on("2026-09-01", "3") == ["Alku 3:1.", "Alku 3:2."]
    version = SectionVersion.objects.get(amendment__number=10)
    assert (version.heading_fi, version.heading_sv) == ("Uusi otsikko", "Ny rubrik")


def test_amendment_of_an_amending_act_is_refused():
    amend(changed=[whole("3", "A")])

    content = said("20/2026", changed=[whole("3", "B")]) | {"amends": "10/2026"}
    with pytest.raises(BrokenFileError, match="which itself amends 900/2026"):
        services.import_files([read(content)])


def test_act_that_is_listed_already_opens_its_lists_when_a_lawyer_takes_it_into_use(act):
    act.amendments.create(
        number=10, year=2026, given_on=date(2026, 2, 1), in_force_from=date(2026, 9, 1)
    )
    Section.objects.filter(number="3").update(amended_by=["10/2026"])
    waiting = IncomingAmendmentFactory(act=act, said=said(changed=[whole("3", "A")]))

    result = incoming.take_into_use(waiting, by=UserFactory(role="lawyer"))

    assert result.lists == 1 and effects("3") == [(10, date(2026, 9, 1))]
    assert Act.objects.get(pk=act.pk).consolidated_to == "10/2026"
    assert IncomingAmendment.objects.get().state == "confirmed"
