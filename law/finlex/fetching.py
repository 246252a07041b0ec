"""Fetching what Finlex has of an act, file by file; each is kept as soon as it has come.

What has been kept is not fetched again, so a run that ends half-way loses nothing and the next one
goes on where it ended. Nothing here reads the words of the law: see `reading`.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils import timezone

from law.models import Act, FetchedStatute
from portal.errors import BrokenFileError
from portal.outbound import CouldNotFetchError, NotThereError

from . import head
from .client import LATEST, Finlex, consolidated_at, original_at
from .head import Head

TITLE_BEGINS = "Laki "
OVERLAP = timedelta(days=2)  # the list is asked again for the days before the last good look
DAYS = 7  # of a week: on one of them, by the act's number, the newest Swedish text is asked again
FIRST_SINCE = timedelta(days=365)
LANGUAGES = ("fi", "sv")
Told = Callable[[str], None]


@dataclass
class Fetched:
    """What came of it: the newest consolidated text's head, and what could not be had."""

    newest: Head | None = None
    missing: list[str] = field(default_factory=list)


def originals(finlex: Finlex, number: int, year: int, told: Told) -> list[str]:
    """The act as it was given, in both languages; returns what Finlex does not have."""
    missing = []
    for language in LANGUAGES:
        if kept(number, year, language) is None:
            try:
                _fetch(finlex, number, year, language, original_at(number, year, language), told)
            except NotThereError as error:
                missing.append(str(error))
    return missing


def act(
    finlex: Finlex,
    number: int,
    year: int,
    since: date | None,
    told: Told,
    begun: Callable[[], None] = lambda: None,
) -> Fetched:
    """All that is new of an act since a day, or all that there is.

    `begun` is called when the act is there as it was given. CouldNotFetchError when the newest
    consolidated text cannot be had, is older than one that is kept, or is of another act.
    """
    found = Fetched()
    found.missing += originals(finlex, number, year, told)
    begun()
    found.newest = _newest(finlex, number, year, told)
    acts = {one for one in found.newest.amended_by if _is_later(one, (number, year))}
    acts |= _listed(finlex, number, year, since)
    for amending in sorted(acts, key=lambda one: (one[1], one[0])):
        found.missing += originals(finlex, *amending, told)
    _versions(finlex, number, year, found, told)
    return found


def kept(number: int, year: int, language: str, version: str = "") -> FetchedStatute | None:
    """The newest file that came of an act as given, or of a consolidated version."""
    files = FetchedStatute.objects.filter(
        number=number, year=year, language=language, version=version
    )
    return files.order_by("-fetched_at", "-pk").first()


def kept_versions(number: int, year: int, language: str) -> list[str]:
    """The consolidated versions that are kept, oldest first."""
    files = FetchedStatute.objects.filter(number=number, year=year, language=language)
    return sorted(set(files.exclude(version="").values_list("version", flat=True)))


def version_of(number: int, year: int) -> str:
    """What the consolidated version after an amending act is called: 20241100."""
    return f"{year}{number:04}"


def _newest(finlex: Finlex, number: int, year: int, told: Told) -> Head:
    """The newest Finnish consolidated text; it is never asked for without saying which."""
    stored = kept_versions(number, year, "fi")
    last = kept(number, year, "fi", stored[-1]) if stored else None
    address = consolidated_at(number, year, "fi", LATEST)
    return _fetch(finlex, number, year, "fi", address, told, last=last)


def _versions(finlex: Finlex, number: int, year: int, found: Fetched, told: Told) -> None:
    """The consolidated versions of each amending act, in both languages, that are not kept yet.

    The newest one in Swedish is asked for again once a week: it may be corrected alone.
    """
    newest = found.newest
    if newest is None:
        return
    wanted = {version_of(*one) for one in newest.amended_by} | {newest.version}
    lacking = {
        (language, version)
        for language in LANGUAGES
        for version in wanted - set(kept_versions(number, year, language))
    }
    last = kept(number, year, "sv", newest.version)
    is_the_day = timezone.localdate().toordinal() % DAYS == number % DAYS
    if (
        last is not None
        and is_the_day
        and timezone.localdate(last.fetched_at) < timezone.localdate()
    ):
        address = consolidated_at(number, year, "sv", newest.version)
        _fetch(finlex, number, year, "sv", address, told, version=newest.version, last=last)
    if not lacking:
        return
    if lacking - {("sv", newest.version)}:
        there = {(one.language, one.version) for one in finlex.versions(number, year)}
        lacking = (lacking & there) | (lacking & {("sv", newest.version)})
    for language, version in sorted(lacking, key=lambda one: (one[1], one[0])):
        address = consolidated_at(number, year, language, version)
        try:
            _fetch(finlex, number, year, language, address, told, version=version)
        except NotThereError as error:
            found.missing.append(str(error))


def _listed(finlex: Finlex, number: int, year: int, since: date | None) -> set[tuple[int, int]]:
    """Acts whose title says that they change this one; an act without a usual title has none."""
    known = Act.objects.filter(number=number, year=year).first()
    if known is None or not known.name_fi.startswith(TITLE_BEGINS):
        return set()
    today = timezone.localdate()
    words = known.name_fi.removeprefix(TITLE_BEGINS)
    rows = finlex.amending_acts(words, (since or today - FIRST_SINCE) - OVERLAP, today)
    return {(one.number, one.year) for one in rows}


def _is_later(one: tuple[int, int], act: tuple[int, int]) -> bool:
    return (one[1], one[0]) > (act[1], act[0])


def _fetch(
    finlex: Finlex,
    number: int,
    year: int,
    language: str,
    address: str,
    told: Told,
    *,
    version: str = "",
    last: FetchedStatute | None = None,
) -> Head:
    """Fetch and keep one file, under the address that names its version.

    `last` is the newest that is kept: an older one is refused, and one that is unchanged is not
    sent again. CouldNotFetchError for what is of another act, language or version than asked for.
    """
    told(address)
    answer = finlex.statute(address, last.etag if last else "")
    if answer.unchanged and last:
        return head.read(last.address, last.content)
    try:
        found = head.read(address, answer.text)
    except BrokenFileError as error:
        raise CouldNotFetchError(address, str(error)) from error
    if (found.number, found.year, found.language) != (number, year, language):
        problem = f"it is {found.number}/{found.year} in “{found.language}”"
        raise CouldNotFetchError(address, problem)
    if version and found.version != version:
        raise CouldNotFetchError(address, f"it is version {found.version}")
    if last and found.version < last.version:
        problem = f"it is version {found.version}, older than {last.version}"
        raise CouldNotFetchError(address, problem)
    if found.version:
        address = consolidated_at(number, year, language, found.version)
    keep(address, found, answer.text, answer.etag)
    return found


def keep(address: str, found: Head, text: str, etag: str = "") -> None:
    """Keep a file as what Finlex has at an address now."""
    row, made = FetchedStatute.objects.get_or_create(
        address=address,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        defaults={
            "number": found.number,
            "year": found.year,
            "language": found.language,
            "version": found.version,
            "content": text,
        },
    )
    row.etag = etag
    if not made and kept(found.number, found.year, found.language, found.version) != row:
        row.fetched_at = timezone.now()  # it reads again as it once did
    row.save(update_fields=["etag", "fetched_at"])
