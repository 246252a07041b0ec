"""Looking at Finlex: every night a few requests, and once all that there is of an act."""

import zlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial

import structlog
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from law.models import Act, IncomingAmendment, LawWatch
from law.parsers.parsed import REFERENCE
from portal.accounts.models import User
from portal.accounts.roles import LAWYER
from portal.mail.outbox import write
from portal.outbound import CouldNotFetchError
from portal.rate_limits import one_more

from . import fetching, reading
from .client import Finlex
from .reading import Outcome

NIGHTLY = 20  # requests, at most
FIRST_RUN = 1000
RESTED, OVERDUE = timedelta(hours=20), timedelta(hours=30)
NIGHT = (3, 6)  # o'clock in Helsinki
SPREAD = 120  # minutes over which sites are spread, so that they do not all knock at three
BETWEEN_TRIES = timedelta(minutes=50)
STALE = timedelta(days=3)

logger = structlog.get_logger(__name__)


def look() -> None:
    """The worker calls it every hour: look at each act that is due, and at one of the decrees.

    Nothing is done without FINLEX_URL and FINLEX_CONTACT. What could not be had stands in the row
    of LawWatch, and is tried again in an hour, as long as the night's requests last.
    """
    if not (settings.FINLEX_URL and settings.FINLEX_CONTACT):
        return
    now = timezone.now()
    finlex = Finlex(
        NIGHTLY, allowed=partial(one_more, "finlex", "night", most=NIGHTLY, seconds=20 * 3600)
    )
    for watch in _tonight(now):
        if _claim(watch, now):
            visit(finlex, watch.number, watch.year)


def visit(
    finlex: Finlex, number: int, year: int, told: fetching.Told = lambda line: None
) -> Outcome:
    """Fetch what is new of an act, and read it; the lawyers get one letter of what is announced.

    An act that is new here is imported as soon as its first words have come. What could not be had
    stands in the row of LawWatch and in the outcome; what came before it is kept and read. Of an
    invented act nothing is asked.
    """
    if Act.objects.filter(number=number, year=year, example=True).exists():
        return Outcome(
            problems=[f"{number}/{year} is an invented example: Finlex does not have it"]
        )
    watch, _made = LawWatch.objects.get_or_create(number=number, year=year)
    first: list[str] = []

    def begun() -> None:
        if watch.read_at is None:
            first.extend(_read(number, year).told)

    watch.tried_at = timezone.now()
    try:
        fetched = fetching.act(finlex, number, year, _since(watch), told, begun)
    except CouldNotFetchError as error:
        watch.problem = str(error)
        logger.warning("finlex_not_seen", act=f"{number}/{year}", problem=str(error))
    else:
        watch.looked_at, watch.problem = watch.tried_at, ""
        newest = fetched.newest
        watch.version = newest.version if newest else ""
        for decree in newest.decrees if newest else ():
            LawWatch.objects.get_or_create(number=decree[0], year=decree[1])
    watch.save(update_fields=["tried_at", "looked_at", "version", "problem"])
    watch.refresh_from_db()
    outcome = _read(number, year) if reading.has_unread(watch) else Outcome()
    outcome.told = first + outcome.told
    for problem in outcome.problems:
        logger.warning("finlex_not_read", act=f"{number}/{year}", problem=problem)
    if watch.problem:
        outcome.problems.append(watch.problem)
    return outcome


def acts() -> list[tuple[int, int]]:
    """FINLEX_ACTS as numbers and years."""
    found = [REFERENCE.fullmatch(one) for one in settings.FINLEX_ACTS]
    return [(int(one[1]), int(one[2])) for one in found if one]


def decrees_under(number: int, year: int) -> list[tuple[int, int]]:
    """The decrees that the newest consolidated text names as given under the act."""
    newest = reading.newest(number, year)
    return newest.decrees if newest else []


def stale() -> list[LawWatch]:
    """The watched acts that have not been seen for three days, where watching is on."""
    if not settings.FINLEX_URL:
        return []
    now = timezone.now()
    return [
        watch
        for watch in LawWatch.objects.exclude(tried_at=None)
        if (watch.number, watch.year) in acts()
        and (watch.looked_at is None or now - watch.looked_at > STALE)
    ]


@transaction.atomic
def _read(number: int, year: int) -> Outcome:
    """Read an act's files, and write the letters of what that announced, whole or not at all."""
    outcome = reading.read_in(number, year)
    if outcome.announced:
        tell_lawyers(outcome.announced)
    return outcome


def tell_lawyers(announced: Iterable[IncomingAmendment]) -> None:
    """One letter to each lawyer, with a link that shows and does nothing."""
    rows = list(announced)
    for lawyer in User.objects.filter(is_active=True, groups__name=LAWYER).distinct():
        write(
            "law/published",
            to=lawyer.email,
            language=lawyer.language,
            context={"announced": rows, "act": rows[0].act},
        )


def _tonight(now: datetime) -> list[LawWatch]:
    """The acts that are due, and of the decrees given under them the one not seen for longest."""
    for number, year in acts():
        LawWatch.objects.get_or_create(number=number, year=year)
    due = [watch for watch in LawWatch.objects.all() if _is_due(watch, now)]
    decrees = set(Act.objects.filter(kind=Act.Kind.DECREE).values_list("number", "year"))
    always = [
        watch
        for watch in due
        if (watch.number, watch.year) in acts() and (watch.number, watch.year) not in decrees
    ]
    rest = [
        watch
        for watch in due
        if watch not in always and (watch.tried_at is None or now - watch.tried_at > RESTED)
    ]
    rest.sort(key=lambda watch: (watch.tried_at is not None, watch.tried_at or now, watch.pk))
    return always + rest[:1]


def _is_due(watch: LawWatch, now: datetime) -> bool:
    """In the night when the last good look is 20 hours old; at any time when it is 30."""
    if watch.tried_at and now - watch.tried_at < BETWEEN_TRIES:
        return False
    age = now - watch.looked_at if watch.looked_at else OVERDUE + RESTED
    here = timezone.localtime(now)
    minutes = here.hour * 60 + here.minute
    in_night = NIGHT[0] * 60 + _minute() <= minutes < NIGHT[1] * 60
    return age > OVERDUE or (age > RESTED and in_night)


def _minute() -> int:
    """Drawn by the site, and the same every night."""
    return zlib.crc32(settings.SITE_URL.encode()) % SPREAD


def _claim(watch: LawWatch, now: datetime) -> bool:
    """Take the turn at an act, unless another worker has just done so."""
    mine = LawWatch.objects.filter(pk=watch.pk, tried_at=watch.tried_at)
    return bool(mine.update(tried_at=now))


def _since(watch: LawWatch):
    return timezone.localdate(watch.looked_at) if watch.looked_at else None
