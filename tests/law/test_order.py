"""Amending acts in any order, twice, in one language, and with days that cannot be."""

import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from law import services, starter
from law.models import Act, AmendmentEffect, Chapter, Section, SectionVersion
from portal.importing import Changes
from portal.notifications.models import Event
from tests.factories.accounts import UserFactory
from tests.factories.law import SectionVersionFactory
from tests.factories.notices import FollowFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def section(the_act):
    """Section 14 with the invented words with which the Act was given."""
    section = Section.objects.get(number="14")
    SectionVersionFactory(
        section=section,
        text_fi=[{"text": "Vanha.", "items": []}, {"text": "Toinen.", "items": []}],
        text_sv=[{"text": "Gammal.", "items": []}, {"text": "Andra.", "items": []}],
    )
    return section


@pytest.fixture
def amend(tmp_path):
    """Imports an invented amending act of the given number and content."""

    def run(number, in_force_from="2027-03-01", **content):
        file = tmp_path / "amendment.json"
        said = {
            "amends": "681/2023",
            "number": number,
            "source": "Invented for a test",
            "given_on": "2027-01-15",
            "in_force_from": in_force_from,
        }
        file.write_text(json.dumps(said | content))
        call_command("import_law", file)

    return run


def whole(words, *languages, number="14"):
    languages = languages or ("fi", "sv")
    return {
        "number": number,
        "heading": dict.fromkeys(languages, f"Otsikko {words}"),
        "text": {language: [f"{words} {language}."] for language in languages},
    }


def part(words, subsection=2):
    text = {"fi": f"{words} fi.", "sv": f"{words} sv."}
    return {
        "number": "14",
        "subsections": [{"number": subsection, "text": text}],
    }


OLD_TEXT = {"text": {"fi": ["Vanha.", "Toinen."], "sv": ["Gammal.", "Andra."]}}


def version_of(number, section="14"):
    return SectionVersion.objects.get(section__number=section, amendment__number=number)


def test_a_lower_number_that_the_portal_does_not_have_is_new(section, amend):
    amend("150/2027", changed=[whole("A")])

    amend("140/2027", changed=[whole("B", number="13")], repealed=["16"])

    assert AmendmentEffect.objects.filter(amendment__number=140).count() == 2
    assert Section.objects.get(number="13").amended_by[-1] == "140/2027"
    assert Section.objects.get(number="16").repealed_by == "140/2027"
    assert Act.objects.get().consolidated_to == "150/2027"


def test_an_act_missing_from_the_list_of_the_file_is_new_and_outlives_the_file(section, amend):
    amend("500/2024", changed=[whole("A", number="13")], given_on="2024-08-01")
    assert AmendmentEffect.objects.count() == 1

    starter.load()

    assert "500/2024" in Section.objects.get(number="13").amended_by
    assert AmendmentEffect.objects.count() == 1


def test_of_an_act_without_a_list_all_up_to_its_last_amendment_is_known(section, amend):
    Section.objects.update(added_by="", amended_by=[], repealed_by="")
    act = Act.objects.get()
    act.amendments.all().delete()
    Act.objects.update(consolidated_to="150/2027")

    amend("140/2027", changed=[whole("A")])
    assert not AmendmentEffect.objects.exists()

    amend("160/2027", changed=[whole("B")], in_force_from="2027-04-01")
    assert AmendmentEffect.objects.get().amendment.number == 160


def test_a_section_follows_the_acts_in_the_order_in_which_they_take_effect(section, amend):
    before = section.amended_by
    amend("150/2027", changed=[whole("A")], repealed=["16"], in_force_from="2027-06-01")

    amend("160/2027", changed=[whole("B")], repealed=["16"], in_force_from="2027-03-01")

    section.refresh_from_db()
    assert section.amended_by == [*before, "160/2027", "150/2027"]
    assert section.name_fi == "Otsikko A"
    repealed = Section.objects.get(number="16")
    assert (repealed.repealed_by, repealed.repealed_from) == ("160/2027", date(2027, 3, 1))


def test_a_later_repeal_leaves_the_earlier_one(section, amend):
    amend("160/2027", repealed=["16"], in_force_from="2027-03-01")
    amend("150/2027", repealed=["16"], in_force_from="2027-06-01")

    repealed = Section.objects.get(number="16")
    assert (repealed.repealed_by, repealed.repealed_from) == ("160/2027", date(2027, 3, 1))


def test_an_act_that_takes_effect_before_another_is_compared_with_what_it_found(section, amend):
    amend("150/2027", changed=[part("A")], in_force_from="2027-06-01")
    later = version_of(150)
    services.check_wording(later, {}, by=UserFactory(role="lawyer"))

    amend("140/2027", changed=[part("B", 1)], in_force_from="2027-03-01")

    change = AmendmentEffect.objects.get(amendment__number=140)
    assert change.before == SectionVersion.objects.get(section=section, amendment=None)
    assert change.after == version_of(140)
    assert change.after.valid_to == date(2027, 5, 31)
    later.refresh_from_db()
    assert later.needs_legal_review


def test_correcting_a_wording_sends_those_after_it_back_to_the_lawyer(section, amend):
    amend("150/2027", changed=[part("A")])
    lawyer = UserFactory(role="lawyer")
    services.check_wording(version_of(150), {}, by=lawyer)

    first = SectionVersion.objects.get(section=section, amendment=None)
    services.check_wording(first, {"text_fi": [{"text": "Korjattu.", "items": []}]}, by=lawyer)

    assert version_of(150).needs_legal_review


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"given_on": "2027-04-01"}, "in_force_from: 2027-03-01 is before"),
        ({"given_on": "2022-01-01"}, "given_on: 2022-01-01 is before"),
        (
            {"given_on": "2024-01-01", "in_force_from": "2024-06-01"},
            "in_force_from: 2024-06-01 is before",
        ),
        (
            {"changed": [{**whole("A"), "in_force_from": "2027-02-01"}]},
            "section 14, in_force_from: 2027-02-01 is before",
        ),
    ],
)
def test_days_in_the_wrong_order_are_refused_by_name(section, amend, content, said):
    with pytest.raises(CommandError, match="Nothing was imported") as refused:
        amend("150/2027", **{"changed": [whole("A")]} | content)

    assert said in str(refused.value)
    assert not AmendmentEffect.objects.exists()


def test_a_section_new_to_an_act_that_was_imported_opens_its_change(section, amend):
    amend("150/2027", changed=[whole("A")])

    amend("150/2027", changed=[whole("A"), whole("B", number="13")])

    assert Section.objects.get(number="13").amended_by[-1] == "150/2027"
    assert AmendmentEffect.objects.count() == 2


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"changed": [whole("A")]}, {"changed": [whole("B")]}),
        (
            {"changed": [whole("A")]},
            {"changed": [whole("A") | {"heading": {"fi": "Toinen", "sv": "Annan"}}]},
        ),
        (
            {"changed": [whole("A") | OLD_TEXT]},
            {"changed": [whole("A") | OLD_TEXT | {"heading": {"fi": "Toinen", "sv": "Annan"}}]},
        ),
        ({"changed": [part("A")]}, {"changed": [part("B")]}),
        (
            {"changed": [part("A") | {"heading": {"fi": "Uusi", "sv": "Ny"}}]},
            {"changed": [part("A") | {"heading": {"fi": "Toinen", "sv": "Annan"}}]},
        ),
        ({"changed": [whole("A")]}, {"repealed": ["14"]}),
        ({"repealed": ["14"]}, {"added": [whole("A")]}),
        ({"changed": [whole("A")]}, {"changed": [whole("A")], "in_force_from": "2027-04-01"}),
    ],
)
def test_the_same_act_with_another_content_is_refused(section, amend, first, second):
    amend("150/2027", **first)
    before = list(SectionVersion.objects.order_by("pk").values_list())

    with pytest.raises(CommandError, match="was imported before"):
        amend("150/2027", **second)

    assert list(SectionVersion.objects.order_by("pk").values_list()) == before


def test_one_language_keeps_the_words_of_the_other_until_they_come(section, amend):
    amend("150/2027", changed=[whole("A", "fi")])
    version = version_of(150)
    assert version.text_fi == [{"text": "A fi.", "items": []}]
    assert [one["text"] for one in version.text_sv] == ["Gammal.", "Andra."]
    assert version.needs_legal_review
    services.check_wording(version, {}, by=UserFactory(role="lawyer"))

    amend("150/2027", changed=[whole("A")])
    version.refresh_from_db()
    assert version.text_sv == [{"text": "A sv.", "items": []}]
    assert version.needs_legal_review

    amend("150/2027", changed=[whole("A", "fi")])
    version.refresh_from_db()
    assert version.text_sv == [{"text": "A sv.", "items": []}]


def test_a_heading_that_a_lawyer_corrected_stands_when_the_act_comes_again(section, amend):
    amend("150/2027", changed=[whole("A")])
    version = version_of(150)
    words = {"heading_fi": "Korjattu", "heading_sv": "Rättad"}
    services.check_wording(version, words, by=UserFactory(role="lawyer"))

    amend("150/2027", changed=[whole("A")])

    version.refresh_from_db()
    assert (version.heading_fi, version.needs_legal_review) == ("Korjattu", False)


def added(number, chapter):
    return {"added": [whole("A", number=number) | {"chapter": chapter}]}


NEW_CHAPTER = {"number": "2 a", "heading": {"fi": "Uusi luku", "sv": "Nytt kapitel"}}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            added("14 a", "99"),
            "added, entry 1, section 14a: section 14a is added to chapter 99, which act 681/2023"
            " does not have",
        ),
        (
            added("14 a", "5"),
            "section 14a is added to chapter 5, and the sections before and after it are in"
            " chapter 2",
        ),
        (
            added("14 a", "2") | {"added_chapters": [NEW_CHAPTER | {"number": "2"}]},
            "chapter 2 is added, and act 681/2023 has it already",
        ),
    ],
)
def test_a_chapter_that_cannot_be_is_refused_by_name(section, amend, content, said):
    names = list(Chapter.objects.values_list("number", "name_fi"))

    with pytest.raises(CommandError, match="Nothing was imported") as refused:
        amend("150/2027", **content)

    assert said in str(refused.value)
    assert list(Chapter.objects.values_list("number", "name_fi")) == names
    assert not Section.objects.filter(number="14a").exists()


def test_a_new_chapter_comes_once_and_in_the_language_that_there_is(section, amend):
    content = added("14 a", "2 a")
    amend("150/2027", **content, added_chapters=[NEW_CHAPTER | {"heading": {"fi": "Uusi luku"}}])
    amend("150/2027", **content, added_chapters=[NEW_CHAPTER])
    chapter = Section.objects.get(number="14a").chapter
    assert (chapter.number, chapter.name_fi, chapter.name_sv) == ("2a", "Uusi luku", "Nytt kapitel")

    Chapter.objects.filter(pk=chapter.pk).update(name_fi="Myöhemmin muutettu")
    amend("150/2027", **content, added_chapters=[NEW_CHAPTER])

    chapter.refresh_from_db()
    assert chapter.name_fi == "Myöhemmin muutettu"


def test_a_section_without_a_named_chapter_comes_to_its_neighbours(section, amend):
    amend("150/2027", added=[whole("A", number="14 a")])

    assert Section.objects.get(number="14a").chapter == section.chapter


def test_an_import_leaves_the_summary_that_was_written_while_it_was_at_work(section):
    imported = Section.objects.get(pk=section.pk)
    Section.objects.filter(pk=section.pk).update(summary_fi="Kirjoitettu sillä välin.")

    Changes().upsert(imported, {"name_fi": "Uusi otsikko", "position": imported.position})

    section.refresh_from_db()
    assert (section.name_fi, section.summary_fi) == ("Uusi otsikko", "Kirjoitettu sillä välin.")


def test_without_the_earlier_text_an_amended_section_is_not_told_as_added(the_act, amend, client):
    FollowFactory()

    amend("150/2027", changed=[whole("A")], added=[whole("B", number="14 a")])

    assert Event.objects.get().notes["en"].startswith("Amended by act 150/2027, in force from")
    for number, told in (("14", "Amended by act 150/2027"), ("14a", "Added by act 150/2027")):
        assert told in client.get(f"/en/law/681-2023/{number}/").content.decode()
