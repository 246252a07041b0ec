"""How ready municipalities are: nobody is asked that yet, so what they have told is counted."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q

from partnership.authorities.models import AreaContact, IntegrationProgramme, Role
from portal.places.models import Area, Belonging


@dataclass(frozen=True)
class Told:
    """Of all municipalities, how many have a programme in force here, and how many a contact.

    `examples` is how many of these two are invented.
    """

    municipalities: int
    programmes: int
    contacts: int
    examples: int


def told(today: date) -> Told:
    """Counted by municipality, one of whose areas may have the programme: five queries."""
    municipalities = Area.objects.on(today).filter(kind=Area.Kind.MUNICIPALITY)
    in_force = IntegrationProgramme.objects.shown().filter(
        Q(valid_to=None) | Q(valid_to__gte=today), valid_from__lte=today
    )
    real = in_force.filter(example=False)
    contacts = AreaContact.objects.filter(role=Role.MUNICIPALITY)
    with_any, with_real = (_covered(municipalities, rows, today) for rows in (in_force, real))
    number = contacts.count()
    return Told(
        municipalities.count(),
        with_any,
        number,
        with_any - with_real + contacts.filter(example=True).count(),
    )


def _covered(municipalities, programmes, today: date) -> int:
    """How many municipalities have a programme of their own, or are in an area that has one."""
    own = programmes.filter(area=OuterRef("pk"))
    wholes = Belonging.objects.on(today).filter(
        part=OuterRef("pk"),
        whole__kind=Area.Kind.EMPLOYMENT_AREA,
        whole__in=programmes.values("area"),
    )
    return municipalities.filter(Exists(own) | Exists(wholes)).count()
