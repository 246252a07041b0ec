"""What can happen to values: a file is checked, kept for a day, and imported whole or not at all.

The caller has already asked who may.
"""

from collections.abc import Callable
from datetime import date, datetime

from django.db import connection, transaction
from django.utils import timezone
from wagtail.log_actions import log, registry

from law import impact_reviews
from portal.accounts.models import User
from portal.accounts.roles import STATISTICIAN

from . import following, validation
from .models import Indicator, Release, Upload
from .models.observations import KEPT_FOR

BATCH = 10_000
WRITE = """
    INSERT INTO monitoring_observation
        (indicator_id, area_id, period, start, value, status, source_url, note, release_id)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)
    ON CONFLICT (indicator_id, area_id, start) DO UPDATE SET
        value = excluded.value, status = excluded.status, source_url = excluded.source_url,
        note = excluded.note, release_id = excluded.release_id
"""
Progress = Callable[[int, int], None]
KEY = "indicator"  # the key under which indicators rest on sections of the law


def settle_reviews(indicator: Indicator, by: User) -> None:
    """`by` changed the indicator: what is left open of its reviews after changes of the law.

    One that readers no longer get rests on nothing, and otherwise on the sections that it names;
    an indicator that still names a changed section is to be confirmed by its keepers.
    """
    sections = indicator.section_links.values_list("section", flat=True)
    still_on = list(sections) if indicator.published else []
    impact_reviews.published(
        impact_reviews.Publication(
            kind=KEY,
            subject=str(indicator.pk),
            thing=str(indicator.pk),
            owner=STATISTICIAN,
            sections=still_on,
            written_at=timezone.now(),
            by=by,
            earlier=lambda: _made(indicator),
            lets_go=True,
        )
    )


def _made(indicator: Indicator) -> list[tuple[datetime, date]]:
    """When a person made the indicator: the law of then was there to be read."""
    made = registry.get_logs_for_instance(indicator).filter(action="wagtail.create")
    return [(entry.timestamp, timezone.localdate(entry.timestamp)) for entry in made]


class FileRefusedError(Exception):
    """The file has errors; `report` lists them, and nothing was written."""

    def __init__(self, report: validation.Report):
        self.report = report
        super().__init__(f"{report.errors.total} problems")


class CheckOutdatedError(Exception):
    """The database has changed since the check; `report` is the check made anew."""

    def __init__(self, report: validation.Report):
        self.report = report
        super().__init__("The values have changed since the check.")


def earlier_release(checksum: str) -> Release | None:
    """The latest release that brought the very same file, if any."""
    return Release.objects.filter(checksum=checksum).select_related("imported_by").first()


@transaction.atomic
def import_file(
    content: bytes,
    file_name: str,
    *,
    by: User | None = None,
    note: str = "",
    source_url: str = "",
    seen: str | None = None,
    progress: Progress = lambda done, total: None,
) -> Release | None:
    """Write the values of a file, all of them or none; None when it changes nothing.

    `seen` is the fingerprint of the report that somebody has agreed to. Raises FileRefusedError,
    and CheckOutdatedError when the report is another by now. Imports wait for each other, so that
    the same file sent twice at once is imported once.
    """
    list(Indicator.objects.select_for_update().order_by("pk").values_list("pk"))
    report = validation.check(content)
    if not report.importable:
        raise FileRefusedError(report)
    if seen is not None and seen != report.fingerprint:
        raise CheckOutdatedError(report)
    if not report.changes:
        return None
    release = Release.objects.create(
        imported_by=by,
        file_name=file_name[:255],
        checksum=report.checksum,
        rows=report.rows,
        new=len(report.new),
        changed=len(report.changed),
        unchanged=report.unchanged,
        note=note,
        source_url=source_url,
        changes=validation.shown(report.changed + report.new),
        warnings=[warning._asdict() for warning in report.warnings],
    )
    _write(report.changes, release, progress)
    rows = [row for row, _old in report.changes]
    following.record_activity(release, {row.area for row in rows}, {row.indicator for row in rows})
    log(
        release, "monitoring.import", user=by, data={"new": release.new, "changed": release.changed}
    )
    return release


def _write(changes: list[validation.Change], release: Release, progress: Progress) -> None:
    """Insert the new values and overwrite the changed ones, some thousands at a time."""
    with connection.cursor() as cursor:
        for first in range(0, len(changes), BATCH):
            batch = changes[first : first + BATCH]
            cursor.executemany(
                WRITE,
                [
                    (
                        row.indicator.pk,
                        row.area.pk,
                        row.period.kind,
                        row.period.start,
                        row.observed.value,
                        row.observed.status,
                        row.observed.source_url,
                        row.observed.note,
                        release.pk,
                    )
                    for row, _old in batch
                ],
            )
            progress(first + len(batch), len(changes))


def keep(content: bytes, file_name: str, user: User) -> Upload:
    """Keep a file on the server between its review and its import."""
    return Upload.objects.create(user=user, file_name=file_name[:255], content=content)


@transaction.atomic
def import_upload(upload: Upload, *, seen: str, note: str, source_url: str) -> Release | None:
    """Import a kept file as its sender saw it checked; a second call changes nothing.

    Returns the release, None when the file changes nothing; raises as `import_file` does.
    """
    upload = Upload.objects.select_for_update(of=("self",)).get(pk=upload.pk)
    if upload.release_id:
        return upload.release
    upload.release = import_file(
        bytes(upload.content),
        upload.file_name,
        by=upload.user,
        note=note,
        source_url=source_url,
        seen=seen,
    )
    upload.save(update_fields=["release"])
    return upload.release


def forget_old_uploads(now: datetime | None = None) -> int:
    """Delete kept files that are a day old; returns how many. The schedule calls it."""
    before = (now or timezone.now()) - KEPT_FOR
    deleted, _by_model = Upload.objects.filter(uploaded_at__lt=before).delete()
    return deleted
