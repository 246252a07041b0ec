"""The own link of a registration: it shows, and only the buttons on its page act."""

import uuid
from urllib.parse import urlencode

from django.conf import settings
from django.core import signing
from django.urls import reverse

from portal.languages import in_language

from .models import Registration

SALT = "portal.events.registration"


def own_path(registration: Registration) -> str:
    """The address of one's own registration in the active language, with its key."""
    key = signing.Signer(salt=SALT).sign(registration.key.hex)
    return f"{reverse('events:registration')}?{urlencode({'key': key})}"


def own(registration: Registration) -> str:
    """The same whole, in the language of the registration; in the query, which logs leave out."""
    with in_language(registration.language):
        return f"{settings.SITE_URL}{own_path(registration)}"


def found(key: str) -> Registration | None:
    """Whose key it is; None for one that was not made here, or whose registration is gone."""
    try:
        word = signing.Signer(salt=SALT).unsign(key)
    except signing.BadSignature:
        return None
    rows = Registration.objects.select_related("event", "way", "place", "needs")
    return rows.filter(key=uuid.UUID(word)).first()
