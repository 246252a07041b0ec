"""Files that statisticians send: a small one is checked at once, a large one by the worker.

Either way `services.bring` keeps all of it or nothing, in the transaction that writes down which
release the file became. A worker that dies leaves nothing: the job is started again, from the
beginning (portal.operations.jobs).
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import IO, cast

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from monitoring.indicators.files import Errors
from portal.accounts.models import User
from portal.languages import current_language, in_language

from . import services
from .models import Dataset, Upload

Stage = Upload.Stage
AT_ONCE = 2 * 1024 * 1024  # bytes that a request checks: some 60,000 rows of CSV
KEPT_FOR = timedelta(days=1)


def take(dataset: Dataset, file: File, *, by: User) -> Upload:
    """Keep a sent file and check it: at once, or, when it is large, as a job.

    What came of it is on the upload: its `stage`, its `problems`, or its `release`.
    """
    upload = Upload.objects.create(
        dataset=dataset,
        user=by,
        language=current_language(),
        file_name=(file.name or "")[:255],
        size=file.size,
        file=file,
    )
    if file.size > AT_ONCE:
        check.enqueue(upload.pk)
    else:
        run(upload)
    return upload


@task(backend="jobs")
def check(pk: int) -> str:
    """Check a large file; returns the stage that it came to. One that is through stays so."""
    upload = Upload.objects.filter(pk=pk).first()
    if upload is None:
        return ""
    if upload.is_under_way:
        run(upload)
    return str(upload.stage)


def run(upload: Upload) -> None:
    """Check a file from its beginning, and write down what came of it."""
    with in_language(upload.language):
        try:
            with upload.file.storage.open(str(upload.file.name)) as file:
                _run(upload, cast("IO[bytes]", file.file))
        except services.Refused as refused:
            _end(upload, Stage.REFUSED, refused.errors)
        except services.NothingChanges:
            _end(upload, Stage.UNCHANGED)
        except services.AnotherIsOpen as other:
            errors = Errors()
            expected = _("No other release of the dataset on its way: finish or drop it first.")
            errors.add(0, "", str(other), expected)
            upload.release = other.release
            _end(upload, Stage.REFUSED, errors)
    upload.file.delete(save=False)
    Upload.objects.filter(pk=upload.pk).update(file="")


def _run(upload: Upload, stream: IO[bytes]) -> None:
    if upload.size > AT_ONCE:
        _tell(upload, stage=Stage.READING, rows=0, percent=0)
        services.judge(upload.dataset, stream, heard=_listener(upload, stream))
        stream.seek(0)
        _tell(upload, stage=Stage.LOADING, percent=100)
    with transaction.atomic():
        upload.release = services.bring(upload.dataset, stream, upload.file_name, by=upload.user)
        _end(upload, Stage.CHECKED)


def _listener(upload: Upload, stream: IO[bytes]) -> Callable[[int], None]:
    def heard(rows: int) -> None:
        _tell(upload, rows=rows, percent=min(99, 100 * stream.tell() // max(upload.size, 1)))

    return heard


def _tell(upload: Upload, **fields: object) -> None:
    """Write down how far it is, for the page that shows it."""
    for name, value in fields.items():
        setattr(upload, name, value)
    upload.save(update_fields=list(fields))


def _end(upload: Upload, stage: str, errors: Errors | None = None) -> None:
    found = errors or Errors()
    problems = [list(problem) for problem in found.shown]
    upload.stage, upload.problems, upload.total = Stage(stage), problems, found.total
    upload.save(update_fields=["stage", "problems", "total", "release"])


def forget_old(now: datetime | None = None) -> int:
    """Forget files that were sent a day ago; returns how many. The schedule calls it."""
    old = list(Upload.objects.filter(uploaded_at__lt=(now or timezone.now()) - KEPT_FOR))
    for upload in old:
        upload.file.delete(save=False)
        upload.delete()
    return len(old)
