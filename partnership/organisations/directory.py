"""The directory: members found by word, kind, area and theme, each choice with its count.

The members that match the words are read once with their areas and themes, and everything else is
counted from that, so that the cost is the same few queries however many there are and whatever
has been chosen.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _
from wagtail.images import get_image_model

from portal.errors import BadParameter
from portal.languages import alphabetical, current_language, sort_key
from portal.places.forms import AreaField
from portal.places.models import Area
from portal.topics.models import Topic

from .forms import NAMES
from .logos import LARGE, SMALL
from .models import Membership, Organisation
from .reach import Reach

A_PAGE = 20
FACETS = ("kind", "area", "topic")


@dataclass
class Entry:
    """What is counted of one member."""

    pk: int
    kind: str
    names: dict[str, str]
    areas: set[int] = field(default_factory=set)
    topics: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        return self.names[f"name_{current_language()}"] or self.names["name_fi"]


@dataclass(frozen=True)
class Shown:
    """A member as the list shows it; `wider` is the larger area because of which it is there."""

    organisation: Organisation
    areas: list[Area]
    topics: list[Topic]
    wider: Area | None


class Filters(forms.Form):
    """What the address asks for. Its choices carry how many members each would leave."""

    q = forms.CharField(
        label=_("Name or word"), max_length=100, required=False, widget=forms.SearchInput
    )
    kind = forms.ChoiceField(label=_("Kind of organisation"), required=False)
    area = AreaField(label=_("Area"), required=False)
    topic = forms.ChoiceField(label=_("Theme"), required=False)

    def __init__(self, data, areas, **choices):
        super().__init__(data)
        self.fields["area"].offer(areas)
        for name, words in choices.items():
            self.fields[name].choices = words


class Directory:
    """The members that a reader sees for the parameters of an address.

    BadParameter for a kind, area, theme or page that there is not, and for words too long to be a
    search.
    """

    def __init__(self, parameters, user):
        self.parameters, self.user = parameters, user
        self.words = parameters.get("q", "").strip()
        if len(self.words) > 100:
            raise BadParameter("q", self.words)
        self.reach = Reach.of_all()
        self.topics = {topic.key: topic for topic in Topic.objects.all()}
        self.kind = self._one_of("kind", Organisation.Kind.values)
        self.topic = self._one_of("topic", self.topics)
        self.area = self._area()

    def _one_of(self, name: str, allowed: Iterable[str]) -> str:
        value = self.parameters.get(name, "")
        if value and value not in allowed:
            raise BadParameter(name, value)
        return value

    def _area(self) -> Area | None:
        key = self.parameters.get("area", "")
        if not key:
            return None
        for area in self.reach.areas.values():
            if area.key == key:
                return area
        raise BadParameter("area", key)

    @cached_property
    def entries(self) -> list[Entry]:
        """Every visible member that has the words, in the order of the alphabet."""
        rows = Organisation.objects.visible_to(self.user).listed().mentioning(self.words)
        entries: dict[int, Entry] = {}
        for pk, kind, *names, area in rows.order_by().values_list("pk", "kind", *NAMES, "areas"):
            entry = entries.setdefault(pk, Entry(pk, kind, dict(zip(NAMES, names, strict=True))))
            if area in self.reach.areas:
                entry.areas.add(area)
        pairs = Organisation.topics.through.objects.filter(organisation__in=rows.values("pk"))
        for pk, topic in pairs.values_list("organisation_id", "topic__key"):
            if pk in entries:
                entries[pk].topics.add(topic)
        return alphabetical(entries.values())

    def _conditions(self) -> dict[str, Callable[[Entry], bool]]:
        conditions: dict[str, Callable[[Entry], bool]] = {}
        if self.kind:
            conditions["kind"] = lambda entry: entry.kind == self.kind
        if self.topic:
            conditions["topic"] = lambda entry: self.topic in entry.topics
        if self.area:
            near = self.reach.near(self.area.pk)
            conditions["area"] = lambda entry: bool(entry.areas & near)
        return conditions

    def matching(self, apart_from: str = "") -> list[Entry]:
        """Entries that meet every condition, or every one but the facet's own."""
        asked = [test for name, test in self._conditions().items() if name != apart_from]
        return [entry for entry in self.entries if all(test(entry) for test in asked)]

    @cached_property
    def filters(self) -> Filters:
        """The form, with the choices that some member has and the one that has been made."""
        return self.filled({name: self.parameters.get(name, "") for name in FACETS})

    def filled(self, choices: Mapping[str, str]) -> Filters:
        """The form with these choices, which need not be those that the members were chosen by."""
        return Filters(
            {"q": self.words, **choices},
            kind=self._kinds(),
            areas=self.reach.areas.values(),
            topic=self._topics(),
        )

    def _kinds(self):
        counts = Counter(entry.kind for entry in self.matching("kind"))
        return [
            ("", _("All kinds")),
            *(
                (kind.value, f"{kind.label} ({counts[kind]})")
                for kind in Organisation.Kind
                if counts[kind] or kind == self.kind
            ),
        ]

    def _topics(self):
        counts = Counter(key for entry in self.matching("topic") for key in entry.topics)
        return [
            ("", _("All themes")),
            *(
                (key, f"{topic.name} ({counts[key]})")
                for key, topic in self.topics.items()
                if counts[key] or key == self.topic
            ),
        ]

    @cached_property
    def page(self):
        """One page of organisations, ready to be shown."""
        found = self.matching()
        paginator = Paginator([entry.pk for entry in found], A_PAGE)
        number = self.parameters.get("page", "1")
        if not number.isascii() or not number.isdigit() or int(number) not in paginator.page_range:
            raise BadParameter("page", number)
        page = paginator.page(int(number))
        by_pk = {entry.pk: entry for entry in found}
        rows = with_logos(Organisation.objects.all()).in_bulk(list(page.object_list))
        page.object_list = [self._shown(rows[pk], by_pk[pk]) for pk in page.object_list]
        return page

    def _shown(self, organisation: Organisation, entry: Entry) -> Shown:
        areas = [self.reach.areas[pk] for pk in entry.areas]
        return Shown(
            organisation,
            areas=sorted(
                areas, key=lambda area: (Area.CHOOSABLE.index(area.kind), sort_key(area.name))
            ),
            topics=[topic for key, topic in self.topics.items() if key in entry.topics],
            wider=self.reach.coming_from(self.area.pk, entry.areas) if self.area else None,
        )


def embedded(parameters):
    """Members for a frame on another site's page, narrowed as the directory is."""
    found = Directory(parameters, AnonymousUser())
    names = [one.name for one in (found.area, found.topics.get(found.topic)) if one]
    return {"found": found.page.object_list, "narrowed": names}


def with_logos(organisations):
    """Organisations with their logos and the sizes that pages show, in one further query."""
    sizes = get_image_model().get_rendition_model().objects.filter(filter_spec__in=(SMALL, LARGE))
    return organisations.select_related("logo").prefetch_related(
        Prefetch("logo__renditions", queryset=sizes, to_attr="prefetched_renditions")
    )


def found_by(area: Area, user, limit: int) -> tuple[int, list[tuple[Organisation, Area | None]]]:
    """How many members an area is served by, and the first of them: its own before the wider ones.

    Each comes with the wider area because of which it is there, or None if it works in the area.
    """
    reach = Reach.of(area)
    pairs = Organisation.areas.through.objects.filter(
        area__in=reach.near(area.pk),
        organisation__in=Organisation.objects.visible_to(user).listed(),
    ).values_list("organisation_id", "area_id")
    where: dict[int, set[int]] = defaultdict(set)
    for organisation, place in pairs:
        where[organisation].add(place)
    named = Organisation.objects.filter(pk__in=where).order_by("pk").only("pk", *NAMES)
    found = [(row, reach.coming_from(area.pk, where[row.pk])) for row in named]
    found.sort(key=lambda pair: (pair[1] is not None, sort_key(pair[0].name)))
    rows = with_logos(Organisation.objects.all()).in_bulk([row.pk for row, _wider in found[:limit]])
    return len(found), [(rows[row.pk], wider) for row, wider in found[:limit]]


def member_since(organisation: Organisation):
    """When the organisation became a member; None if it is not one."""
    rows = Membership.objects.active().filter(organisation=organisation)
    membership = rows.order_by("pk").first()  # by day SQLite would look through those of all
    return membership.decided_at if membership else None
