"""What the page and the A4 of an area have of the law: what it asks of the area's authority."""

from functools import partial
from itertools import groupby
from typing import Any

from django.utils.translation import gettext_lazy as _

from law import impact_reviews
from portal.caching.memory import remembered
from portal.places.area_sections import AreaSection
from portal.places.models import Area
from portal.printing.richtext import Node

from .models import Duty
from .references import KEY

ON_PAPER = 9


def asked_of(area: Area, user) -> dict[str, Any] | None:
    """The duties of the authority of such an area, by the question they answer: one query.

    The same for all areas of a kind; None for kinds that have no authority of their own.
    """
    return remembered(partial(_asked_of, area.kind), "duties-of", area.kind)


def _asked_of(kind: str) -> dict[str, Any] | None:
    rows = Duty.objects.of_kind(kind).annotate(under_review=impact_reviews.under_review(KEY, "pk"))
    order = Duty.Question.values.index
    found = sorted(rows, key=lambda duty: order(duty.question))
    if not found:
        return None
    groups = [
        (Duty.Question(question), list(duties))
        for question, duties in groupby(found, key=lambda duty: duty.question)
    ]
    return {"groups": groups}


def on_paper(area: Area, variables: dict[str, Any]) -> list[Node]:
    """The sentences, each with its section."""
    duties = [duty for _q, group in variables["groups"] for duty in group if duty.on_paper]
    lines = [
        [{"kind": "text", "text": f"{duty.text} ({_whole(duty.section.label)})"}]
        for duty in duties[:ON_PAPER]
    ]
    return [{"kind": "list", "items": lines}]


def _whole(label: str) -> str:
    """So that no line ends within section 14 or 14 §."""
    return label.replace(" ", "\xa0")


SECTION = AreaSection(
    "law", _("What the law asks"), "law/duties/panel.html", asked_of, order=30, paper=on_paper
)
