"""Acts and amending acts into the database: invented ones, and the real ones where they are."""

import json
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from law import services, starter
from law.models import Act, AmendmentEffect, ImpactReview, Section, SectionVersion
from tests.factories.accounts import UserFactory

from . import statutes

pytestmark = pytest.mark.django_db
COLLECTION = Path(settings.BASE_DIR).parent / "shared" / "data" / "statutes"
real = pytest.mark.skipif(
    not COLLECTION.is_dir(),
    reason=f"the Act's XML is not in {COLLECTION.relative_to(COLLECTION.parents[2])}"
    " (docs/operator.md says how to fetch it)",
)


def run(*files, **options):
    out = StringIO()
    call_command("import_law", *files, stdout=out, **options)
    return out.getvalue()


def everything():
    """All that an import may write, to see that nothing has changed."""
    return [
        sorted(model.objects.values_list(), key=str)
        for model in (Act, Section, SectionVersion, AmendmentEffect, ImpactReview)
    ]


@pytest.fixture
def files(tmp_path):
    """The invented act and its amendment, in both languages."""
    found = {}
    for language in ("fi", "sv"):
        for name, make in (("act", statutes.act), ("amendment", statutes.amendment)):
            found[name, language] = tmp_path / f"{name}-{language}.xml"
            found[name, language].write_text(make(language))
    return found


@pytest.fixture
def all_of_it(files):
    return [files[name, language] for name in ("act", "amendment") for language in ("fi", "sv")]


def wordings(number):
    return list(SectionVersion.objects.filter(section__number=number).order_by("valid_from", "pk"))


def test_an_act_and_its_amendment_are_taken_in_and_consolidated(all_of_it):
    run(*all_of_it)

    act = Act.objects.get()
    assert (act.in_force_from, act.consolidated_to) == (date(2026, 1, 1), "10/2027")
    assert [one.number for one in act.sections.all()] == ["1", "2", "2a", "3"]
    first, second = wordings("2")
    assert (first.valid_from, first.valid_to) == (date(2026, 1, 1), date(2027, 2, 28))
    assert (second.heading_fi, second.heading_sv) == ("Kunta ja alue", "Kommun och område")
    assert [one["text"] for one in second.text_fi] == [
        "Kunta neuvoo ja ohjaa.",
        "Neuvonta on maksutonta.",
    ]
    assert len(second.text_sv) == 2
    assert second.needs_legal_review
    assert wordings("1")[1].text_sv[0]["items"][1] == "2) handleda;"
    [added] = wordings("2a")
    assert not added.needs_legal_review
    assert added.section.chapter.number == "1"
    assert act.sections.get(number="2").name_sv == "Kommun och område"


def test_a_swedish_wording_alone_leaves_the_finnish_as_it_was(all_of_it):
    run(*all_of_it)

    first, second = wordings("3")
    assert first.text_fi == second.text_fi
    assert first.text_sv != second.text_sv
    assert Section.objects.get(number="3").amended_by == []


def test_importing_again_changes_nothing_and_says_so(all_of_it):
    run(*all_of_it)
    before = everything()

    assert run(*all_of_it).count("nothing changed") == 4
    assert everything() == before


def test_one_language_may_come_later(files, all_of_it):
    run(files["act", "sv"], files["amendment", "sv"])
    assert not wordings("2")[1].text_fi
    run(files["act", "fi"], files["amendment", "fi"])
    later = [(one.text_fi, one.text_sv, one.valid_to) for one in wordings("2")]

    SectionVersion.objects.all().delete()
    Act.objects.all().delete()
    run(*all_of_it)

    assert [(one.text_fi, one.text_sv, one.valid_to) for one in wordings("2")] == later


def test_an_amendment_in_a_language_without_its_act_is_refused(files):
    run(files["act", "fi"])
    before = everything()

    with pytest.raises(CommandError, match="import the act in Swedish first") as refused:
        run(files["amendment", "sv"])

    assert "line " in str(refused.value)
    assert everything() == before


def test_an_amendment_of_an_act_that_is_not_there_is_refused(files):
    with pytest.raises(CommandError, match="900/2026, which the portal does not have"):
        run(files["amendment", "fi"])


def test_of_several_files_the_last_broken_one_keeps_out_all(files, tmp_path):
    broken = tmp_path / "broken.xml"
    broken.write_text(statutes.amendment("fi").replace("1 §:n 2 kohta", "1 §:n 2 liite"))

    with pytest.raises(CommandError, match="Johtolause"):
        run(files["act", "fi"], broken)

    assert not Act.objects.exists()


def test_a_day_that_the_file_does_not_say_is_asked_for(files, tmp_path):
    dateless = tmp_path / "dateless.xml"
    dateless.write_text(statutes.amendment("fi", in_force="Voimaantulosta säädetään erikseen."))
    run(files["act", "fi"])

    with pytest.raises(CommandError, match="--in-force-from 10/2027="):
        run(dateless)
    run(dateless, in_force_from=["10/2027=2027-04-01"])

    assert wordings("2")[1].valid_from == date(2027, 4, 1)


def test_a_wording_replaced_before_its_day_is_never_in_force(files, tmp_path):
    early = tmp_path / "early.xml"
    early.write_text(
        statutes.amendment(
            "fi",
            in_force="Tämä laki tulee voimaan 1 päivänä tammikuuta 2026.",
            given="Helsingissä 10.12.2025",
        )
    )
    run(files["act", "fi"], early)

    assert [one.never_in_force for one in wordings("2")] == [True, False]


def test_parts_with_a_day_of_their_own_make_a_wording_for_each_day(files, tmp_path):
    later = tmp_path / "later.xml"
    later.write_text(
        statutes.amendment(
            "fi",
            in_force="Tämä laki tulee voimaan 1 päivänä maaliskuuta 2027. Sen 2 §:n 3 momentin"
            " kumoaminen tulee kuitenkin voimaan vasta 1 päivänä kesäkuuta 2027.",
        )
    )
    run(files["act", "fi"], later)

    found = [(one.valid_from, one.valid_to, len(one.text_fi)) for one in wordings("2")]
    assert found == [
        (date(2026, 1, 1), date(2027, 2, 28), 3),
        (date(2027, 3, 1), date(2027, 5, 31), 3),
        (date(2027, 6, 1), None, 2),
    ]


def test_what_a_lawyer_corrected_is_kept(all_of_it):
    run(*all_of_it)
    version = wordings("2")[1]
    words = {"text_fi": [{"text": "Korjattu.", "items": []}]}
    services.check_wording(version, words, by=UserFactory(role="lawyer"))

    assert run(*all_of_it).count("nothing changed") == 4
    version.refresh_from_db()
    assert version.text_fi == words["text_fi"]
    assert not version.needs_legal_review


AMENDMENT = {
    "amends": "681/2023",
    "number": "9001/2026",
    "source": "Invented for a test",
    "given_on": "2026-06-01",
    "in_force_from": "2027-01-01",
    "changed": [
        {
            "number": "14",
            "heading": {"fi": "Alkukartoitus", "sv": "Inledande kartläggning"},
            "text": {
                "fi": ["Kunta kartoittaa.", {"text": "Kartoitus on:", "items": ["1) nopea."]}],
                "sv": ["Kommunen kartlägger."],
            },
        }
    ],
    "added": [
        {
            "number": "14 a",
            "heading": {"fi": "Uusi pykälä", "sv": "Ny paragraf"},
            "text": {"fi": ["Uutta."], "sv": ["Nytt."]},
        }
    ],
    "repealed": ["16"],
}


@pytest.fixture
def invented(tmp_path):
    def write(**changes):
        file = tmp_path / "amendment.json"
        file.write_text(json.dumps(AMENDMENT | changes))
        return file

    return write


def test_an_amendment_as_json_moves_the_sections_and_opens_their_changes(the_act, invented):
    run(invented())

    act = Act.objects.get()
    assert act.consolidated_to == "9001/2026"
    assert {one.section.number: one.after is None for one in AmendmentEffect.objects.all()} == {
        "14": False,
        "14a": False,
        "16": True,
    }
    changed = act.sections.get(number="14")
    assert "9001/2026" in changed.amended_by
    assert changed.name_fi == "Alkukartoitus"
    assert act.sections.get(number="16").repealed_from == date(2027, 1, 1)
    numbers = [one.number for one in act.sections.around("14a")]
    assert numbers == ["14", "14a", "15"]


def test_the_shipped_act_leaves_later_amendments_alone(the_act, invented):
    run(invented())
    before = everything()

    starter.load()

    assert everything() == before


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"changed": [{"number": "14", "text": {"fi": ["A"]}}]},
            "14: “heading” is missing",
        ),
        (
            {"changed": [{"number": "200", "heading": {"fi": "A"}, "text": {"fi": ["A"]}}]},
            "no such section",
        ),
        ({"amends": "681-2023"}, "not a number like 681/2023"),
        ({"in_force_from": "soon"}, "not a day like"),
        ({"changed": [], "added": [], "repealed": []}, "name no section"),
        (
            {"changed": [{"number": "14", "heading": {"fi": "A"}, "text": {"fi": [{"items": 1}]}}]},
            "is not a list of texts",
        ),
        (
            {"changed": [{"number": "14", "subsections": [{"number": 1, "text": {"fi": "A"}}]}]},
            "does not have the Finnish text",
        ),
    ],
)
def test_a_broken_amendment_says_what_and_where(the_act, invented, changes, said):
    before = everything()

    with pytest.raises(CommandError) as refused:
        run(invented(**changes))

    assert said in str(refused.value)
    assert everything() == before


def real_files():
    return [
        COLLECTION / f"asd{act}-{language}.xml"
        for act in ("20230681", "20240322", "20241100")
        for language in ("fi", "sv")
    ]


def check_the_real_act():
    shipped = json.loads((Path(starter.__file__).parent / "data/integration_act.json").read_text())
    sections = {one.number: one for one in Section.objects.all()}
    known = {one.reference for one in Act.objects.get().amendments.all()}
    assert len(sections) == (105 if "1376/2025" in known else 103)
    for chapter in shipped["chapters"]:
        for said in chapter["sections"]:
            if (found := sections.get(said["number"].replace(" ", ""))) is None:
                continue
            assert found.amended_by == [one for one in said.get("amended_by", []) if one in known]
            assert found.added_by == said.get("added_by", "")
            assert found.repealed_by == (said.get("repealed_by") or "")
            before = said.get("heading_as_enacted") or said["heading"]
            assert found.name_fi in (said["heading"]["fi"], before.get("fi"))
    repealed = [one.number for one in sections.values() if one.is_repealed]
    assert repealed == ["15", "17", "21", "48"]
    amended = [one for one in sections.values() if one.amended_by]
    for section in amended:
        versions = section.versions.count()
        assert versions >= len({"322/2024", "1100/2024"} & {*section.amended_by}) + 1
    assert SectionVersion.objects.filter(section__number="32a").count() == 2
    assert {one.never_in_force for one in wordings("32a")} == {True, False}
    assert [(one.valid_from, one.valid_to) for one in wordings("63")][1:] == [
        (date(2025, 1, 1), date(2025, 3, 31)),
        (date(2025, 4, 1), None),
    ]
    waiting = {one.section.number for one in SectionVersion.objects.needs_legal_review()}
    assert {"2", "5", "28", "63", "102"} <= waiting
    assert "14" not in waiting


@real
def test_the_real_act_into_an_empty_database():
    run(*real_files())
    before = everything()
    check_the_real_act()

    assert run(*real_files()).count("nothing changed") == 6
    assert everything() == before


@real
def test_the_real_texts_under_the_shipped_act_open_nothing(the_act):
    run(*real_files())

    check_the_real_act()
    assert not AmendmentEffect.objects.exists()
    before = everything()
    starter.load()
    assert everything() == before
