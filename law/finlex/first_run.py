"""`make law`: all of the watched acts fetched in the worker, one act a job, the first words first.

In demo mode alone what was read is then taken into use as the demo's lawyer, and the log says so:
elsewhere nothing is the law here before a person has decided so.
"""

import structlog
from django.conf import settings
from django_tasks import TaskResult, task

from law import incoming as decisions
from law.models import IncomingAmendment
from portal.accounts.models import User
from portal.accounts.starter import email_of
from portal.errors import BrokenFileError
from portal.workflow import TransitionNotAllowed

from . import watching
from .client import Finlex

OPEN_DATA = "https://opendata.finlex.fi/finlex/avoindata/v1"

logger = structlog.get_logger(__name__)


@task(backend="jobs")
def fetch(acts: list[list[int]], done: list[list[int]], contact: str, url: str) -> list[str]:
    """Fetch and read the first of the acts, by number and year, and leave the rest to a job more.

    The decrees given under it join the rest. Returns what was new, in lines for a person.
    """
    number, year = acts[0]
    finlex = Finlex(watching.FIRST_RUN, contact=contact, url=url)
    outcome = watching.visit(finlex, number, year)
    lines = outcome.told + [f"! {problem}" for problem in outcome.problems]
    if settings.DEMO:
        lines += take_into_use(number, year)
    done = [*done, acts[0]]
    found = [list(decree) for decree in watching.decrees_under(number, year)]
    rest = acts[1:] + [one for one in found if one not in done and one not in acts]
    if rest:
        fetch.enqueue(rest, done, contact, url)
    return lines


def begin(contact: str, url: str = "") -> TaskResult:
    """Leave the acts of FINLEX_ACTS to the worker."""
    acts = [list(one) for one in watching.acts()]
    return fetch.enqueue(acts, [], contact, url or settings.FINLEX_URL or OPEN_DATA)


def take_into_use(number: int, year: int) -> list[str]:
    """The amendments of an act that are ready, in their order, as the demo's lawyer.

    Returns a line for each. Nothing outside demo mode, or without the demo's lawyer.
    """
    lawyer = User.objects.filter(email=email_of("lawyer")).first()
    if not settings.DEMO or lawyer is None:
        return []
    lines = []
    ready = IncomingAmendment.objects.filter(
        act__number=number, act__year=year, state=IncomingAmendment.State.READY
    )
    for one in ready.order_by("year", "number"):
        try:
            decisions.take_into_use(one, by=lawyer)
        except (BrokenFileError, decisions.NotReadyError, TransitionNotAllowed) as error:
            lines.append(f"! {one.reference}: not taken into use: {error}")
        else:
            logger.warning("taken_into_use_by_the_demos_lawyer", amendment=one.reference)
            lines.append(f"{one.reference}: taken into use by the demo's lawyer, unread.")
    return lines
