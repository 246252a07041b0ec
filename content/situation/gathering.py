"""What the page tells, gathered from every room: a fixed number of queries, once in a version."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from content.questions.figures import MONTH, Figures, figures
from content.questions.models import Question
from law import coming
from monitoring.areas.figures import AreaFigure, headline_figures
from monitoring.charts.figures import Figure
from monitoring.datasets import on_map
from monitoring.datasets.models import Dataset
from partnership.commitments.models import Commitment
from partnership.commitments.sections import with_levels
from portal.caching.memory import remembered, views
from portal.places.models import Area

from . import readiness

MOST_CHANGES, MOST_THEMES, MOST_COMMITMENTS = 3, 3, 3


@dataclass(frozen=True)
class Said:
    """A figure of the country in one sentence, its trend, and what to be careful of."""

    figure: AreaFigure
    cautions: list[str]

    @property
    def trend(self) -> str:
        """The verdict of the published rule; "" where a break forbids one, which is a caution."""
        return "" if self.figure.broken else self.figure.movement_words


@dataclass(frozen=True)
class Situation:
    """All of the page, in the language of the reader.

    `this_month` says that questions were answered in the last thirty days; else `questions` are
    the figures of a year.
    """

    day: date
    country: Area | None
    figures: list[Said]
    map: Figure | None
    map_url: str
    map_dataset: Dataset | None
    changes: list[coming.Next]
    readiness: readiness.Told
    questions: Figures
    this_month: bool
    commitments: list[Commitment]

    @property
    def has_examples(self) -> bool:
        """Whether any figure or commitment on the page is invented."""
        shown = [one.figure.example for one in self.figures]
        shown += [one.example for one in self.commitments]
        shown.append(bool(self.readiness.examples))
        return any(shown) or bool(self.map_dataset and self.map_dataset.example)

    @property
    def themes(self) -> list[tuple[str, int]]:
        """What the questions were about most, with how many."""
        return [(topic.name, number) for topic, number in self.questions.by_topic[:MOST_THEMES]]


def situation() -> Situation:
    """What is known now, remembered until anything that is shown changes, or the day does."""
    today = timezone.localdate()
    return remembered(lambda: _gather(today), "situation", today, memory=views)


def _gather(today: date) -> Situation:
    country = Area.objects.filter(kind=Area.Kind.COUNTRY).defer("map_path").first()
    found = headline_figures(country, beside=()) if country else []
    drawn = on_map.usual()
    asked = Question.objects.all()
    of_month = figures(asked, period=MONTH)
    newest = Commitment.objects.public().filter(published_at__isnull=False)
    return Situation(
        day=today,
        country=country,
        figures=[Said(one, _cautions(one)) for one in found],
        map=drawn[1] if drawn else None,
        map_url=on_map.address(drawn[0]) if drawn else "",
        map_dataset=drawn[0] if drawn else None,
        changes=coming.next_changes(today)[:MOST_CHANGES],
        readiness=readiness.told(today),
        questions=of_month if of_month.answered else figures(asked),
        this_month=bool(of_month.answered),
        commitments=with_levels(
            newest.select_related("organisation").order_by("-published_at", "-pk")[
                :MOST_COMMITMENTS
            ]
        ),
    )


def _cautions(figure: AreaFigure) -> list[str]:
    """What a reader must know before quoting: corrections and breaks before limits."""
    found = []
    if figure.revised_words:
        found.append(figure.revised_words)
    if figure.is_provisional:
        found.append(_("provisional"))
    if figure.broken is not None:
        found.append(figure.broken.text)
    if figure.limits:
        found.append(figure.limits)
    return found
