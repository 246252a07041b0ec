"""Who is in charge in an area: one line an authority, told or not."""

from dataclasses import dataclass, field

from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise

from portal.languages import alphabetical
from portal.places.models import Area, Belonging

from .models import KIND_OF, AreaContact, Role

MOST = 3  # authorities of one kind whose contacts a page shows; of more it names the areas
NAMED = ("key", "kind", "code", "name_fi", "name_sv", "name_en", "organised_as")


@dataclass
class Line:
    """One authority of an area; `contact` is None when nothing has been told."""

    role: Role
    area: Area
    contact: AreaContact | None = None

    @property
    def title(self) -> str | Promise:
        return self.role.label

    @property
    def is_alone(self) -> bool:
        """Whether the authority is one for the whole country, and needs no area's name."""
        return self.area.kind == Area.Kind.COUNTRY


@dataclass
class Group:
    """The authorities of one role: their lines, or the areas alone where they are many."""

    role: Role
    lines: list[Line] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)


def expected(areas) -> list[Line]:
    """The lines that there should be of these areas, in their order, without their contacts."""
    return [Line(role, area) for role in Role for area in areas if area.kind == KIND_OF[role]]


def authorities_of(area: Area) -> list[Area]:
    """The areas whose authorities are in charge in this one today: one query.

    Its own, those that it lies in, and those that its municipalities lie in. Of the country the
    country's own alone.
    """
    today = timezone.localdate()
    wholes = Belonging.objects.on(today).filter(
        Q(part=area) | Q(part__belongs_to__whole=area), whole__kind__in=set(KIND_OF.values())
    )
    in_charge = Q(pk=area.pk) | Q(kind=Area.Kind.COUNTRY)
    if area.kind != Area.Kind.COUNTRY:
        in_charge |= Q(pk__in=wholes.values("whole"))
    return alphabetical(Area.objects.on(today).filter(in_charge).only(*NAMED))


def with_contacts(lines: list[Line]) -> list[Line]:
    """The lines, with what has been told of them: one query."""
    areas = {line.area.pk for line in lines}
    rows = AreaContact.objects.filter(area__in=areas).select_related("lead")
    told = {(row.role, row.area_id): row for row in rows.defer("lead__map_path")}
    for line in lines:
        line.contact = told.get((line.role, line.area.pk))
    return lines


def who_is_in_charge(area: Area) -> list[Group]:
    """The authorities of an area by role; the same two queries for a village and the country."""
    groups = {role: Group(role) for role in Role}
    lines = expected(authorities_of(area))
    for line in lines:
        groups[line.role].lines.append(line)
    for group in groups.values():
        if len(group.lines) > MOST:
            group.areas = [line.area for line in group.lines]
            group.lines = []
    with_contacts([line for group in groups.values() for line in group.lines])
    return [group for group in groups.values() if group.lines or group.areas]
