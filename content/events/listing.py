"""Which events a reader asked for: the list, its filters, and a page of them."""

from dataclasses import dataclass
from functools import cached_property

from django import forms
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.caching.memory import remembered
from portal.errors import BadParameter
from portal.paging import page_of
from portal.places.models import Area
from portal.topics.models import Topic

from .models import Event, Way

PER_PAGE = 20


class Filters(forms.Form):
    """When, how, about what and where; `when` is empty for what comes."""

    when = forms.ChoiceField(
        label=_("When"),
        required=False,
        choices=[("", _("Coming")), ("past", _("Held")), ("recorded", _("Held, with a recording"))],
    )
    way = forms.ChoiceField(
        label=_("Way of taking part"),
        required=False,
        choices=[("", _("All")), *Way.Kind.choices],
    )
    topic = forms.ChoiceField(label=_("Theme"), required=False)
    area = forms.ChoiceField(label=_("Area"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._offer("topic", Topic)
        self._offer("area", Area)

    def _offer(self, name, model):
        offered = remembered(lambda: _used(model), f"{name}s-of-events")
        asked = self.data.get(name, "")
        self.fields[name].choices = [*offered, *_named(model, asked, offered)]


def _used(model: type[Topic] | type[Area]) -> list[tuple[str, str]]:
    """The themes or areas of some event, by name."""
    of_some = Event.objects.published().filter(**{f"{model.__name__.lower()}s": OuterRef("pk")})
    some = Exists(of_some)
    rows = [(row.key, row.name) for row in model.objects.filter(some)]
    return [("", str(_("All"))), *sorted(rows, key=lambda one: one[1].casefold())]


def _named(model: type[Topic] | type[Area], key: str, offered: list) -> list[tuple[str, str]]:
    """One that the address names and that no event has yet."""
    if key in dict(offered):
        return []
    return [(row.key, row.name) for row in model.objects.filter(key=key)]


@dataclass
class Listing:
    """The public events that match the parameters of an address."""

    request: HttpRequest

    @cached_property
    def filters(self) -> Filters:
        form = Filters(self.request.GET)
        if not form.is_valid():
            name = next(iter(form.errors))
            raise BadParameter(name, self.request.GET.get(name, ""))
        return form

    def narrowed(self, rows):
        """`rows` by way, theme and area; BadParameter for a value that there is not."""
        chosen = self.filters.cleaned_data
        if chosen["way"]:
            ways = Way.objects.filter(event=OuterRef("pk"), kind=chosen["way"])
            rows = rows.filter(Exists(ways))
        if chosen["topic"]:
            rows = rows.filter(topics__key=chosen["topic"])
        if chosen["area"]:
            rows = rows.filter(areas__key=chosen["area"])
        return rows

    @property
    def rows(self):
        """Those that come, the next first; those that were held, the last first."""
        when = self.filters.cleaned_data["when"]
        rows = Event.objects.published()
        if not when:
            rows = rows.filter(ends_at__gt=timezone.now()).order_by("starts_at", "pk")
        else:
            rows = rows.filter(ends_at__lte=timezone.now(), state=Event.State.PUBLISHED)
            rows = rows.order_by("-starts_at", "-pk")
        if when == "recorded":
            rows = rows.exclude(material_url="")
        return self.narrowed(rows)

    @property
    def page(self):
        """The page that the address asks for, with ways and areas: the same few queries."""
        page = page_of(self.rows.prefetch_related("areas"), self.request, PER_PAGE)
        page.object_list = with_ways(page.object_list)
        return page


def with_ways(events) -> list[Event]:
    """Events, each with its ways of taking part and how many places are held: one query more."""
    rows = list(events)
    ways: dict[int, list[Way]] = {}
    for way in Way.objects.filter(event__in=rows).counted():
        ways.setdefault(way.event_id, []).append(way)
    for row in rows:
        row.shown_ways = ways.get(row.pk, [])
    return rows
