"""Files that nobody here wrote: each original is read whole, or refused with its place.

`FINLEX_FILES=/folder pytest tests/law/test_finlex_files.py -s` reads every file of a folder of
originals (`*.xml`; a folder named `finlex` of consolidated ones beside them is read too) and prints
how many were read and refused. Without it the invented samples of this folder are read alone.
"""

import os
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from law import parsers
from law.parsers import ActRows, AmendingAct, ConsolidatedVersion, elements
from law.parsers.akoma_ntoso.document import Document
from law.parsers.akoma_ntoso.enacted import as_given
from portal.errors import BrokenFileError

from . import akn

FINLEX = Path(__file__).parent / "finlex"
FOLDER = os.environ.get("FINLEX_FILES", "")
SAMPLES = sorted(FINLEX.glob("*.xml"))
READ_WHOLE = {"new-statute": 0.97, "repealing-statute": 0.97, "amending-statute": 0.95}
NUMBERED = {"section", "chapter", "part"}  # whose numbers we keep as numbers, not as words


def letters(words: str) -> str:
    """Words without the spaces between them, which no statute means anything by."""
    return "".join(words.split())


def words_of(element, parent="") -> Iterator[str]:
    """All words of a file's element in their order, but the numbers of what has a number."""
    if element.name == "num" and parent in NUMBERED:
        return
    for child in element.children:
        if isinstance(child, str):
            yield child
        else:
            yield from words_of(child, element.name)


def of_the_file(root) -> str:
    """The words of the provisions and annexes; metadata, clause and signatures are not law."""
    inside = ("statuteProvisionsWrapper", "attachments")
    body = root.first("body")
    return letters(
        "".join(
            word
            for part in body
            if part.attributes.get("name") in inside
            for word in words_of(part)
        )
    )


def of_the_rows(rows: ActRows) -> str:
    """The words that we keep, in the order in which the act has them."""
    [language] = {language for _number, language in rows.wordings} or {"fi"}
    above = defaultdict(list)
    for words, place in rows.cross_headings:
        above[place].append(words)
    part = {chapter: heading for _number, heading, chapter in rows.parts}
    found: list[str] = []
    chapters = [one["number"] for one in rows.chapters]

    def chapters_until(last):
        while chapters and (last is None or last in chapters):
            number = chapters.pop(0)
            name = next(one for one in rows.chapters if one["number"] == number)
            found.extend([part.get(number, ""), *above[f"chapter {number}"]])
            found.append(name[f"name_{language}"])
            if number == last:
                break

    for section in rows.sections:
        if section.get("kind") == "annex":
            chapters_until(None)
            found.extend(above.pop("", []))
        elif section["chapter"]:
            chapters_until(section["chapter"])
        found.extend(above[section["number"]])
        wording = rows.wordings[section["number"], language]
        found.append(wording.heading)
        for one in wording.text:
            found.extend([one["text"], *one["items"]])
            found.extend(cell for row in one.get("table", []) for cell in row)
            found.append(one.get("closing", ""))
    chapters_until(None)
    return letters("".join([*found, *above[""]]))


def check_words(root, document) -> None:
    rows = as_given(document, partial=document.said("categoryStatute") == "amending-statute")
    theirs, ours = of_the_file(root), of_the_rows(rows)
    at = next((n for n, pair in enumerate(zip(theirs, ours, strict=False)) if len({*pair}) > 1), 0)
    assert ours == theirs, f"{document.file}: {theirs[at : at + 60]} / {ours[at : at + 60]}"


@pytest.mark.parametrize(
    "file", [one for one in SAMPLES if "original" in one.name or "amending" in one.name]
)
def test_no_word_of_a_sample_is_lost_or_doubled(file):
    root = elements.read(file.name, file.read_text())

    check_words(root, Document(file.name, root))


@pytest.mark.skipif(not FOLDER, reason="FINLEX_FILES names no folder of Finlex's files")
def test_every_original_of_the_folder_is_read_whole_or_refused_with_its_place(capsys):
    files = sorted(Path(FOLDER).glob("*.xml"))
    outcomes: dict[tuple[str, str], Counter] = defaultdict(Counter)
    acts: dict[str, Counter] = defaultdict(Counter)
    refusals = []
    for file in files:
        root = elements.read(file.name, file.read_text(encoding="utf-8-sig"))
        try:
            document = Document(file.name, root)
            kind = document.language, document.said("categoryStatute")
            outcomes[kind]["all"] += 1
            check_words(root, document)
            outcomes[kind]["read whole"] += 1
        except BrokenFileError as error:
            assert "line " in error.where
            refusals.append(str(error))
            outcomes[kind]["refused with the place"] += 1
        statute = read_or_none(file)
        if isinstance(statute, AmendingAct):
            acts[statute.language]["sections read" if not statute.problem else "told why not"] += 1
    lines = [f"\n{len(files)} originals"]
    lines += [f"{' '.join(kind)} {dict(found)}" for kind, found in sorted(outcomes.items())]
    lines += [f"enacting clauses, {language} {dict(found)}" for language, found in acts.items()]
    with capsys.disabled():
        sys.stdout.write("\n".join([*lines, *refusals, ""]))
    for (_language, category), found in outcomes.items():
        assert found["read whole"] >= READ_WHOLE[category] * found["all"]


def read_or_none(file):
    try:
        return parsers.read(file)
    except BrokenFileError:
        return None


def one_wording_a_day(file):
    """Every section once a day, and no note among the words."""
    version = parsers.read(file)
    assert isinstance(version, ConsolidatedVersion)
    days = [one for day in version.changes_on for one in (day - timedelta(days=1), day)]
    for day in (date(1900, 1, 1), *days, date(2199, 1, 1)):
        rows = version.on(day)
        numbers = [one["number"] for one in rows.sections]
        assert len(numbers) == len(set(numbers))
        said = of_the_rows(rows)
        for words in (
            "Aiempisanamuoto",
            "Dentidigareformen",
            "onkumottuL:lla",
            "harupphävtsgenomL",
        ):
            assert words not in said


@pytest.mark.parametrize("file", [one for one in SAMPLES if "consolidated" in one.name])
def test_a_consolidated_sample_gives_one_wording_a_day(file):
    one_wording_a_day(file)


@pytest.mark.skipif(not FOLDER, reason="FINLEX_FILES names no folder of Finlex's files")
def test_consolidated_files_of_the_folder_give_one_wording_a_day():
    for file in sorted(Path(FOLDER).glob("finlex/statute-consolidated-*-latest.xml")):
        one_wording_a_day(file)


# Texts of any shape: the words in are the words out.

WORD = st.text("abcåäöABC0123456789§–,.;:()/", min_size=1, max_size=12)
WORDS = st.lists(WORD, min_size=1, max_size=6).map(" ".join)
ITEMS = st.lists(WORDS, min_size=1, max_size=4).map(
    lambda found: "".join(akn.item(n, words) for n, words in enumerate(found, start=1))
)
ROWS = st.lists(st.lists(WORDS, min_size=2, max_size=2), min_size=1, max_size=3)
SUBSECTION = st.one_of(
    WORDS.map(akn.subsection),
    st.tuples(WORDS, ITEMS, WORDS).map(lambda one: akn.items(one[0], one[1], closing=one[2])),
    st.tuples(WORDS, ROWS).map(
        lambda one: (
            f"<subsection><content><p>{one[0]}</p>{akn.table(*one[1])}</content></subsection>"
        )
    ),
    st.tuples(WORDS, WORDS, WORDS).map(
        lambda one: akn.subsection(f"{one[0]} <i>{one[1]}</i>\n   {one[2]}")
    ),
)
SECTION = st.tuples(WORDS, st.lists(SUBSECTION, max_size=4))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(SECTION, min_size=1, max_size=3), min_size=1, max_size=3),
    st.booleans(),
    st.lists(WORDS, max_size=2),
)
def test_no_word_of_a_generated_act_is_lost_or_doubled(chapters, with_chapters, between):
    body, number = "", 0
    for place, sections in enumerate(chapters, start=1):
        inside = "".join(f"<crossHeading>{words}</crossHeading>" for words in between)
        for heading, subsections in sections:
            number += 1
            inside += akn.section(number, heading, *subsections)
        body += akn.chapter(place, f"Luku {place}", inside) if with_chapters else inside
    text = akn.document(body)
    root = elements.read("generated.xml", text)

    check_words(root, Document("generated.xml", root))
