"""A file with a report: judged, private until the report stands, gone when it is taken back."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from partnership.commitments.models import Report
from partnership.commitments.services import reports
from portal.forms import opened_now
from portal.media.models import Attachment
from tests.factories.accounts import UserFactory
from tests.factories.commitments import AskFactory, CommitmentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def tell(client, ask, upload, time_machine):
    opened = opened_now()
    time_machine.move_to(timezone.now() + timedelta(minutes=1))
    address = f"/en/commitments/tell/{ask.key}/"
    return client.post(address, {"progress": "done", "opened": opened, "upload": upload})


def test_a_file_from_a_letters_link_is_private_and_then_public(
    client, time_machine, django_capture_on_commit_callbacks
):
    ask = AskFactory()
    upload = SimpleUploadedFile("../Our list.csv", b"name,number\n")
    assert tell(client, ask, upload, time_machine).status_code == 302
    report = Report.objects.get()
    file = f"/en/commitments/report/{report.pk}/file/"
    public = ask.share.commitment.get_absolute_url()
    assert client.get(file).status_code == 404 and file not in client.get(public).content.decode()
    client.force_login(UserFactory())
    assert client.get(file).status_code == 404
    client.force_login(ask.to)
    answer = client.get(file)
    assert b"".join(answer.streaming_content) == b"name,number\n"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"] == 'attachment; filename="Our list.csv"'
    assert "sandbox" in answer["Content-Security-Policy"]

    client.logout()
    time_machine.move_to(timezone.now() + Report.UNDO_WITHIN)
    assert file in client.get(public).content.decode()
    assert b"".join(client.get(file).streaming_content) == b"name,number\n"
    place = report.attachment.file.name
    assert client.get(f"/media/{place}", follow=True).status_code == 404


def test_a_report_that_is_taken_back_takes_its_file_along(
    client, time_machine, django_capture_on_commit_callbacks
):
    ask = AskFactory()
    tell(client, ask, SimpleUploadedFile("a.csv", b"a,b"), time_machine)
    place = Attachment.objects.get().file.name
    report = Report.objects.get()

    with django_capture_on_commit_callbacks(execute=True):
        reports.undo(report, by=None)

    assert not Attachment.objects.exists() and not default_storage.exists(place)
    assert client.get(f"/en/commitments/report/{report.pk}/file/").status_code == 404


@pytest.mark.parametrize("name", ["a.exe", "a.svg", "a.html"])
def test_what_is_no_document_and_no_picture_is_told_so(client, name, time_machine):
    answer = tell(client, AskFactory(), SimpleUploadedFile(name, b"MZ"), time_machine)

    assert answer.status_code == 422 and not Report.objects.exists()


def test_a_file_that_is_refused_loses_nothing_that_was_typed(client):
    commitment = CommitmentFactory()
    share = commitment.shares.get()
    client.force_login(commitment.organisation.representatives.first().user)

    answer = client.post(
        f"/en/commitments/share/{share.pk}/tell/",
        {
            "progress": "stuck",
            "sentence": "No places.",
            "upload": SimpleUploadedFile("a.exe", b"MZ"),
        },
    )

    html = answer.content.decode()
    assert answer.status_code == 422 and "No places." in html and "<details open" in html
