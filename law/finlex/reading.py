"""Reading what was fetched of an act: what is new of it, and what a lawyer is to decide on.

It goes by the files that are kept alone, so it can be done at any time, again, and by two workers
at once: the second finds that there is nothing left to do.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils import timezone

from law import bills, parsers, services
from law import incoming as decisions
from law.consolidation import as_lines
from law.models import Act, Amendment, FetchedStatute, IncomingAmendment, LawWatch, SectionVersion
from law.parsers import akoma_ntoso, stored
from law.parsers.parsed import (
    OF_THE_LAW,
    ActRows,
    AmendingAct,
    AmendingRows,
    ConsolidatedVersion,
    Wording,
    in_order,
)
from portal.errors import BrokenFileError
from portal.workflow import transition

from . import head
from .fetching import kept, kept_versions, version_of
from .head import Head

State = IncomingAmendment.State
Statute = tuple[int, int]  # number and year


@dataclass
class Outcome:
    """What reading an act led to: lines for a person, acts newly announced, and what went wrong."""

    told: list[str] = field(default_factory=list)
    announced: list[IncomingAmendment] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Read:
    """An amending act as far as its files can be read."""

    acts: dict[str, AmendingAct]
    rows: AmendingRows | None
    problem: str
    files: list[FetchedStatute]


@transaction.atomic
def read_in(number: int, year: int) -> Outcome:
    """Bring what waits for a lawyer up to date with the files that are kept of an act.

    An act that the portal does not have, or has no words of, is imported as it was given. Every
    amending act that is not in the portal's words yet is announced, and is ready when its wordings
    are read in both languages. One at a time: the row of LawWatch is locked.
    """
    outcome = Outcome()
    LawWatch.objects.get_or_create(number=number, year=year)
    watch = LawWatch.objects.select_for_update().get(number=number, year=year)
    began = timezone.now()
    act = _act(number, year, outcome)
    if act is not None:
        text = newest(number, year)
        amending = dict(text.amended_by) if text else {}
        for one in _naming(number, year):
            amending.setdefault(one, None)
        for one in sorted(amending, key=_by_year):
            if _by_year(one) > (year, number):
                _read_one(act, one, amending[one], list(amending), outcome)
        if text:
            _mark(act, text)
    watch.read_at = began
    watch.save(update_fields=["read_at"])
    return outcome


def has_unread(watch: LawWatch) -> bool:
    """Whether files have come since the act was read."""
    if watch.read_at is None:
        return True
    return FetchedStatute.objects.filter(fetched_at__gt=watch.read_at).exists()


def _by_year(statute: Statute) -> tuple[int, int]:
    return statute[1], statute[0]


def newest(number: int, year: int) -> Head | None:
    """What the newest Finnish consolidated text that is kept says of itself."""
    versions = kept_versions(number, year, "fi")
    file = kept(number, year, "fi", versions[-1]) if versions else None
    return head.read(file.address, file.content) if file else None


def _naming(number: int, year: int) -> list[Statute]:
    """Acts as given that name this one as what they change."""
    files = FetchedStatute.objects.filter(
        language="fi", version="", content__contains=f"/akn/fi/act/statute/{year}/{number}"
    )
    found = []
    for file in files.exclude(number=number, year=year):
        one = head.read(file.address, file.content)
        if (number, year) in one.amends:
            found.append((one.number, one.year))
    return found


def _act(number: int, year: int, outcome: Outcome) -> Act | None:
    """The portal's act, imported as it was given if its words are not there."""
    act = Act.objects.filter(number=number, year=year).first()
    first = SectionVersion.objects.filter(section__act=act, amendment=None)
    if act is not None and first.exists():
        return act
    files = [file for one in OF_THE_LAW if (file := kept(number, year, one)) is not None]
    if len(files) < len(OF_THE_LAW):
        problem = f"{number}/{year}: not in both languages as it was given"
        outcome.problems.append(problem)
        return act
    try:
        result = services.import_files([_act_as_given(file) for file in files])
    except BrokenFileError as error:
        outcome.problems.append(str(error))
        return act
    outcome.told += [f"{title}: {changes}." for title, changes in result.files]
    return Act.objects.get(number=number, year=year)


def _act_as_given(file: FetchedStatute) -> ActRows:
    rows = _parsed(file)
    if not isinstance(rows, ActRows):
        raise BrokenFileError(file.name, "", "it is not an act as it was given")
    return rows


def _parsed(file: FetchedStatute) -> parsers.Statute:
    return parsers.read_text(file.name, file.content)


def _read_one(
    act: Act, one: Statute, day: date | None, every: list[Statute], outcome: Outcome
) -> None:
    """Announce an amending act, or bring what is known of it up to date."""
    number, year = one
    incoming = act.incoming.filter(number=number, year=year).first()
    known = act.amendments.filter(number=number, year=year).first()
    read = _files_of(act, one, every)
    problem = read.problem
    if incoming is None and known is not None:
        missing, other = _compared(known, read.rows)
        if read.rows is None or not (missing or other):
            return
        if other:
            problem = f"the portal has other words of sections {', '.join(other)}"
    if incoming is None:
        incoming = IncomingAmendment(act=act, number=number, year=year)
    if incoming.pk and incoming.state in (State.CONFIRMED, State.DISMISSED):
        in_use = incoming.state == State.CONFIRMED or incoming.amendment_id
        if in_use and read.rows and decisions.differs(incoming, read.rows):
            _become(incoming, "law.corrected_in_finlex", read.rows)
            outcome.told.append(f"{incoming.reference}: corrected in Finlex.")
        return
    new = incoming.pk is None
    _describe(incoming, act, read, day)
    incoming.problem = problem
    incoming.save()
    incoming.files.set(read.files)
    bills.join_published(incoming)
    if new:
        outcome.announced.append(incoming)
        outcome.told.append(f"{incoming.reference}: announced, {len(incoming.sections)} sections.")
    if read.rows is None or problem:
        if incoming.state == State.READY:
            transition(incoming, State.ANNOUNCED, "law.not_ready", by=None, rows=None)
        outcome.told.append(f"{incoming.reference}: not ready: {problem}")
    elif incoming.state == State.ANNOUNCED:
        _become(incoming, "law.ready", read.rows)
        outcome.told.append(f"{incoming.reference}: ready to be taken into use.")
    elif decisions.differs(incoming, read.rows):
        incoming.rows = stored.dump(read.rows)
        incoming.save(update_fields=["rows"])
        outcome.told.append(f"{incoming.reference}: its words were read anew.")


def _become(incoming: IncomingAmendment, event: str, rows: AmendingRows) -> None:
    """Ready to be taken into use, with what was read."""
    transition(
        incoming,
        State.READY,
        event,
        by=None,
        rows=stored.dump(rows),
        sections=rows.sections,
        problem="",
    )


def _describe(incoming: IncomingAmendment, act: Act, read: _Read, day: date | None) -> None:
    """What the files say of the amending act; what a person has put in stays."""
    facts = next(iter(read.acts.values()), None)
    for language, one in read.acts.items():
        setattr(incoming, f"title_{language}", one.title[:500])
    if facts is not None:
        incoming.given_on = incoming.given_on or facts.given_on
        incoming.in_force_from = incoming.in_force_from or facts.in_force_from
        incoming.valid_until = incoming.valid_until or facts.valid_until
        incoming.proposal = incoming.proposal or facts.proposal
        if facts.amends[:1] == [(act.number, act.year)]:
            incoming.sections = facts.sections
    incoming.in_force_from = incoming.in_force_from or day
    if read.rows is not None:
        incoming.sections = read.rows.sections


def _files_of(act: Act, one: Statute, every: list[Statute]) -> _Read:
    """The amending act, and its wordings from the consolidated versions before and after it."""
    number, year = one
    files, acts, problem = [], {}, ""
    for language in OF_THE_LAW:
        file = kept(number, year, language)
        if file is None:
            problem = problem or f"{number}/{year} is not there yet in {IN_WORDS[language]}"
            continue
        files.append(file)
        try:
            parsed = _parsed(file)
        except BrokenFileError as error:
            problem = problem or str(error)
            continue
        if isinstance(parsed, AmendingAct):
            acts[language] = parsed
        else:
            problem = problem or f"{file.name}: it is not an amending act"
    if problem:
        return _Read(acts, None, problem, files)
    try:
        before, after, used = _around(act, one, every)
        rows = akoma_ntoso.amendments(before, after, acts)
    except BrokenFileError as error:
        return _Read(acts, None, str(error), files)
    return _Read(acts, rows, "", files + used)


def _around(
    act: Act, one: Statute, every: list[Statute]
) -> tuple[
    Mapping[str, ConsolidatedVersion | ActRows],
    Mapping[str, ConsolidatedVersion],
    list[FetchedStatute],
]:
    """The versions before and after an amending act, by language, and their files.

    BrokenFileError when one is not there: two amending acts are never told apart by guessing.
    """
    version, name = version_of(*one), f"{one[0]}/{one[1]}"
    before: dict[str, ConsolidatedVersion | ActRows] = {}
    after: dict[str, ConsolidatedVersion] = {}
    used = []
    for language in OF_THE_LAW:
        there = kept_versions(act.number, act.year, language)
        if version not in there:
            problem = f"Finlex has no consolidated text with it yet in {IN_WORDS[language]}"
            raise BrokenFileError(name, "", problem)
        last = max((known for known in there if known < version), default="")
        between = [
            f"{number}/{year}"
            for number, year in every
            if last < version_of(number, year) < version
            and _by_year((number, year)) > (act.year, act.number)
        ]
        if between:
            problem = f"Finlex has no consolidated text of {', '.join(between)} before it"
            raise BrokenFileError(name, "", problem)
        for wanted in (last, version):
            file = kept(act.number, act.year, language, wanted)
            if file is None:
                problem = f"the act as it was given is not there in {IN_WORDS[language]}"
                raise BrokenFileError(name, "", problem)
            used.append(file)
            parsed = _parsed(file)
            if isinstance(parsed, ConsolidatedVersion):
                (after if wanted == version else before)[language] = parsed
            elif isinstance(parsed, ActRows) and not wanted:
                before[language] = parsed
            else:
                raise BrokenFileError(file.name, "", "it is not the act")
    return before, after, used


def _compared(known: Amendment, rows: AmendingRows | None) -> tuple[list[str], list[str]]:
    """Sections whose words from an act that the portal counts are missing here, or are others."""
    missing: list[str] = []
    other: list[str] = []
    if rows is None:
        return missing, other
    versions = {
        (one.section.number, one.valid_from): one
        for one in SectionVersion.objects.filter(amendment=known).select_related("section")
    }
    for one in rows.modifications:
        version = versions.get((one.section, one.day or known.in_force_from))
        for language, wording in one.wording.items():
            if not isinstance(wording, Wording):
                continue
            text = getattr(version, f"text_{language}") if version else []
            if not text:
                missing.append(one.section)
            elif version and not version.checked_at and not _same(version, language, wording):
                other.append(one.section)
    return sorted(set(missing), key=in_order), sorted(set(other), key=in_order)


def _same(version: SectionVersion, language: str, wording: Wording) -> bool:
    """Whether the heading and the words are those of the portal, whatever the spaces."""
    here = getattr(version, f"heading_{language}"), as_lines(getattr(version, f"text_{language}"))
    there = wording.heading, as_lines(wording.text)
    return [words.split() for words in here] == [words.split() for words in there]


def _mark(act: Act, newest: Head) -> None:
    """Keep the mark of each section in the newest file, for links to it."""
    for section in act.sections.all():
        mark = newest.marks.get(section.number, "")[:100]
        if mark and section.eid != mark:
            section.eid = mark
            section.save(update_fields=["eid"])


IN_WORDS = {"fi": "Finnish", "sv": "Swedish"}
