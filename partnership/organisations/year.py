"""An organisation's year, for its own board: the same words on a page and as PDF.

Rooms say what of it is theirs:

    YearPart("commitments", _("Commitments"), "commitments/year.html", context)
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from portal.printing import render, richtext
from portal.resources import having

from .models import Organisation
from .models.people import Role


@dataclass(frozen=True)
class YearPart:
    """A part of an organisation's year: an anchor, a heading, a template and its variables.

    `context(organisation, year)` returns the variables, or None when there is nothing to tell. The
    template has what `portal.printing.richtext.of_html` takes, with headings from h3.
    """

    anchor: str
    title: str | Promise
    template: str
    context: Callable[[Organisation, int], dict[str, Any] | None]


@dataclass(frozen=True)
class OurYear:
    """The year in the reader's language; each part is (anchor, heading, HTML)."""

    organisation: Organisation
    year: int
    parts: list[tuple[str, str, SafeString]]

    @property
    def title(self) -> str:
        return _("Our year %(year)s") % {"year": self.year}

    @property
    def day(self) -> str:
        """Until which day it tells."""
        return date_format(timezone.localdate(), "DATE_FORMAT")

    def as_pdf(self) -> bytes:
        """The same as PDF/UA. MissingGlyphs as `portal.printing.render` raises it."""
        parts = [(title, html) for _anchor, title, html in self.parts]
        whole = format_html_join("", "<h2>{}</h2>{}", parts)
        return render(
            "sheet",
            {
                "title": f"{self.organisation.name}: {self.title}",
                "author": _("Integration Partnership Programme"),
                "day": self.day,
                "source": _("From the portal, as it stood on %(day)s.") % {"day": self.day},
                "body": richtext.of_html(whole),
            },
            get_language() or "fi",
        )


def our_year(organisation: Organisation, year: int) -> OurYear:
    """What each room has to tell of the organisation's year, in the reader's language."""
    parts = []
    for part in having(YearPart).values():
        variables = part.context(organisation, year)
        if variables is not None:
            html = render_to_string(part.template, variables | {"year": year})
            parts.append((part.anchor, str(part.title), html))
    return OurYear(organisation, year, parts)


def days_of(year: int) -> tuple[datetime, datetime]:
    """When a year begins and when the next one does, in Finland."""
    first, after = (
        timezone.make_aware(datetime(number, 1, 1), timezone.get_default_timezone())
        for number in (year, year + 1)
    )
    return first, after


def years_of(organisation: Organisation) -> list[int]:
    """The years that there is anything to tell of, the newest first."""
    since = timezone.localtime(organisation.created_at).year
    return list(range(timezone.localdate().year, since - 1, -1))


def of_organisation(organisation: Organisation, year: int) -> dict[str, Any]:
    """Its membership with what happened to it in the year, and its people as they are now."""
    first, after = days_of(year)
    membership = organisation.memberships.order_by("-applied_at", "-pk").first()
    happened = [
        (words, moment)
        for words, moment in _moments(membership)
        if moment is not None and first <= moment < after
    ]
    people = sorted(
        organisation.representatives.select_related("user"),
        key=lambda one: (Role.values.index(one.role), str(one.user)),
    )
    return {
        "membership": membership,
        "happened": happened,
        "people": people,
        "joined": sum(first <= one.since < after for one in people),
    }


def _moments(membership) -> list[tuple[str, datetime | None]]:
    if membership is None:
        return []
    return [
        (_("The application was sent"), membership.applied_at),
        (_("The application was decided"), membership.decided_at),
        (_("The membership lapsed"), membership.lapsed_at),
        (_("The membership ended"), membership.ended_at),
    ]


MEMBERSHIP = YearPart(
    "membership",
    gettext_lazy("Membership and people"),
    "organisations/year_membership.html",
    of_organisation,
)
