from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection
from django.utils import timezone
from wagtail.models import ModelLogEntry, ReferenceIndex

from law.models import Section
from monitoring.indicators import services, starter
from monitoring.indicators.models import Indicator, Observation, Release, Upload
from monitoring.indicators.services import import_file
from monitoring.indicators.validation import check, checksum
from portal.notifications.models import Event
from tests.factories.accounts import UserFactory
from tests.factories.monitoring import ObservationFactory, UploadFactory, values
from tests.factories.notices import FollowFactory

pytestmark = pytest.mark.django_db
FILE = b"""indicator,area,time,value,status
jobseekers,FI,2024M06,46709,
jobseekers,FI,2024M07,,not-collected
jobseekers,FI,2024M08,44000,provisional
"""


@pytest.fixture
def person():
    return UserFactory(role="statistician")


def stored():
    return list(Observation.objects.order_by("start").values_list("value", "status", "release_id"))


def test_a_file_becomes_a_release_with_its_values_and_a_line_in_the_log(jobseekers, person):
    release = import_file(FILE, "june.csv", by=person, note="A new month")

    assert stored() == [
        (46709, "", release.pk),
        (None, "not-collected", release.pk),
        (44000, "provisional", release.pk),
    ]
    assert (release.rows, release.new, release.changed, release.unchanged) == (3, 3, 0, 0)
    assert (release.file_name, release.checksum) == ("june.csv", checksum(FILE))
    assert [change["new"] for change in release.changes] == [
        "46709",
        "not-collected",
        "44000 provisional",
    ]
    entry = ModelLogEntry.objects.get(action="monitoring.import")
    assert (entry.user, entry.object_id) == (person, str(release.pk))


def test_the_same_file_twice_changes_nothing_the_second_time(jobseekers):
    import_file(FILE, "june.csv")
    before = stored()

    assert import_file(FILE, "june.csv") is None
    assert stored() == before
    assert Release.objects.count() == 1
    assert services.earlier_release(checksum(FILE)) == Release.objects.get()


def test_a_correction_keeps_the_old_value_with_its_release(jobseekers):
    import_file(FILE, "june.csv")

    release = import_file(FILE.replace(b"46709", b"46710"), "corrected.csv")

    assert (release.new, release.changed, release.unchanged) == (0, 1, 2)
    assert (release.changes[0]["old"], release.changes[0]["new"]) == ("46709", "46710")
    assert Observation.objects.get(start="2024-06-01").release == release


def test_a_file_with_a_problem_in_its_last_row_writes_nothing(jobseekers):
    with pytest.raises(services.FileRefusedError) as refusal:
        import_file(FILE + b"jobseekers,FI,2024M09,many,\n", "bad.csv")

    assert refusal.value.report.errors.total == 1
    assert (Observation.objects.count(), Release.objects.count()) == (0, 0)


@pytest.mark.django_db(transaction=True)
def test_a_failure_in_the_middle_writes_nothing(jobseekers, monkeypatch):
    monkeypatch.setattr(services, "BATCH", 1)

    def stop_in_the_second(done, total):
        if done == 2:
            raise ConnectionError

    with pytest.raises(ConnectionError):
        import_file(FILE, "june.csv", progress=stop_in_the_second)

    assert (Observation.objects.count(), Release.objects.count()) == (0, 0)
    assert not ModelLogEntry.objects.filter(action="monitoring.import").exists()


def test_progress_is_told_to_the_end(jobseekers):
    told = []

    import_file(FILE, "june.csv", progress=lambda done, total: told.append((done, total)))

    assert told[-1] == (3, 3)


def test_what_was_agreed_to_is_what_is_done(jobseekers, person):
    upload = services.keep(FILE, "june.csv", person)
    seen = check(FILE).fingerprint
    values(jobseekers, _2024M06=1)

    with pytest.raises(services.CheckOutdatedError) as outdated:
        services.import_upload(upload, seen=seen, note="", source_url="")

    assert len(outdated.value.report.changed) == 1
    assert Release.objects.filter(file_name="june.csv").count() == 0


def test_an_upload_that_is_confirmed_twice_is_imported_once(jobseekers, person):
    upload = services.keep(FILE, "june.csv", person)
    consent = {"seen": check(FILE).fingerprint, "note": "", "source_url": ""}

    first = services.import_upload(upload, **consent)
    second = services.import_upload(upload, **consent)

    assert first == second == Release.objects.get()


def test_uploads_are_forgotten_after_a_day():
    old = UploadFactory(uploaded_at=timezone.now() - timedelta(hours=25))
    new = UploadFactory()

    assert services.forget_old_uploads() == 1
    assert list(Upload.objects.all()) == [new] != [old]


@pytest.mark.parametrize(
    ("value", "status"),
    [(None, ""), (None, "provisional"), (Decimal(1), "suppressed"), (Decimal(1), "unknown")],
)
def test_the_database_keeps_a_value_or_the_reason_for_none(country, value, status):
    with pytest.raises(IntegrityError):
        ObservationFactory(area=country, value=value, status=status)


def test_the_database_keeps_one_value_a_key(jobseekers):
    values(jobseekers, _2024M06=1)

    with pytest.raises(IntegrityError):
        values(jobseekers, _2024M06=2)


def test_an_import_costs_the_same_few_queries_for_many_rows(
    jobseekers, django_assert_max_num_queries
):
    rows = [f"jobseekers,FI,{year}M01,{year}" for year in range(1900, 2100)]
    content = "\n".join(["indicator,area,time,value", *rows]).encode()

    with django_assert_max_num_queries(16):
        import_file(content, "long.csv")

    assert Observation.objects.count() == 200


def test_the_command_imports_and_says_so(jobseekers, tmp_path, capsys):
    file = tmp_path / "june.csv"
    file.write_bytes(FILE)

    call_command("import_indicators", file, note="From the command")
    assert "new 3, changed 0, unchanged 0" in capsys.readouterr().out
    assert Release.objects.get().note == "From the command"

    call_command("import_indicators", file)
    assert "Nothing changes" in capsys.readouterr().out


def test_the_command_names_what_is_wrong_and_fails(jobseekers, tmp_path, capsys):
    file = tmp_path / "bad.csv"
    file.write_bytes(FILE.replace(b"FI", b"91", 1))

    with pytest.raises(CommandError, match="1 problems"):
        call_command("import_indicators", file)

    assert "row 2\tarea\t91\t" in capsys.readouterr().err
    assert Observation.objects.count() == 0


def test_the_command_can_only_check(jobseekers, tmp_path, capsys):
    file = tmp_path / "june.csv"
    file.write_bytes(FILE)

    call_command("import_indicators", file, dry_run=True)

    assert "new 3" in capsys.readouterr().out
    assert Observation.objects.count() == 0


def test_the_command_says_when_there_is_no_file(tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_indicators", tmp_path / "none.csv")


def test_the_starter_brings_the_published_values_and_runs_again(country):
    starter.load()
    starter.load()

    assert Indicator.objects.published().count() == 8
    assert Observation.objects.count() == 15
    rate = Observation.objects.filter(indicator__slug="employment-rate-foreign-nationals")
    assert [float(value) for value in rate.values_list("value", flat=True)] == [60.6, 61.3, 59.6]
    assert Release.objects.count() == 1


def test_the_starter_does_not_undo_later_corrections(country):
    starter.load()
    import_file(
        b"indicator,area,time,value\nwomen-share-of-foreign-unemployed,FI,2025M12,49.6\n", "c.csv"
    )

    starter.load()

    women = Observation.objects.get(indicator__slug="women-share-of-foreign-unemployed")
    assert women.value == Decimal("49.6")


def test_the_reference_index_knows_which_sections_an_indicator_rests_on(country):
    call_command("import_law", "law/data/integration_act.json")
    starter.load()
    section = Section.objects.get(act__number=681, act__year=2023, number="56")

    references = ReferenceIndex.get_references_to(section)

    assert {reference.base_content_type.model for reference in references} == {"indicator"}
    assert references.count() == 3


def test_indexes_for_an_indicator_and_for_an_area_are_there():
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, Observation._meta.db_table)

    kept = ["value", "status"]
    assert found["values_of_an_indicator"]["columns"] == [
        "indicator_id", "start", "area_id", *kept
    ]  # fmt: skip
    assert found["values_of_an_area"]["columns"] == ["area_id", "indicator_id", "start", *kept]


def test_whoever_follows_an_indicator_is_told_of_its_new_figures(jobseekers):
    FollowFactory(kind="indicator", subject="jobseekers")

    import_file(FILE, "june.csv")

    assert ["indicator", "jobseekers"] in Event.objects.get().targets
