"""The shipped Act, the command that takes it in, and the portal's own summaries."""

import json
from datetime import date
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command

from law import starter, summaries
from law.models import Act, Section
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def run(*args):
    out = StringIO()
    call_command("import_law", *args, stdout=out)
    return out.getvalue()


def change(file, edit):
    content = json.loads(file.read_text())
    edit(content)
    file.write_text(json.dumps(content))


def section(content, number):
    return next(
        one
        for chapter in content["chapters"]
        for one in chapter["sections"]
        if one["number"] == number
    )


def test_the_act_is_whole(the_act):
    act = Act.objects.get()

    assert (act.chapters.count(), act.sections.count()) == (11, 105)
    assert act.sections.in_force().count() == 101
    assert act.given_on == date(2023, 4, 14)
    assert act.in_force_from == date(2025, 1, 1)
    assert act.consolidated_to == "721/2025"
    assert [one.reference for one in act.amendments.all()] == [
        "322/2024",
        "1100/2024",
        "721/2025",
        "1376/2025",
    ]


def test_acts_whose_words_nobody_has_seen_are_kept_apart_from_those_without_sections(the_act):
    unseen = {
        section.number for section in Section.objects.all() if section.acts_unseen == ["1376/2025"]
    }

    assert unseen == {
        *("3", "26", "59", "65", "72", "73", "80"),
        *("83", "86", "90", "92", "92a", "92b", "94"),
    }
    assert [one.reference for one in Act.objects.get().acts_awaited] == ["1414/2025", "70/2026"]


def test_repealed_sections_say_by_which_act_and_since_when(the_act):
    repealed = Section.objects.filter(status=Section.Status.REPEALED)

    assert [one.number for one in repealed] == ["15", "17", "21", "48"]
    assert {(one.repealed_by, one.repealed_from) for one in repealed} == {
        ("1100/2024", date(2025, 1, 1))
    }


def test_an_added_section_stands_after_the_one_it_follows(the_act):
    added = Section.objects.get(number="32a")

    assert added.added_by == "322/2024"
    assert [one.number for one in Section.objects.around("32A")] == ["32", "32a", "33"]


def test_the_employment_authority_does_12_to_32a_for_jobseekers(the_act):
    numbers = list(
        Section.objects.filter(for_employment_authority=True).values_list("number", flat=True)
    )
    repealed = {"15", "17", "21"}

    expected = [str(number) for number in range(12, 33)] + ["32a"]
    assert [one for one in numbers if one not in repealed] == [
        one for one in expected if one not in repealed
    ]


def test_a_decree_stands_under_all_its_sections(the_act):
    decree = Act.objects.get().decrees.get(number=872)
    sections = Act.objects.get().sections.all()

    under = [one.number for one in sections if decree.is_under(one)]
    assert under == [str(number) for number in range(61, 70)]


def test_second_run_changes_nothing_and_leaves_the_day_of_import():
    with time_machine.travel("2026-11-20T10:00:00+02:00", tick=False):
        assert "126 added" in run()

    with time_machine.travel("2026-11-22T10:00:00+02:00", tick=False):
        assert run().endswith("Act 681/2023: nothing changed.\n")

    assert Act.objects.get().imported_at.date() == date(2026, 11, 20)


def test_changes_are_taken_in_and_summaries_stay(the_act, file):
    def edit(content):
        section(content, "14")["heading"]["en"] = "A better heading"
        content["chapters"][-1]["sections"].pop()

    change(file, edit)

    assert run(file).endswith("0 added, 1 changed, 1 removed.\n")
    changed = Section.objects.get(number="14")
    assert changed.name_en == "A better heading"
    assert changed.summary_en
    assert not Section.objects.filter(number="102").exists()


def without_a_heading(content):
    del section(content, "14")["heading"]["sv"]


def with_an_unknown_status(content):
    section(content, "14")["status"] = "sleeping"


def repealed_by_nobody(content):
    section(content, "14")["status"] = "repealed"


def amended_by_an_unknown_act(content):
    section(content, "14")["amended_by"] = ["1/1999"]


def with_a_number_twice(content):
    section(content, "14")["number"] = "13"


def with_an_impossible_day(content):
    content["meta"]["given_on"] = "2023-04-31"


def under_an_unknown_number(content):
    content["meta"]["number"] = "681-2023"


def with_a_decree_in_the_air(content):
    content["meta"]["related_decrees"][0]["section"] = "250"


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (without_a_heading, ["section 14", "“sv” is missing"]),
        (with_an_unknown_status, ["section 14", "sleeping"]),
        (repealed_by_nobody, ["section 14", "“repealed_by” is missing"]),
        (amended_by_an_unknown_act, ["section 14", "1/1999 is not among the amendments"]),
        (with_a_number_twice, ["section 13", "twice"]),
        (with_an_impossible_day, ["given_on", "2023-04-31"]),
        (under_an_unknown_number, ["meta", "681-2023"]),
        (with_a_decree_in_the_air, ["related_decrees, entry 1", "no section 250"]),
    ],
)
def test_a_broken_file_changes_nothing_and_says_what_and_where(file, edit, said):
    change(file, edit)

    with pytest.raises(CommandError) as refused:
        run(file)

    for words in ["Nothing was imported", "act.json", *said]:
        assert words in str(refused.value)
    assert not Act.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("act.json", b'{"meta": ', "line 1, column 10"),
        ("act.json", b"[]", "“meta” is missing"),
        ("act.json", b"\xff", "not UTF-8"),
        ("act.pdf", b"%PDF", "none of those known"),
    ],
)
def test_a_file_that_is_no_act_is_refused(tmp_path, name, content, said):
    (tmp_path / name).write_bytes(content)

    with pytest.raises(CommandError, match="Nothing was imported") as refused:
        run(tmp_path / name)

    assert said in str(refused.value)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(CommandError, match=r"away\.json: cannot be read"):
        run(tmp_path / "away.json")


def test_of_several_files_a_broken_one_keeps_out_the_others(file, tmp_path):
    (tmp_path / "other.json").write_text("{")

    with pytest.raises(CommandError):
        run(file, tmp_path / "other.json")

    assert not Act.objects.exists()


def test_each_section_in_force_has_a_summary_in_three_languages(the_act):
    for one in Section.objects.in_force():
        assert one.summary_fi
        assert one.summary_sv
        assert one.summary_en


def test_a_rewritten_summary_stays(the_act):
    section = Section.objects.get(number="14")
    words = {"summary_fi": "Uusi tiivistelmä."}
    summaries.write(section, words, by=UserFactory(role="lawyer"), expect=section.version_token)

    starter.load()

    assert Section.objects.get(number="14").summary_fi == "Uusi tiivistelmä."
