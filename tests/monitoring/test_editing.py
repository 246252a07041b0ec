from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from monitoring.indicators.admin import forms
from monitoring.indicators.models import Indicator, Observation, Release, Upload
from monitoring.indicators.validation import check
from tests.factories.monitoring import IndicatorFactory, ReleaseFactory, UploadFactory, values
from tests.queries import queries_of_page

pytestmark = pytest.mark.django_db
FILE = b"indicator,area,time,value\njobseekers,FI,2024M06,46709\n"


@pytest.fixture
def statistician(client, people):
    client.force_login(people["statistician"])
    return people["statistician"]


def send(client, content=FILE, name="june.csv"):
    file = SimpleUploadedFile(name, content, content_type="text/csv")
    return client.post(reverse("releases:add"), {"file": file})


def consent(content=FILE, **typed):
    return {"seen": check(content).fingerprint, "note": "", "source_url": "", **typed}


def test_a_file_is_sent_checked_agreed_to_and_imported(client, statistician, jobseekers):
    checked = send(client)
    page = client.get(checked.url)
    assert "46709" in page.content.decode()
    assert Observation.objects.count() == 0

    imported = client.post(checked.url, consent(note="A new month"))

    release = Release.objects.get()
    assert imported.url == reverse("releases:inspect", args=[release.pk])
    assert (release.imported_by, release.note) == (statistician, "A new month")
    assert Observation.objects.get().value == 46709
    report = client.get(imported.url).content.decode()
    assert "june.csv" in report and "A new month" in report and release.checksum in report


def test_problems_are_shown_and_nothing_can_be_agreed_to(client, statistician, jobseekers):
    checked = send(client, FILE.replace(b"FI", b"91"))

    html = client.get(checked.url).content.decode()
    assert "KU091" in html
    assert 'name="seen"' not in html

    client.post(checked.url, {"seen": "x"})
    assert Observation.objects.count() == 0


def test_a_double_click_imports_once(client, statistician, jobseekers):
    checked = send(client)

    first, second = (client.post(checked.url, consent()) for _click in range(2))

    assert first.url == second.url
    assert Release.objects.count() == 1


def test_the_same_file_again_says_that_nothing_changes(client, statistician, jobseekers):
    client.post(send(client).url, consent())

    html = client.get(send(client).url).content.decode()

    assert reverse("releases:inspect", args=[Release.objects.get().pk]) in html
    assert 'name="seen"' not in html


def test_what_changed_since_the_check_is_shown_and_typed_words_stay(
    client, statistician, jobseekers
):
    checked = send(client)
    agreed = consent(note="My note")
    values(jobseekers, _2024M06=1)

    html = client.post(checked.url, agreed).content.decode()

    assert "My note" in html
    assert check(FILE).fingerprint in html
    assert Observation.objects.get().value == 1


def test_a_bad_address_of_the_source_keeps_what_was_typed(client, statistician, jobseekers):
    checked = send(client)

    html = client.post(checked.url, consent(note="My note", source_url="javascript:x")).content

    assert b"My note" in html
    assert Observation.objects.count() == 0


def test_markup_in_a_file_and_in_its_name_is_shown_as_text(client, statistician, jobseekers):
    evil = b"<script>alert(1)</script>"

    html = client.get(send(client, FILE.replace(b"46709", evil), "<b>x</b>.csv").url).content

    assert evil not in html
    assert b"<b>x</b>" not in html


def test_another_persons_file_and_an_old_one_are_not_there(client, statistician, people):
    others = UploadFactory(user=people["superuser"])
    old = UploadFactory(user=statistician, uploaded_at=timezone.now() - timedelta(hours=25))

    for upload in (others, old):
        assert client.get(reverse("releases:check", args=[upload.pk])).status_code == 404
        assert client.post(reverse("releases:check", args=[upload.pk])).status_code == 404


@pytest.mark.parametrize("role", ["editor", "lawyer", "programme"])
def test_other_roles_import_nothing(client, people, role, jobseekers):
    client.force_login(people[role])
    upload = UploadFactory(user=people[role], content=FILE)

    send(client)
    client.post(reverse("releases:check", args=[upload.pk]), consent())

    assert (Upload.objects.count(), Observation.objects.count()) == (1, 0)


def test_too_large_a_file_and_none_are_refused(client, statistician, monkeypatch):
    monkeypatch.setattr(forms, "LARGEST", 10)

    assert send(client).status_code == 200
    assert client.post(reverse("releases:add"), {}).status_code == 200
    assert Upload.objects.count() == 0


@pytest.mark.parametrize("name", ["releases:index", "indicators:index"])
def test_six_rows_in_cms_cost_the_queries_of_one(client, statistician, name):
    ReleaseFactory()
    IndicatorFactory()
    one = queries_of_page(client, reverse(name))
    ReleaseFactory.create_batch(5)
    IndicatorFactory.create_batch(5)

    assert queries_of_page(client, reverse(name)) == one


def test_an_indicator_with_values_cannot_be_deleted(client, statistician, jobseekers):
    values(jobseekers, _2024M06=1)
    empty = IndicatorFactory()

    for indicator in (jobseekers, empty):
        client.post(reverse("indicators:delete", args=[indicator.pk]))

    assert list(Indicator.objects.all()) == [jobseekers]


def test_an_indicator_is_described_and_published(client, statistician, jobseekers):
    path = reverse("indicators:edit", args=[jobseekers.pk])
    form = client.get(path).context["form"]
    typed = {name: value for name, value in form.initial.items() if value is not None} | {
        "name_en": "Renamed",
        "published": "on",
        "topics": [],
        "section_links-TOTAL_FORMS": 0,
        "section_links-INITIAL_FORMS": 0,
    }

    assert client.post(path, typed).status_code == 302
    jobseekers.refresh_from_db()
    assert jobseekers.name_en == "Renamed"
