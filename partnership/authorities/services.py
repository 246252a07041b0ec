"""What happens to contacts, officers and integration programmes; each event is in the log."""

from django.core.files import File
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from partnership.organisations.models import Organisation, Representative
from portal.accounts.models import User
from portal.concurrency import compare
from portal.media import attachments
from portal.places.models import Area

from . import letters
from .models import AreaContact, AreaOfficer, IntegrationProgramme
from .officers import standing_for


class NotTheirs(Exception):
    """The person does not act for the organisation that stands for the area."""


@transaction.atomic
def tell(contact: AreaContact, *, by: User, seen: str | None = None) -> AreaContact:
    """Save what a checked form has put into a contact, told for the first time or anew, as checked
    today. `seen` is the token of what was read; Stale when something else has been saved since.
    """
    if contact.pk:
        compare(AreaContact.objects.select_for_update().get(pk=contact.pk), seen)
    contact.checked_on, contact.example = timezone.localdate(), False
    contact.save()
    log(contact, "authorities.tell", user=by, data={"words": str(contact.name_fi)})
    return contact


@transaction.atomic
def check(contact: AreaContact, *, by: User) -> None:
    """Somebody who keeps it says that it still holds today."""
    contact.checked_on = timezone.localdate()
    contact.save(update_fields=["checked_on"])
    log(contact, "authorities.check", user=by)


@transaction.atomic
def name(area: Area, user: User, *, by: User) -> AreaOfficer:
    """Make one of the people of the area's public body its officer; a letter tells them.

    NotTheirs when no organisation stands for the area, or the person does not act for it.
    """
    organisation = standing_for(area)
    acting = Representative.objects.filter(organisation=organisation, user=user)
    if organisation is None or not acting.exists():
        raise NotTheirs
    officer, made = AreaOfficer.objects.update_or_create(
        area=area, user=user, defaults={"organisation": organisation, "named_by": by}
    )
    if made:
        letters.named(officer)
        log(officer, "authorities.name", user=by)
    return officer


@transaction.atomic
def remove(officer: AreaOfficer, *, by: User) -> None:
    """The person keeps the area no longer."""
    log(officer, "authorities.remove", user=by)
    officer.delete()


@transaction.atomic
def add_programme(
    area: Area, upload: File, *, by: User, owner: Organisation | None, **words
) -> IntegrationProgramme:
    """Keep a programme's document, private for now; `upload` has passed an AttachmentField."""
    programme = IntegrationProgramme.objects.create(
        area=area, organisation=owner, attachment=attachments.keep(upload), by=by, **words
    )
    log(programme, "authorities.add_programme", user=by)
    return programme


@transaction.atomic
def show(programme: IntegrationProgramme, *, by: User) -> None:
    """Let everybody read it, on the page of its area."""
    programme.shown_at = timezone.now()
    programme.save(update_fields=["shown_at"])
    log(programme, "authorities.show_programme", user=by)


@transaction.atomic
def hide(programme: IntegrationProgramme, *, by: User) -> None:
    """Take it back from readers; those who keep the area still have it."""
    programme.shown_at = None
    programme.save(update_fields=["shown_at"])
    log(programme, "authorities.hide_programme", user=by)


@transaction.atomic
def drop(programme: IntegrationProgramme, *, by: User) -> None:
    """Delete the document, with its file."""
    log(programme, "authorities.drop_programme", user=by)
    file = programme.attachment
    programme.delete()
    attachments.remove(file)
