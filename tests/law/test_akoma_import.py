"""Finlex's files taken in from disk: acts, decrees without chapters, what amended them."""

from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from law.models import Act, Section, SectionVersion

from . import akn

pytestmark = pytest.mark.django_db
FINLEX = Path(__file__).parent / "finlex"
BY = "9003/2026"


def imported(*files):
    call_command("import_law", *map(str, files), verbosity=0)


def test_the_act_as_given_and_its_two_versions_make_its_timeline():
    imported(
        FINLEX / "original_fin.xml",
        FINLEX / "consolidated_20269003_fin.xml",
        FINLEX / "consolidated_20259002_fin.xml",
        FINLEX / "amending_fin.xml",
    )

    act = Act.objects.get(number=9001)
    assert [one.reference for one in act.amendments.all()] == ["9002/2025", BY]
    assert act.amendments.get(number=9003).proposal == "HE 9903/2026"
    fifth = act.sections.get(number="5").versions.order_by("valid_from")
    assert [(one.valid_from, one.heading_fi) for one in fifth] == [
        (date(2024, 1, 1), "Kokonaan muutettava pykälä"),
        (date(2026, 1, 1), "Muutettu pykälä"),
        (date(2027, 1, 1), "Kokonaan muutettu pykälä"),
    ]
    assert not SectionVersion.objects.needs_legal_review().exists()
    assert act.sections.get(number="4").repealed_by == "9002/2025"


def test_the_same_files_again_change_nothing(capsys):
    files = [str(FINLEX / f"{name}_fin.xml") for name in ("original", "consolidated_20259002")]
    call_command("import_law", *files)
    capsys.readouterr()

    call_command("import_law", *files)

    assert capsys.readouterr().out.count("nothing changed") == 2


def test_a_decree_without_chapters_is_an_act_with_its_annex_at_the_end():
    imported(FINLEX / "decree_consolidated_fin.xml")

    decree = Act.objects.get(number=9004)
    assert decree.kind == Act.Kind.DECREE
    assert decree.in_force_from == date(2024, 3, 1)
    rows = [(one.number, one.chapter, one.kind) for one in decree.sections.all()]
    assert rows == [("1", None, "section"), ("2", None, "section"), ("liite", None, "annex")]
    annex = Section.objects.get(number="liite").versions.get()
    assert annex.text_fi == [{"text": "LUETTELO", "items": [], "table": [["A", "10"]]}]


def decree(body, version, **more):
    meta = akn.amended_by((BY, "2027-01-01")) + (
        '<finlex:inForce><finlex:dateEntryIntoForce date="2024-03-01"/></finlex:inForce>'
    )
    more |= {"reference": "9004/2024", "kind": "decree", "given_on": "2024-02-01", "meta": meta}
    return akn.document(body, version=version, **more)


def test_a_decree_without_chapters_is_amended(tmp_path):
    old = akn.section("1", "Eka", akn.subsection("Yksi."))
    new = old + akn.section("2", "Toka", akn.subsection("Kaksi."), by=BY)
    annex = (
        '<hcontainer name="attachments"><hcontainer name="attachment"><heading>Liite</heading>'
        "<content><p>Luettelo.</p></content></hcontainer></hcontainer>"
    )
    files = []
    for version, body in (("20249004", old), ("20269003", new)):
        file = tmp_path / f"{version}.xml"
        file.write_text(decree(body, version, after=annex))
        files.append(file)

    imported(*files)

    numbers = Act.objects.get(number=9004).sections.values_list("number", flat=True)
    assert list(numbers) == ["1", "2", "liite"]


def test_sections_that_begin_again_in_each_chapter_are_refused_by_name(tmp_path):
    body = "".join(
        akn.chapter(number, "Luku", akn.section("1", "A", akn.subsection("B.")))
        for number in (1, 2)
    )
    file = tmp_path / "act.xml"
    file.write_text(akn.document(body))

    with pytest.raises(CommandError, match=r"section 1:1: sections begin again in each chapter"):
        imported(file)
    assert not Act.objects.exists()


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["consolidated_20259002"], "the version before it of 9001/2023"),
        (["original", "amending"], "before and after act 9003/2026 are missing"),
        (["original", "consolidated_20269003"], "section 3: its words on 2026-12-31 are not"),
    ],
)
def test_what_lacks_its_neighbours_is_refused_whole(names, said):
    with pytest.raises(CommandError, match=said):
        imported(*(FINLEX / f"{name}_fin.xml" for name in names))

    assert not Act.objects.exists()


def test_a_name_longer_than_its_field_is_refused(tmp_path):
    file = tmp_path / "act.xml"
    body = akn.section(
        "1", "A", akn.subsection("Tämä laki tulee voimaan 1 päivänä maaliskuuta 2024.")
    )
    file.write_text(akn.document(body, title="Laki " * 60))

    with pytest.raises(CommandError, match="it has 299 characters, and 255 is the most"):
        imported(file)
