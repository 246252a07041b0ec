"""Files that are sent: small ones are checked at once, large ones by the worker, all or nothing."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from monitoring.datasets import example, incoming, services
from monitoring.datasets.models import Release, SourceValue, Upload
from portal.operations.jobs import run_next
from tests.factories.accounts import UserFactory
from tests.monitoring.datasets.files import csv, good

pytestmark = pytest.mark.django_db
Stage = Upload.Stage


@pytest.fixture
def large(monkeypatch):
    """Every file is a large one."""
    monkeypatch.setattr(incoming, "AT_ONCE", 0)


@pytest.fixture
def desk(client, people):
    client.force_login(people["statistician"])
    return client


def sent(dataset, content, by=None):
    file = SimpleUploadedFile("figures.csv", content)
    return incoming.take(dataset, file, by=by or UserFactory())


@pytest.mark.django_db(transaction=True)
def test_a_large_file_waits_for_the_worker_and_becomes_a_release(dataset, figures, large):
    upload = sent(dataset, example.as_csv(figures))
    assert (upload.stage, Release.objects.exists()) == (Stage.WAITING, False)

    assert run_next() == 1

    upload.refresh_from_db()
    assert (upload.stage, upload.rows, upload.percent) == (Stage.CHECKED, 72, 100)
    assert upload.release.new == SourceValue.objects.count() == 72
    assert upload.release.checked_by == upload.user


def test_a_worker_that_dies_leaves_nothing_and_the_next_begins_anew(
    dataset, figures, large, monkeypatch
):
    upload = sent(dataset, example.as_csv(figures))

    class KilledError(BaseException):
        """What ends a process, whatever it was doing."""

    def dies(*args, **kwargs):
        assert SourceValue.objects.count() == 72
        raise KilledError

    with monkeypatch.context() as dying:
        dying.setattr(services, "_foresee", dies)
        with pytest.raises(KilledError):
            incoming.check.func(upload.pk)
    upload.refresh_from_db()
    assert not SourceValue.objects.exists() and not Release.objects.exists()
    assert (upload.stage, upload.release) == (Stage.LOADING, None)

    assert incoming.check.func(upload.pk) == Stage.CHECKED
    assert SourceValue.objects.count() == 72
    assert incoming.check.func(upload.pk) == Stage.CHECKED
    assert Release.objects.count() == 1


def test_how_far_it_is_can_be_seen(desk, people, dataset, large, monkeypatch):
    monkeypatch.setattr(services, "BATCH", 2)
    upload = sent(dataset, csv(good(), good(SEX="M"), good(SEX="X")), by=people["statistician"])
    page = reverse("dataset_releases:file", args=[upload.pk])
    assert "0 rows checked" in desk.get(page).content.decode()
    heard = []
    monkeypatch.setattr(incoming, "_listener", lambda upload, stream: heard.append)

    incoming.check.func(upload.pk)

    assert heard == [2, 2]
    Upload.objects.filter(pk=upload.pk).update(stage=Stage.READING, rows=20_000, percent=41)
    html = desk.get(page).content.decode()
    assert "20000 rows checked, 41 % of the file" in html
    assert f'href="{page}"' in html


def test_what_is_wrong_with_a_large_file_is_on_its_page_and_in_its_report(
    desk, people, dataset, large
):
    upload = sent(dataset, csv(good(SEX="X")), by=people["statistician"])
    incoming.check.func(upload.pk)

    html = desk.get(reverse("dataset_releases:file", args=[upload.pk])).content.decode()
    report = desk.get(reverse("dataset_releases:file_report", args=[upload.pk]))

    assert "<td>X</td>" in html
    lines = report.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Row,Column,Value,Expected"
    assert lines[1].startswith("2,SEX,X,")
    assert not Release.objects.exists()


def test_the_words_are_in_the_language_of_whoever_sent_it(dataset, large):
    upload = sent(dataset, csv(good(SEX="X")))
    Upload.objects.filter(pk=upload.pk).update(language="fi")

    incoming.check.func(upload.pk)

    upload.refresh_from_db()
    assert "koodi" in upload.problems[0][3]


def test_a_file_is_for_whoever_sent_it(desk, dataset):
    upload = sent(dataset, csv(good(SEX="X")))

    for name in ("file", "file_report"):
        address = reverse(f"dataset_releases:{name}", args=[upload.pk])
        assert desk.get(address).status_code == 404


def test_the_same_file_again_and_one_beside_another_are_told_apart(dataset, figures):
    content = example.as_csv(figures)
    first = sent(dataset, content)
    second = sent(dataset, content)
    assert (second.stage, second.release) == (Stage.REFUSED, first.release)

    services.drop(first.release, by=None)
    assert sent(dataset, content).stage == Stage.CHECKED


def test_sent_files_are_not_kept(dataset, figures, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    upload = sent(dataset, example.as_csv(figures))
    assert not [one for one in tmp_path.rglob("*") if one.is_file()]

    assert incoming.forget_old(timezone.now()) == 0
    Upload.objects.update(uploaded_at=timezone.now() - incoming.KEPT_FOR * 2)
    assert incoming.forget_old() == 1
    assert Release.objects.filter(pk=upload.release_id).exists()


def test_a_release_has_its_report(desk, released, figures):
    figures["TA02", 2024, "M", "Y25T34"] = 150
    release = services.bring(released.dataset, BytesIO(example.as_csv(figures)), "näin.csv")

    report = desk.get(reverse("dataset_releases:report", args=[release.pk]))

    assert "TA02 M Y25T34 2024: now 100." in report.content.decode("utf-8-sig")
    assert 'filename="n-in.csv.report.csv"' in report.headers["Content-Disposition"]
