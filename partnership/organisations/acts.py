"""Every line of the log says for which organisation the person acted.

People sign in, organisations act: each line about a row of the partnership's rooms has, beside who
did it, `organisation`: the key of the one that the person acted for, or None for what the programme
team and the schedule did. A room says by the capability `OnBehalf` whose matter its rows are; a
service that knows better, as for a report of one partner of several, says it in `data` itself.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.db.models.signals import pre_save
from wagtail.models import ModelLogEntry

from portal.resources import having

from .models import Representative

KEY = "organisation"


@dataclass(frozen=True)
class OnBehalf:
    """`of` has, for each model that is logged, what gives the keys of a row's organisations.

    The one that leads comes first: it is taken when the person acts for several of them.
    """

    of: Mapping[type[Model], Callable[[int], Iterable[int]]]


def organisation_of(model: type[Model], pk: int, user_pk: int | None) -> int | None:
    """For which of the organisations of a row the person acts, or None."""
    for room in having(OnBehalf).values():
        if user_pk is not None and model in room.of:
            concerned = list(room.of[model](pk))
            acting = Representative.objects.filter(user=user_pk, organisation__in=concerned)
            found = set(acting.values_list("organisation", flat=True))
            return next((one for one in concerned if one in found), None)
    return None


def is_ours(model: type[Model]) -> bool:
    return any(model in room.of for room in having(OnBehalf).values())


def complete(sender, instance: ModelLogEntry, raw: bool = False, **kwargs) -> None:
    """Add the organisation to a line that is about to be written."""
    if raw or instance.pk is not None or KEY in (instance.data or {}):
        return
    kind = ContentType.objects.get_for_id(instance.content_type_id).model_class()
    if kind is not None and is_ours(kind):
        found = organisation_of(kind, int(instance.object_id), instance.user_id)
        instance.data = {**(instance.data or {}), KEY: found}


def lead_on(gone: int, kept: int) -> None:
    """What was done for one organisation was done for another: the two records have become one."""
    for entry in ModelLogEntry.objects.filter(**{f"data__{KEY}": gone}):
        data = {**entry.data, KEY: kept}
        ModelLogEntry.objects.filter(pk=entry.pk).update(data=data)


def connect() -> None:
    """Called once, when the applications are ready."""
    pre_save.connect(complete, sender=ModelLogEntry, dispatch_uid="organisations.acts")
