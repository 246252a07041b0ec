"""Files that mean nothing or cannot be kept are refused, with the entry or the line and element."""

import json
from copy import deepcopy

import pytest

from law import parsers
from portal.errors import BrokenFileError

from . import statutes

WHOLE = {
    "number": "14",
    "heading": {"fi": "Arviointi", "sv": "Bedömning"},
    "text": {"fi": ["Kunta arvioi."], "sv": ["Kommunen bedömer."]},
}
PART = {"number": "13", "subsections": [{"number": 1, "text": {"fi": "Uusi.", "sv": "Ny."}}]}
AMENDING = {
    "amends": "900/2026",
    "number": "10/2027",
    "given_on": "2027-02-02",
    "in_force_from": "2027-03-01",
    "changed": [WHOLE, PART],
}


def refused(folder, text, name="amending.json"):
    (folder / name).write_text(text)
    with pytest.raises(BrokenFileError) as error:
        parsers.read(folder / name)
    return str(error.value)


def changed(**fields):
    return {**AMENDING, **fields}


def whole(**fields):
    return changed(changed=[{**WHOLE, **fields}])


def part(**fields):
    return changed(changed=[{**PART, "subsections": [{**PART["subsections"][0], **fields}]}])


def test_what_the_cases_are_made_of_is_read(tmp_path):
    (tmp_path / "amending.json").write_text(json.dumps(AMENDING))

    assert [one.section for one in parsers.read(tmp_path / "amending.json").modifications] == [
        "13",
        "14",
    ]


def test_parts_of_a_section_may_be_named_in_several_entries(tmp_path):
    added = {"number": "13", "subsections": [{"number": 1, "text": {"fi": "A.", "sv": "B."}}]}
    gone = {"number": "13", "subsections": [2]}
    text = json.dumps(changed(added=[added], repealed=[gone]))
    (tmp_path / "amending.json").write_text(text)

    assert len(parsers.read(tmp_path / "amending.json").modifications) == 4


NO_NUMBER = "“number” is missing or is not a number"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (changed(repealed=["14"]), "repealed, entry 1, section 14: section 14 is named twice"),
        (changed(changed=[WHOLE, WHOLE]), "changed, entry 2, section 14: section 14 is named"),
        (changed(repealed=["13"]), "section 13 is named twice, and once as a whole"),
        (changed(changed=[PART, PART]), "entry 2, section 13: subsection 1 of section 13 is named"),
        (
            changed(repealed=[{"number": "13", "subsections": [1]}]),
            "repealed, entry 1, section 13: subsection 1 of section 13 is named twice",
        ),
        (whole(text={"fi": [], "sv": ["Ny."]}), "section 14: “text” in fi has no subsection"),
        (whole(text={"fi": [""], "sv": ["Ny."]}), "fi, subsection 1: a text in it is empty"),
        (changed(repeal=["2"]), "“repeal” is no field of it"),
        (whole(in_force_form="2027-04-01"), "section 14: “in_force_form” is no field of it"),
        (whole(subsections=PART["subsections"]), "section 14: “text” is no field of it"),
        (part(items=["1) uusi;"]), "section 13, subsections, entry 1: “items” is no field of it"),
        (part(text={"fi": "Uusi.", "en": "New."}), "entry 1: “en” is no field of it"),
        (
            whole(text={"fi": [{"text": "Kunta:", "item": ["1) auttaa."]}]}),
            "fi, subsection 1: “item” is no field of it",
        ),
        (changed(repealed=[{"number": "22", "text": {}}]), "section 22: “text” is no field of it"),
        (part(number=True), f"subsections, entry 1: {NO_NUMBER}"),
        (part(number=1.0), f"subsections, entry 1: {NO_NUMBER}"),
        (part(number=0), "subsections, entry 1: there is no subsection 0"),
        (part(number=10**12), "there is no subsection 1000000000000"),
        (part(item="9" * 5000), "the item “99999999999999999999” is not like"),
        (part(item=3), "“item” is missing or is not a text"),
        (whole(text={"fi": [{"text": "A:", "table": [["1"], ["2", "3"]]}]}), "rows of equal"),
        (whole(text={"fi": [{"text": "A:", "table": []}]}), "“table” is not a list of rows"),
        (whole(text={"fi": [{"text": "A:", "closing": "Loppu."}]}), "closing words are empty"),
        (
            changed(changed=[], repealed=[{"number": "13", "subsections": [True]}]),
            "repealed, entry 1, section 13, subsections, entry 1",
        ),
        (changed(amends="10/2027"), "amends: the act amends itself"),
        (changed(number="10/2099"), "the year of the act is 2099, not one from 1900 to"),
        (changed(amends="10/1899"), "“amends” is “10/1899”, not a number like"),
        (changed(number="99999/2026"), "“number” is “99999/2026”, not a number like"),
        (changed(in_force_from="0001-01-01"), "the day 0001-01-01 is not in the years 1900 to"),
        (changed(in_force_from="9999-12-31"), "the day 9999-12-31 is not in the years"),
        (changed(in_force_from="20270301"), "“in_force_from” is “20270301”, not a day like"),
        (
            changed(added_chapters=[{"number": "x" * 9, "heading": {"fi": "A"}}]),
            "added_chapters, entry 1: the chapter “xxxxxxxxx” is not like 2",
        ),
        (changed(added_chapters=[{"number": "2", "heading": {}}]), "neither in fi nor in sv"),
        (
            changed(added_chapters=[{"number": "2", "heading": {"fi": "A", "sv": "B"}}] * 2),
            "added_chapters, chapter 2: the number comes twice",
        ),
        (
            whole(heading={"fi": "x" * 256, "sv": "A"}),
            "changed, entry 1, section 14, heading: it has 256 characters, and 255 is the most",
        ),
        (changed(source="x" * 256), "source: it has 256 characters, and 255 is the most"),
        (changed(proposal="x" * 21), "proposal: it has 21 characters, and 20 is the most"),
        (changed(proposal={}), "“proposal” is missing or is not a text"),
        (whole(text={"fi": ["a\0"], "sv": ["b"]}), "changed, entry 1, text, fi, entry 1: it has a"),
        (whole(heading={"fi": "\ud800", "sv": "b"}), "changed, entry 1, heading, fi: it has a NUL"),
        (changed(**{"\udfff": 1}), "a name: it has a NUL or half of a character"),
    ],
)
def test_an_amending_act_that_means_nothing_is_refused(tmp_path, content, said):
    assert said in refused(tmp_path, json.dumps(content))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[" * 100_000, "nested too deep"),
        ('{"amends": ' * 100_000, "nested too deep"),
        ('{"amends": ' + "9" * 5000 + "}", "a number in it has too many digits"),
        ('{"changed": [], "changed": []}', "the field 'changed' stands twice in one object"),
        ('[{"\\ud800": 1, "\\ud800": 2}]', "the field '\\ud800' stands twice"),
    ],
    ids=["lists", "objects", "digits", "twice", "twice and half a character"],
)
def test_json_that_cannot_be_parsed_is_refused(tmp_path, text, said):
    assert said in refused(tmp_path, text)


ACT = json.loads(parsers.SHIPPED.read_text())


def act(**meta):
    return {**ACT, "meta": {**ACT["meta"], **meta}}


def of_section(**fields):
    content = deepcopy(ACT)
    content["chapters"][0]["sections"][0].update(fields)
    return content


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (act(amendments=None), "meta: “amendments” is missing or is not a list"),
        (act(amendments=ACT["meta"]["amendments"] * 2), "the number comes twice"),
        (act(related_decrees=None), "meta: “related_decrees” is missing or is not a list"),
        (act(related_decrees=[5]), "meta, related_decrees, entry 1"),
        (act(consolidated_to={}), "meta: “consolidated_to” is missing or is not a text"),
        (act(consolidated_to="x" * 30), "“consolidated_to” is “xxx"),
        (
            act(short_title=dict.fromkeys(("fi", "sv", "en"), "x" * 101)),
            "meta, short_title",
        ),
        (act(number="681/2099"), "meta: the year of the act is 2099"),
        (of_section(amended_by=None), "section 1: “amended_by” is missing or is not a list"),
        (of_section(amended_by=[{}]), "section 1: {} is not among the amendments"),
        (of_section(added_by={}), "section 1: “added_by” is missing or is not a text"),
        (of_section(text={"fi": []}), "section 1: “text” in fi has no subsection"),
    ],
)
def test_an_act_of_the_wrong_kinds_is_refused(tmp_path, content, said):
    assert said in refused(tmp_path, json.dumps(content), "act.json")


GOOD = statutes.amendment("fi")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<a>" * 50_000 + "</a>" * 50_000, "line 1, a: it is nested too deep"),
        (GOOD.replace(">2027<", ">2099<"), "ValtiopaivavuosiTeksti: the year of the act is 2099"),
        (GOOD.replace("(900/2026)", "(10/2027)"), "Johtolause: the act amends itself"),
        (GOOD.replace("2.2.2027", "1.1.0001"), "PaivaysKooste: the day 0001-01-01 is not in"),
        (GOOD.replace("Kunta ja alue", "x" * 256), "SaadosOtsikkoKooste: it has 256 characters"),
        (GOOD.replace("Kunta ja alue", "&#0;"), "invalid character number"),
        (GOOD.replace("Kunta ja alue", "&#xD800;"), "invalid character number"),
        (
            GOOD.replace("uusi 2 a §", "uusi " + "9" * 5000 + " §"),
            "Johtolause: it is not understood",
        ),
        (GOOD.replace("2) ohjata", "9" * 5000 + ") ohjata"), "Pykala: the enacting clause names 1"),
        (
            statutes.act().replace("Keksitty laki", "x" * 256),
            "SaadosNimeke: it has 256 characters, and 255 is the most",
        ),
    ],
    ids=range(10),
)
def test_xml_that_cannot_be_kept_is_refused_with_line_and_element(tmp_path, text, said):
    assert said in refused(tmp_path, text, "statute.xml")
