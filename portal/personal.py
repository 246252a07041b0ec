"""What the portal holds of a person: each room states it, and here it is given out and erased.

    ResourceType(
        "feedback",
        can=(
            Personal(
                Held(Feedback, ("email",)),
                Held(Feedback, ("closed_by",), stays=_("An answer of the service: …")),
            ),
        ),
    )

A model with a key to a person or an e-mail address has a `Held` that names the field: what is not
stated is found by `unstated`, and a test fails by its name.
"""

import base64
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Cast
from django.utils.functional import Promise

from portal.resources import having

FORMAT = "portal-person"
VERSION = 1
ACTING_AS = "acting_as"  # in a line of the log: the role of who did it, who is gone
GONE = "…"  # what stands where a person was named


class MayNotGo(Exception):
    """The person has to do something first; `reasons` says what, each a sentence for people."""

    def __init__(self, reasons: list[str]):
        self.reasons = reasons
        super().__init__("; ".join(map(str, reasons)))


@dataclass(frozen=True)
class Person:
    """Somebody that the portal knows: by an account, or by an address alone.

    `addresses` are in lower case, and only those that are known to be the person's own.
    """

    user: Any  # accounts.User, which stands above this module, or None
    addresses: tuple[str, ...]

    @property
    def names(self) -> list[str]:
        """What names them in a text: their addresses, and first and last name together."""
        first = getattr(self.user, "first_name", "").strip()
        last = getattr(self.user, "last_name", "").strip()
        return [*self.addresses, *([f"{first} {last}"] if first and last else [])]


@dataclass(frozen=True)
class Held:
    """What a model holds of a person, by the fields `by`: keys to the account, or addresses.

    The rows go with the person, unless `stays` says why they stay without one; `clears` are then
    emptied besides. Of rows that go, all but `hides` stands in the export; of rows that stay, what
    is cleared, what the person said (`words`), and the days. A field of another model is named as
    lookups do (`follower__user`). Where the row's field `hides_where` is false, nothing is hidden.
    """

    model: type[models.Model]
    by: tuple[str, ...]
    stays: str | Promise = ""
    clears: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    hides: tuple[str, ...] = ()
    hides_where: str = ""

    def rows(self, person: Person) -> QuerySet:
        every = self.model._base_manager.all()
        if self.model is get_user_model():
            return every.filter(pk=person.user.pk) if person.user else every.none()
        found = Q(pk__in=[])
        for name in self.by:
            found |= self._of(name, person)
        return every.filter(pk__in=every.filter(found).values("pk"))

    def exported(self, person: Person) -> list[dict[str, Any]]:
        """The rows as JSON can have them, the oldest first."""
        fields = [field for field in self.model._meta.concrete_fields if self._is_shown(field)]
        keys = [f.name for f in fields if f.is_relation]
        rows = self.rows(person).order_by("pk").select_related(*keys)
        return [
            {
                field.name: _shown(field, row, person)
                for field in fields
                if not (self.hides_where and getattr(row, self.hides_where))
                or field.name not in self.hides
            }
            for row in rows
        ]

    def erase(self, person: Person) -> None:
        """The rows go, with their files; or they stay, without the person."""
        rows = self.rows(person)
        if not self.stays:
            for field in self.model._meta.concrete_fields:
                if isinstance(field, models.FileField):
                    _forget_files(field, rows)
            rows.delete()
            return
        if self.clears:
            rows.update(**{name: _empty(self._field(name)) for name in self.clears})
        for name in self.by:
            field = self._field(name)
            if isinstance(field, models.ManyToManyField):
                through: Any = field.remote_field.through
                own = {field.m2m_reverse_field_name(): person.user}
                if person.user:
                    through._base_manager.filter(**own).delete()
            else:
                mine = self.model._base_manager.filter(self._of(name, person))
                mine.update(**{name: _empty(field)})

    def _of(self, name: str, person: Person) -> Q:
        model: Any = self.model
        *way, last = name.split("__")
        for step in way:
            model = model._meta.get_field(step).related_model
        if model._meta.get_field(last).is_relation:
            return Q(**{name: person.user.pk}) if person.user else Q(pk__in=[])
        found = Q(pk__in=[])
        for address in person.addresses:
            found |= Q(**{f"{name}__iexact": address})
        return found

    def _field(self, name: str) -> Any:
        return self.model._meta.get_field(name)

    def _is_shown(self, field: models.Field) -> bool:
        if not self.stays:
            return bool(self.hides_where) or field.name not in self.hides
        told = (*self.by, *self.clears, *self.words)
        return field.primary_key or field.name in told or isinstance(field, models.DateField)


@dataclass(frozen=True)
class Mentioned:
    """Texts of a model that may name a person among others: the name and the addresses go."""

    model: type[models.Model]
    fields: tuple[str, ...]

    def erase(self, person: Person) -> None:
        for word in person.names:
            for name in self.fields:
                self._take_out(word, name)

    def _take_out(self, word: str, name: str) -> None:
        # JSON is kept escaped by one database and as it is by the other.
        as_text = Cast(F(name), models.TextField())
        rows = self.model._base_manager.annotate(searched=as_text).filter(
            Q(searched__icontains=word) | Q(searched__icontains=json.dumps(word)[1:-1])
        )
        pattern = re.compile(re.escape(word), re.IGNORECASE)
        for pk, value in rows.values_list("pk", name):
            self.model._base_manager.filter(pk=pk).update(**{name: _without(pattern, value)})


class Personal:
    """The capability of a resource that holds something of people.

    `first(person)` runs before anything goes, for what a room has to say or to end in good time;
    `refuses(person)` returns what the person has to do before they can be erased.
    """

    def __init__(
        self,
        *holds: Held | Mentioned,
        first: Callable[[Person], Any] = lambda person: None,
        refuses: Callable[[Person], list[str]] = lambda person: [],
    ):
        self.held = [one for one in holds if isinstance(one, Held)]
        self.mentioned = [one for one in holds if isinstance(one, Mentioned)]
        self.first, self.refuses = first, refuses


@dataclass(frozen=True)
class Line:
    """A line of what is held of a person: what it is, how many, and why it stays if it does."""

    resource: str
    name: str | Promise
    count: int
    stays: str | Promise


def stated() -> Iterator[tuple[str, Held]]:
    """All that the rooms state, with the key of the resource."""
    for key, personal in having(Personal).items():
        for held in personal.held:
            yield key, held


def summary(person: Person) -> list[Line]:
    """What there is of a person, what goes first."""
    lines = [
        Line(key, held.model._meta.verbose_name_plural or "", count, held.stays)
        for key, held in stated()
        if (count := held.rows(person).count())
    ]
    return sorted(lines, key=lambda line: bool(line.stays))


def export(person: Person) -> dict[str, Any]:
    """All that there is of a person, as JSON: {"format", "version", "addresses", "held": […]}.

    Each of `held` has the resource, the model, whether it goes with the account (`stays` says why
    not), and its rows. Other people's names, keys and hashes of passwords are left out.
    """
    held = [
        {
            "resource": key,
            "model": one.model._meta.label,
            "name": str(one.model._meta.verbose_name_plural),
            "stays": str(one.stays),
            "rows": rows,
        }
        for key, one in stated()
        if (rows := one.exported(person))
    ]
    document = {
        "format": FORMAT,
        "version": VERSION,
        "addresses": list(person.addresses),
        "held": held,
    }
    return json.loads(json.dumps(document, cls=DjangoJSONEncoder))


def refusals(person: Person) -> list[str]:
    """What the person has to do before they can be erased; empty when nothing."""
    return [reason for one in having(Personal).values() for reason in one.refuses(person)]


@transaction.atomic
def erase(person: Person) -> list[Line]:
    """Take a person out of the portal, whole or not at all; what was held, as `summary` says it.

    MayNotGo when a room refuses. What is left names nobody: rows that stay say why by their Held.
    """
    if reasons := refusals(person):
        raise MayNotGo(reasons)
    lines = summary(person)
    rooms = having(Personal).values()
    for room in rooms:
        room.first(person)
    # The account goes after all that has a key to it, and what is found by the name after that.
    every = [held for _key, held in stated()]
    for held in sorted(every, key=lambda one: one.model is get_user_model()):
        held.erase(person)
    for mentioned in (one for room in rooms for one in room.mentioned):
        mentioned.erase(person)
    return lines


def unstated() -> list[str]:
    """The fields that lead to a person and that no room states: `app.Model.field`."""
    known = {(held.model, name) for _key, held in stated() for name in held.by}
    return [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models(include_auto_created=False)
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many)
        if _leads_to_a_person(field) and (model, field.name) not in known
    ]


def _leads_to_a_person(field: models.Field) -> bool:
    if isinstance(field, models.EmailField):
        return True
    return field.is_relation and field.related_model is apps.get_model(settings.AUTH_USER_MODEL)


def _empty(field: models.Field) -> Any:
    if field.null:
        return None
    return field.get_default() if field.has_default() else ""


def _shown(field: models.Field, row: models.Model, person: Person) -> Any:
    value = field.value_from_object(row)
    if field.is_relation and value is not None:
        related = getattr(row, field.name)
        if isinstance(related, get_user_model()):
            return str(related) if person.user and related.pk == person.user.pk else None
        return str(related)
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(value).decode()
    return str(value) if isinstance(field, models.FileField) else value


def _forget_files(field: models.FileField, rows: QuerySet) -> None:
    for name in rows.exclude(**{field.name: ""}).values_list(field.name, flat=True):
        if name:
            transaction.on_commit(partial(field.storage.delete, name))


def _without(pattern: re.Pattern[str], value: Any) -> Any:
    """The value with what the pattern finds taken out, however deep it stands."""
    if isinstance(value, str):
        return pattern.sub(GONE, value)
    if isinstance(value, dict):
        return {_without(pattern, key): _without(pattern, each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_without(pattern, each) for each in value]
    return value
