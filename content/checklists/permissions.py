"""Who may do what to an own checklist: the people of its organisation."""

from django.db.models import QuerySet

from partnership.authorities.officers import areas_of
from partnership.organisations.models import Organisation, Representative
from partnership.organisations.permissions import acts_for, can_edit, can_manage
from portal.places.models import Area

from .models import OwnChecklist

KINDS = (Area.Kind.MUNICIPALITY, Area.Kind.EMPLOYMENT_AREA)


def may_read(user, own: OwnChecklist) -> bool:
    """Everybody when its owner says so; the colleagues of its organisation always."""
    return own.public or acts_for(user, own.organisation)


def may_answer(user, own: OwnChecklist) -> bool:
    return can_edit(user, own.organisation)


def may_share(user, own: OwnChecklist) -> bool:
    return can_manage(user, own.organisation)


def may_sign(user, own: OwnChecklist) -> bool:
    """The officer of its area; of a checklist without an area, an owner of the organisation."""
    if own.area_id is None:
        return can_manage(user, own.organisation)
    return areas_of(user).filter(pk=own.area_id).exists() and acts_for(user, own.organisation)


def organisations_of(user) -> QuerySet[Organisation]:
    """Those for which the person writes."""
    if not user.is_authenticated:
        return Organisation.objects.none()
    editing = Representative.objects.editors().filter(user=user)
    return Organisation.objects.filter(pk__in=editing.values("organisation"))


def own_of(user) -> QuerySet[OwnChecklist]:
    """The own checklists of the organisations that the person acts for."""
    if not user.is_authenticated:
        return OwnChecklist.objects.none()
    acting = Representative.objects.filter(user=user)
    return OwnChecklist.objects.filter(organisation__in=acting.values("organisation"))


def choices(user) -> list[tuple[str, str]]:
    """For whom the person may open one: an organisation, or an area that it stands for."""
    found = []
    for row in organisations_of(user):
        found.append((f"{row.pk}", row.name))
        areas = Area.objects.filter(kind__in=KINDS, pk__in=row.public_bodies.values("area"))
        found += [(f"{row.pk}-{area.pk}", f"{area.name} ({row.name})") for area in areas]
    return found
