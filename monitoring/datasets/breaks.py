"""Breaks in a series: announced, worded anew and taken away, each change with its history."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from monitoring.indicators import periods
from portal.accounts.models import User

from .models import Break, Dataset

TEXTS = ("text_fi", "text_sv", "text_en")


@transaction.atomic
def save(
    dataset: Dataset, one: Break | None, *, period: str, texts: Mapping[str, str], by: User
) -> Break:
    """A break from a period on, new or the one that there is; it may lie ahead.

    Raises ValidationError for a period that the dataset cannot have, and for a second break in it.
    """
    Dataset.objects.select_for_update().get(pk=dataset.pk)
    found = periods.parse(period.strip(), dataset.period)
    if found is None:
        raise ValidationError({"period": _("A period as the dataset has them is expected.")})
    others = dataset.breaks.filter(time=found.position)
    if one is not None:
        others = others.exclude(pk=one.pk)
    if others.exists():
        raise ValidationError({"period": _("There is a break at this period already.")})
    before = _told(one) if one else {}
    row = one or Break(dataset=dataset)
    row.time = found.position
    for name in TEXTS:
        setattr(row, name, texts[name])
    row.save()
    if _told(row) != before:
        data = {"break": _told(row), "before": before}
        log(dataset, "datasets.break", user=by, data=data)
    return row


@transaction.atomic
def remove(one: Break, *, by: User) -> None:
    """Take a break away that was none; what it said stays in the history."""
    log(one.dataset, "datasets.break", user=by, data={"break": {}, "before": _told(one)})
    one.delete()


def _told(one: Break) -> dict[str, str]:
    return {"period": str(one.period), **{name: getattr(one, name) for name in TEXTS}}
