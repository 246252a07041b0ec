"""What an organisation's owners say of it themselves."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.log_actions import log
from wagtail.models import Collection

from partnership.organisations import following
from partnership.organisations.logos import LARGE, SMALL, Logo
from partnership.organisations.models import Contact, Organisation
from portal.accounts.models import User
from portal.concurrency import Stale
from portal.places.models import Area
from portal.topics.models import Topic

LOGOS = "Logos of organisations"


@transaction.atomic
def edit(
    organisation: Organisation,
    *,
    by: User,
    fields: Iterable[str],
    seen: int,
    areas: Iterable[Area],
    topics: Iterable[Topic],
) -> None:
    """Save the named fields of a profile, its areas and its themes; that confirms the entry too.

    `seen` is the version that the person opened; Stale if another has been saved since.
    """
    locked = (
        Organisation.objects.select_for_update().only("version", "name_fi").get(pk=organisation.pk)
    )
    if locked.version != seen:
        raise Stale(locked)
    organisation.version = seen + 1
    organisation.confirmed_at, organisation.hidden_at = timezone.now(), None
    organisation.save(update_fields=[*fields, "version", "confirmed_at", "hidden_at"])
    organisation.areas.set(areas)
    organisation.topics.set(topics)
    if organisation.name_fi != locked.name_fi:
        following.renamed(organisation, locked.name_fi)
    log(organisation, "organisations.edit", user=by, data={"fields": sorted(fields)})


@transaction.atomic
def change_contacts(organisation: Organisation, *, by: User, contacts: Iterable[Contact]) -> None:
    """Put these contacts in the place of those there are; that confirms the entry."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    kept = list(contacts)
    organisation.contacts.all().delete()
    for contact in kept:
        contact.pk, contact.organisation = None, organisation
        contact.save(force_insert=True)
    organisation.confirmed_at, organisation.hidden_at = timezone.now(), None
    organisation.save(update_fields=["confirmed_at", "hidden_at"])
    log(organisation, "organisations.contacts", user=by)


@transaction.atomic
def change_logo(organisation: Organisation, *, by: User, logo: Logo | None) -> None:
    """Put a checked logo in the place of the one there is, or take it away; the old file goes."""
    old = organisation.logo
    image = None
    if logo:
        image = get_image_model().objects.create(
            title=str(organisation),
            file=logo.file,
            width=logo.width,
            height=logo.height,
            collection=_collection(),
            uploaded_by_user=by,
        )
        image.get_renditions(SMALL, LARGE)
    organisation.logo = image
    organisation.save(update_fields=["logo"])
    if old:
        old.delete()
    log(organisation, "organisations.logo", user=by)


def _collection() -> Collection:
    """Where logos are kept, apart from the editors' pictures."""
    found = Collection.objects.filter(name=LOGOS).first()
    return found or Collection.get_first_root_node().add_child(name=LOGOS)
