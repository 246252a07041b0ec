"""What can happen to a release: brought and checked, proposed, approved by another, released.

The caller has already asked who may. A file is taken whole or not at all.
"""

import hashlib
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import islice
from typing import IO, Any

from django.db import connection, transaction
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from monitoring import disclosure
from monitoring.indicators import periods
from monitoring.indicators.files import Errors
from portal.accounts.models import User
from portal.importing import Progress, unheard
from portal.workflow import TransitionNotAllowed, transition

from . import calendar, comparing, following, reading, suppression
from .cubes import Cube, Key
from .models import VALUE, Dataset, Observation, Release, SourceValue
from .models.releases import Status

State, Kind, Choice, Hidden = Release.State, Release.Kind, Release.Choice, SourceValue.Hidden
BATCH = 10_000
KEPT_FOR = timedelta(days=7)
STAGE = """
    INSERT INTO datasets_sourcevalue
        (dataset_id, release_id, time, area_id, cell, value, status, hidden, held, row)
    VALUES (%s, %s, %s, %s, %s, %s, %s, '', %s, %s)
"""
COPY = """
    COPY datasets_sourcevalue
        (dataset_id, release_id, time, area_id, cell, value, status, hidden, held, row)
    FROM STDIN
"""
HIDE = """
    UPDATE datasets_sourcevalue SET hidden = %s
    WHERE dataset_id = %s AND time = %s AND area_id = %s AND cell = %s AND held
"""
PUBLISH = """
    INSERT INTO datasets_observation
        (dataset_id, release_id, time, area_id, cell, value, status, revised)
    SELECT h.dataset_id, %s, h.time, h.area_id, h.cell,
        CASE WHEN h.hidden = '' THEN h.value END,
        CASE WHEN h.hidden = '' THEN h.status ELSE 'suppressed' END,
        %s AND EXISTS (
            SELECT 1 FROM datasets_observation o
            WHERE o.dataset_id = h.dataset_id AND o.time = h.time AND o.area_id = h.area_id
                AND o.cell = h.cell AND o.until_id IS NOT NULL AND o.value IS NOT NULL
        )
    FROM datasets_sourcevalue h
    WHERE h.dataset_id = %s AND h.time = %s AND h.held AND NOT EXISTS (
        SELECT 1 FROM datasets_observation o
        WHERE o.dataset_id = h.dataset_id AND o.time = h.time AND o.area_id = h.area_id
            AND o.cell = h.cell AND o.until_id IS NULL
    )
"""


class Refused(Exception):
    """The file has errors, which `errors` lists; nothing of it is kept."""

    def __init__(self, errors: Errors):
        self.errors = errors
        super().__init__(f"{errors.total} problems")


class NothingChanges(Exception):
    """Every value of the file is in force already."""


class AnotherIsOpen(Exception):
    """Another release of the dataset is on its way; it has to be finished or dropped first."""

    def __init__(self, release: Release):
        self.release = release
        super().__init__(str(release))


class SamePerson(Exception):
    """Who brought or proposed a release does not approve it."""


class ReasonMissing(Exception):
    """A correction says why, and so does a release that takes values back or gives some away."""


class ChoiceMissing(Exception):
    """Published values are taken back, or small ones given away: two people choose what to do."""


class TrueValuesHidden(Exception):
    """The rules of the dataset do not let small values be published."""


@transaction.atomic
def bring(
    dataset: Dataset,
    stream: IO[bytes],
    file_name: str,
    *,
    by: User | None = None,
    progress: Progress = unheard,
) -> Release:
    """Check a file against the dataset and keep what it would change, as a release to be proposed.

    The file is read as a stream. Raises Refused, NothingChanges, or AnotherIsOpen, and then
    nothing is kept. What is kept is hidden from the public until its release.
    """
    _lock(dataset)
    is_open = dataset.releases.filter(state__in=Release.OPEN).first()
    if is_open:
        raise AnotherIsOpen(is_open)
    cube, errors = Cube.of(dataset), Errors()
    release = Release.objects.create(
        dataset=dataset, file_name=file_name[:255], checksum=_checksum(stream), checked_by=by
    )
    notes: list[str] = []
    release.rows = _stage(release, reading.rows(stream, cube, errors, notes), errors, progress)
    release.warnings = [
        {"row": 0, "column": "", "value": release.file_name, "words": note} for note in notes
    ]
    times = [] if errors.total else comparing.compare(release, cube, errors)
    if not errors.total:
        _foresee(release, cube, times, errors)
    if errors.total:
        raise Refused(errors)
    if release.unchanged:
        _forget_what_is_in_force(release)
    if not release.new + release.changed:
        raise NothingChanges
    release.save()
    log(release, "datasets.check", user=by, data={"rows": release.rows})
    return release


def judge(dataset: Dataset, stream: IO[bytes], *, heard: Callable[[int], None]) -> None:
    """Check every cell of a file, and write nothing; raises Refused.

    `heard` gets how many rows are done, each some thousands. A file that passes is read once more
    by `bring`, in the transaction that keeps it: so a large one holds no lock while it is checked.
    """
    errors, number = Errors(), 0
    for number, _row in enumerate(reading.rows(stream, Cube.of(dataset), errors), start=1):
        if not number % BATCH:
            heard(number)
    heard(number)
    if errors.total:
        raise Refused(errors)


def _lock(dataset: Dataset) -> None:
    """Files and releases of a dataset wait for each other."""
    dataset.refresh_from_db(from_queryset=Dataset.objects.select_for_update())


def _checksum(stream: IO[bytes]) -> str:
    """The SHA-256 of a stream, which is put back to its beginning."""
    digest = hashlib.sha256()
    stream.seek(0)
    while block := stream.read(1 << 16):
        digest.update(block)
    stream.seek(0)
    return digest.hexdigest()


def _stage(
    release: Release, found: Iterable[reading.Row], errors: Errors, progress: Progress
) -> int:
    """Write the rows beside those in force, some thousands at a time; returns how many.

    After the first error nothing more is written, for all of it is undone; reading goes on, so
    that all errors are known.
    """
    number, dataset = 0, release.dataset_id
    iterator = iter(found)
    with connection.cursor() as cursor:
        while batch := list(islice(iterator, BATCH)):
            number += len(batch)
            if errors.total:
                continue
            values = [
                (dataset, release.pk, row.time, row.area, row.cell, row.value, row.status)
                for row in batch
            ]
            if connection.vendor == "postgresql":
                with cursor.copy(COPY) as copy:
                    for one, row in zip(values, batch, strict=True):
                        copy.write_row((*one, "", False, row.number))
            else:
                both = zip(values, batch, strict=True)
                cursor.executemany(STAGE, [(*one, False, row.number) for one, row in both])
            progress(number, number)
    return number


def _foresee(release: Release, cube: Cube, times: list[int], errors: Errors) -> None:
    """Count on the release what the public will not get of the periods that it touches."""
    _forget_counts(release)
    release.exposed = []
    protector = suppression.Protector(release)
    told = _told_before(release)
    for time in times if protector.active else []:
        try:
            hiding = protector.period(time)
        except disclosure.TooLarge as too_large:
            errors.add(0, "", "", _too_large(too_large))
            return
        except disclosure.Inconsistent as inconsistent:
            errors.add(0, VALUE, "", str(inconsistent))
            return
        _count(release, hiding)
        words = (_exposed(cube, time, *exposed) for exposed in hiding.exposed)
        release.exposed += [word for word in words if word not in told]


def _told_before(release: Release) -> set[str]:
    """What two people have chosen about at an earlier release: they are not asked again."""
    earlier = Release.objects.filter(dataset=release.dataset_id, state=State.RELEASED)
    return {word for words in earlier.values_list("exposed", flat=True) for word in words}


def _exposed(cube: Cube, time: int, key: Key, value: Decimal) -> str:
    return f"{' '.join(cube.words(key))} {cube.period(time)}: {value}"


def _too_large(error: disclosure.TooLarge) -> str:
    words = _(
        "Fewer linked values a period than disclosure control can take on: make %(dimensions)s "
        "coarser."
    )
    return words % {"dimensions": ", ".join(error.dimensions)}


COUNTS = ("small", "others", "withdrawn", "linked", "seconds")


def _forget_counts(release: Release) -> None:
    for name in COUNTS:
        setattr(release, name, 0)


def _count(release: Release, hiding: suppression.Hiding) -> None:
    """Add up what disclosure control did in one period, for those who decide on the release."""
    release.small += sum(reason == Hidden.PRIMARY for reason in hiding.found.values())
    release.others += sum(reason == Hidden.SECONDARY for reason in hiding.found.values())
    release.withdrawn += hiding.withdrawn
    release.linked = max(release.linked, hiding.cells)
    release.seconds += hiding.seconds


def _beside(release: Release) -> Any:
    """The values that a release brings, at the place of an outer row."""
    return SourceValue.objects.filter(
        release=release,
        held=False,
        time=OuterRef("time"),
        area=OuterRef("area"),
        cell=OuterRef("cell"),
    )


def _forget_what_is_in_force(release: Release) -> None:
    """Keep of the file only what it would change."""
    held = SourceValue.objects.filter(
        Q(value=OuterRef("value")) | Q(value__isnull=True),
        dataset=release.dataset_id,
        held=True,
        time=OuterRef("time"),
        area=OuterRef("area"),
        cell=OuterRef("cell"),
        status=OuterRef("status"),
    )
    SourceValue.objects.filter(Exists(held), release=release, held=False).delete()


@transaction.atomic
def propose(
    release: Release,
    *,
    by: User,
    release_at: datetime,
    reason: str = "",
    choice: str = "",
    expect: str | None = None,
) -> None:
    """Put a checked or returned release before a second person, to be released at a minute.

    Where published values are taken back, or small ones given away, it says which `choice` the
    second person is to confirm. Raises ChoiceMissing without one, ReasonMissing for such a release
    or a correction without a reason, TrueValuesHidden; TransitionNotAllowed and Stale.
    """
    before, release.choice = release.choice, choice
    if choice == Choice.PUBLISH and not release.dataset.true_values:
        raise TrueValuesHidden
    if choice != before and Choice.PUBLISH in (choice, before):
        _foresee(release, Cube.of(release.dataset), comparing.periods_of(release), Errors())
        release.save(update_fields=[*COUNTS, "exposed"])
    if release.must_choose and not choice:
        raise ChoiceMissing
    if (release.kind == Kind.CORRECTED or release.must_choose) and not reason.strip():
        raise ReasonMissing
    transition(
        release,
        State.PROPOSED,
        "datasets.propose",
        by=by,
        expect=expect,
        proposed_by=by,
        proposed_at=timezone.now(),
        decided_by=None,
        decided_at=None,
        release_at=release_at.replace(second=0, microsecond=0),
        reason=reason.strip(),
        choice=choice,
    )


@transaction.atomic
def approve(release: Release, *, by: User, expect: str | None = None) -> None:
    """Let a proposed release go out at its minute. Raises SamePerson, TransitionNotAllowed, Stale.

    `by` is another than whoever brought the file and whoever proposed it.
    """
    release.refresh_from_db(from_queryset=Release.objects.select_for_update())
    if by.pk in (release.checked_by_id, release.proposed_by_id):
        raise SamePerson
    transition(
        release,
        State.APPROVED,
        "datasets.approve",
        by=by,
        expect=expect,
        decided_by=by,
        decided_at=timezone.now(),
    )


@transaction.atomic
def give_back(release: Release, *, by: User, answer: str, expect: str | None = None) -> None:
    """Return a proposed or an approved release, with words. Raises TransitionNotAllowed, Stale."""
    transition(
        release,
        State.RETURNED,
        "datasets.return",
        by=by,
        expect=expect,
        answer=answer,
        decided_by=None,
        decided_at=None,
    )


@transaction.atomic
def drop(release: Release, *, by: User | None, expect: str | None = None) -> None:
    """Give up a release that is not before anybody; its values are deleted, its line stays."""
    transition(release, State.DROPPED, "datasets.drop", by=by, expect=expect)
    SourceValue.objects.filter(release=release, held=False).delete()


def release_due(now: datetime | None = None) -> int:
    """Release what is approved and due; returns how many. The schedule calls it."""
    moment = now or timezone.now()
    due = Release.objects.filter(state=State.APPROVED, release_at__lte=moment)
    released = 0
    for release in due.order_by("release_at", "pk"):
        try:
            publish(release, now=moment)
        except TransitionNotAllowed:  # returned, or released by another worker, in between
            continue
        released += 1
    return released


@transaction.atomic
def publish(release: Release, *, now: datetime | None = None) -> None:
    """Bring an approved release before the public, all of it at once.

    Its values take the place of those in force, what disclosure control hides is hidden, and what
    is published otherwise than before gets a new observation; the old one stays, with the release
    that replaced it. Raises TransitionNotAllowed.
    """
    moment = now or timezone.now()
    _lock(release.dataset)
    transition(
        release,
        State.RELEASED,
        "datasets.release",
        by=None,
        since=State.APPROVED,
        released_at=moment,
    )
    dataset, times = release.dataset, comparing.periods_of(release)
    in_force = SourceValue.objects.filter(dataset=dataset, time__in=times, held=True)
    in_force.filter(Exists(_beside(release))).update(held=False)
    SourceValue.objects.filter(release=release, held=False).update(held=True)
    _forget_counts(release)
    protector = suppression.Protector(release)
    for time in times:
        hiding = protector.period(time)
        _hide(dataset, time, hiding.found)
        _count(release, hiding)
        _replace(release, time)
    release.save(update_fields=COUNTS)
    dataset.released_at = moment
    dataset.times = sorted({*dataset.times, *times})
    dataset.save(update_fields=["released_at", "times"])
    periods_released = [str(periods.Period.at(time, dataset.period)) for time in times]
    calendar.came_out(release, periods_released)
    following.record_activity(release)


def _hide(dataset: Dataset, time: int, found: dict[Key, str]) -> None:
    SourceValue.objects.filter(dataset=dataset, time=time, held=True).exclude(hidden="").update(
        hidden=""
    )
    rows = [(found[key], dataset.pk, time, key.area, key.cell) for key in sorted(found)]
    with connection.cursor() as cursor:
        cursor.executemany(HIDE, rows)


def _replace(release: Release, time: int) -> None:
    """New observations for what the public now gets otherwise than before."""
    same = (
        SourceValue.objects.annotate(
            shown_value=Case(When(hidden="", then=F("value"))),
            shown_status=Case(
                When(hidden="", then=F("status")), default=Value(Status.SUPPRESSED.value)
            ),
        )
        .filter(
            Q(shown_value=OuterRef("value")) | Q(shown_value__isnull=True),
            dataset=release.dataset_id,
            time=time,
            held=True,
            area=OuterRef("area"),
            cell=OuterRef("cell"),
            shown_status=OuterRef("status"),
        )
        .values("pk")
    )
    Observation.objects.current().filter(
        ~Exists(same), dataset=release.dataset_id, time=time
    ).update(until=release)
    with connection.cursor() as cursor:
        cursor.execute(
            PUBLISH,
            [release.pk, release.kind == Kind.CORRECTED, release.dataset_id, time],
        )


def forget_unproposed(now: datetime | None = None) -> int:
    """Drop what was checked a week ago and never proposed; returns how many. On the schedule."""
    before = (now or timezone.now()) - KEPT_FOR
    old = list(Release.objects.filter(state=State.CHECKED, checked_at__lt=before))
    for release in old:
        drop(release, by=None)
    return len(old)
