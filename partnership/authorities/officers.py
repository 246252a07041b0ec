"""Who keeps what is said of an area: its own officers, and KEHA's people with the permission."""

from partnership.organisations.models import Organisation, Representative
from portal.places.models import Area, AreaQuerySet

from .models import AreaOfficer

KEEP = "authorities.keep_areacontact"


def keeps_all(user) -> bool:
    """One of KEHA's people who keep the contacts of every area."""
    return user.has_perm(KEEP)


def areas_of(user) -> AreaQuerySet:
    """The areas whose officer the person is; none for those who have not signed in.

    An officer is named by the owners of the organisation that stands for the area as its public
    body, and is one for as long as both hold. KEHA's people keep all areas and are officers of
    none: ask `may_edit` of one area.
    """
    if not user.is_authenticated:
        return Area.objects.none()
    officers = AreaOfficer.objects.standing().filter(user=user)
    return Area.objects.filter(pk__in=officers.values("area"))


def may_edit(user, area: Area) -> bool:
    """Whether the person keeps the area's contacts and programme, and records its decisions."""
    return keeps_all(user) or areas_of(user).filter(pk=area.pk).exists()


def standing_for(area: Area) -> Organisation | None:
    """The organisation that is the area's public body, if one has said so and was believed."""
    return Organisation.objects.filter(public_bodies__area=area).first()


def may_name(user, area: Area) -> bool:
    """Whether the person names the area's officers: an owner of what stands for it."""
    if not user.is_authenticated:
        return False
    owners = Representative.objects.owners().filter(user=user)
    return owners.filter(organisation__public_bodies__area=area).exists()
