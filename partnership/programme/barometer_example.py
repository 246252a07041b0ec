"""An invented round of the barometer for a try-out, closed, and one that is open to invite to."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from numpy.random import default_rng

from .barometer import WHOLE_COUNTRY, Questionnaire, questionnaire
from .models import BarometerBox, BarometerRound
from .services.barometer import close_due, count

ANSWERS = 412
AGREE = {
    "known": (46, 34, 16, 4),
    "useful": (38, 36, 14, 12),
    "contacts": (41, 30, 21, 8),
    "cooperation": (30, 44, 19, 7),
    "practices": (24, 33, 31, 12),
    "concrete": (22, 41, 27, 10),
    "participation": (17, 36, 39, 8),
    "together": (28, 43, 22, 7),
}


def load() -> None:
    """Enter the two example rounds, once; the results of the closed one are those of any round."""
    if BarometerRound.objects.exists():
        return
    today = timezone.localdate()
    year = today.year
    with transaction.atomic():
        closed = BarometerRound.objects.create(
            name=str(year - 1),
            opens_on=today - timedelta(days=400),
            closes_on=today - timedelta(days=340),
            invited=1180,
            example=True,
        )
        BarometerBox.objects.create(round=closed, counts=invented(questionnaire()))
        BarometerRound.objects.create(
            name=str(year),
            opens_on=today - timedelta(days=5),
            closes_on=today + timedelta(days=40),
            example=True,
        )
    close_due()


def invented(asked: Questionnaire) -> dict[str, int]:
    """Counts of answers that nobody gave, the same each time."""
    chance = default_rng(2024)
    counts: dict[str, int] = {}
    for _each in range(ANSWERS):
        given = {}
        for question in asked.questions:
            keys = [option.key for option in question.options]
            weights = AGREE.get(question.key, tuple(range(len(keys) + 1, 1, -1)))
            if question.key == "region":
                weights = tuple(20 if key == WHOLE_COUNTRY else 12 for key in keys)
            shares = [weight / sum(weights) for weight in weights]
            given[question.key] = keys[int(chance.choice(len(keys), p=shares))]
        count(counts, asked, given)
    return dict(sorted(counts.items()))
