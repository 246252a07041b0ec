"""What an amending act did, by the consolidated versions before and after it."""

from datetime import date
from pathlib import Path

import pytest

from law import parsers
from law.parsers import akoma_ntoso, stored
from portal.errors import BrokenFileError

from . import akn

FINLEX = Path(__file__).parent / "finlex"
EVE, DAY, LATER = date(2026, 12, 31), date(2027, 1, 1), date(2027, 6, 1)
BY = "9003/2026"
WORDS = {
    "fi": {
        "changed": "L:lla 9003/2026 muutettu {} § tulee voimaan {}. Aiempi sanamuoto kuuluu:",
        "added": "L:lla 9003/2026 lisätty {} § tulee voimaan {}.",
    },
    "sv": {
        "changed": "{} § har ändrats genom L 9003/2026, som träder i kraft {}."
        " Den tidigare formen lyder:",
        "added": "{} § har tillfogats genom L 9003/2026, som träder i kraft {}.",
    },
}


def section(number, words, by=""):
    return akn.section(number, f"Otsikko {number}", akn.subsection(words), by=by)


AMENDED = akn.amended_by((BY, "2027-01-01"))


def read(body, language="fi", version="20259002", meta=AMENDED, **more):
    more |= {"language": language, "version": version, "meta": meta}
    return parsers.read_text(f"{version}_{language}.xml", akn.document(body, **more))


def before(language="fi"):
    return read(section("1", "Eka.") + section("2", "Toka.") + section("3", "Kolmas."), language)


def after(language="fi", body=None, **more):
    words = WORDS[language]
    body = body or (
        section("1", "Eka.")
        + section("2", "Uusi toka.", BY)
        + akn.note(words["changed"].format("2", "1.1.2027"))
        + section("2", "Toka.")
        + section("2 a", "Lisätty.", BY)
        + akn.note(words["added"].format("2 a", "1.1.2027"))
        + section("3", "Kolmas.")
    )
    return read(body, language, "20269003", **more)


def act(clause="muutetaan lain (9001/2023) 2 § ja lisätään lakiin uusi 2 a § seuraavasti:", **more):
    verbs = clause.replace("muutetaan", "<i>muutetaan</i>").replace("lisätään", "<i>lisätään</i>")
    text = akn.document(
        "",
        reference=BY,
        category="amending-statute",
        clause=f'<block name="substitutions">{verbs}</block>',
        given_on="2026-10-30",
        after='<hcontainer name="entryIntoForce"><content><p>Tämä laki tulee voimaan 1 päivänä'
        " tammikuuta 2027.</p><p>Vireillä oleviin sovelletaan vanhaa.</p></content></hcontainer>",
        **more,
    )
    return parsers.read_text("act.xml", text)


def compare(**given):
    rows = {"before": {"fi": before()}, "after": {"fi": after()}, "act": {"fi": act()}} | given
    return akoma_ntoso.amendments(rows["before"], rows["after"], rows["act"])


def test_whole_wordings_of_both_languages_from_the_day_with_who_and_why():
    rows = compare(
        before={"fi": before(), "sv": before("sv")}, after={"fi": after(), "sv": after("sv")}
    )

    assert (rows.amends, rows.reference, rows.languages) == ((9001, 2023), BY, ("fi", "sv"))
    assert (rows.given_on, rows.in_force_from) == (date(2026, 10, 30), DAY)
    assert [(one.section, one.action, sorted(one.wording)) for one in rows.modifications] == [
        ("2", "substitution", ["fi", "sv"]),
        ("2a", "insertion", ["fi", "sv"]),
    ]
    assert rows.modifications[0].wording["sv"].text[0]["text"] == "Uusi toka."
    assert rows.transitional["fi"] == "Vireillä oleviin sovelletaan vanhaa."
    assert stored.load(stored.dump(rows)) == rows


def test_the_samples_give_the_change_of_four_sections():
    rows = akoma_ntoso.amendments(
        {"fi": parsers.read(FINLEX / "consolidated_20259002_fin.xml")},
        {"fi": parsers.read(FINLEX / "consolidated_20269003_fin.xml")},
        {"fi": parsers.read(FINLEX / "amending_fin.xml")},
    )

    assert [(one.section, one.action) for one in rows.modifications] == [
        ("2", "substitution"),
        ("3", "substitution"),
        ("5", "substitution"),
        ("5a", "insertion"),
    ]
    assert rows.modifications[3].chapter == "2"
    assert (rows.proposal, rows.committee_report) == ("HE 9903/2026", "XxVM 9/2026")


def test_the_act_as_given_can_be_what_was_before():
    rows = akoma_ntoso.amendments(
        {"fi": parsers.read(FINLEX / "original_fin.xml")},
        {"fi": parsers.read(FINLEX / "consolidated_20259002_fin.xml")},
        {},
    )

    assert [(one.section, one.action) for one in rows.modifications] == [
        ("3", "substitution"),
        ("4", "repeal"),
        ("5", "substitution"),
    ]
    assert rows.proposal == "HE 9902/2025"


def test_parts_in_force_on_a_later_day_have_that_day():
    body = (
        section("1", "Uusi eka.", BY)
        + akn.note(WORDS["fi"]["changed"].format("1", "1.6.2027"))
        + section("1", "Eka.")
        + section("2", "Uusi toka.", BY)
        + akn.note(WORDS["fi"]["changed"].format("2", "1.1.2027"))
        + section("2", "Toka.")
        + section("3", "Kolmas.")
    )

    rows = compare(after={"fi": after(body=body)}, act={})

    assert [(one.section, one.day) for one in rows.modifications] == [("1", LATER), ("2", None)]


def test_words_on_the_eve_that_are_not_those_before_are_refused_with_the_section():
    other = read(section("1", "Muu.") + section("2", "Toka.") + section("3", "Kolmas."))

    with pytest.raises(BrokenFileError, match="section 1: its words on 2026-12-31 are not those"):
        compare(before={"fi": other})


def test_sections_that_the_act_does_not_name_are_refused_by_name():
    with pytest.raises(BrokenFileError, match="section 2a: 2a: the sections that differ are not"):
        compare(act={"fi": act("muutetaan lain (9001/2023) 2 § seuraavasti:")})


def test_a_difference_that_the_file_does_not_mark_is_refused():
    body = section("1", "Muu.") + section("2", "Uusi toka.", BY) + section("3", "Kolmas.")

    with pytest.raises(BrokenFileError, match="section 1: 1: the sections that differ"):
        compare(after={"fi": after(body=body)}, act={})


def test_languages_that_name_other_days_or_sections_are_refused():
    later = (
        section("1", "Eka.")
        + section("2", "Uusi toka.", BY)
        + akn.note(WORDS["sv"]["changed"].format("2", "1.6.2027"))
        + section("2", "Toka.")
        + section("2 a", "Lisätty.", BY)
        + akn.note(WORDS["sv"]["added"].format("2 a", "1.1.2027"))
        + section("3", "Kolmas.")
    )
    both = {"fi": before(), "sv": before("sv")}

    with pytest.raises(BrokenFileError, match="section 2: the languages differ on the day"):
        compare(before=both, after={"fi": after(), "sv": after("sv", later)})
    without = section("1", "Eka.") + section("2", "Uusi.", BY)
    with pytest.raises(BrokenFileError, match="the languages differ on what happens"):
        compare(before=both, after={"fi": after(), "sv": after("sv", without)})


def test_a_wording_changed_in_swedish_alone_leaves_the_finnish():
    both = {"fi": before(), "sv": before("sv")}
    same = section("1", "Eka.") + section("2", "Toka.") + section("3", "Kolmas.")
    swedish = section("1", "Eka.") + section("2", "Rättad.", BY) + section("3", "Kolmas.")

    rows = compare(before=both, after={"fi": after(body=same), "sv": after("sv", swedish)}, act={})

    [found] = rows.modifications
    assert found.swedish_alone
    assert list(found.wording) == ["sv"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"before": {"sv": before("sv")}}, "the version before it in fi is missing"),
        ({"after": {"fi": after(meta=akn.amended_by((BY, "2027-02-01")))}}, "is in force from"),
        ({"act": {"fi": act("muutetaan lain (9009/2023) 2 § seuraavasti:")}}, "does not change"),
        ({"act": {"fi": parsers.read(FINLEX / "amending_fin.xml")}}, "sections"),
    ],
)
def test_what_does_not_belong_together_is_refused(given, said):
    with pytest.raises(BrokenFileError, match=said):
        compare(**given)


def test_a_new_chapter_and_a_new_heading_of_a_chapter():
    old = akn.chapter(1, "Alku", section("1", "Eka."))
    new = akn.chapter(1, "Uusi alku", section("1", "Eka.")) + akn.chapter(
        2, "Loppu", section("2", "Toka.", BY)
    )

    rows = compare(before={"fi": read(old)}, after={"fi": after(body=new)}, act={})

    assert rows.headings == {("1", "fi"): "Uusi alku"}
    assert rows.new_chapters == {("2", "fi"): "Loppu"}
    assert [(one.section, one.chapter) for one in rows.modifications] == [("2", "2")]
