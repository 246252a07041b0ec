"""What events hold of people: who takes part, what they need, and who answered a request."""

from django.utils.translation import gettext_lazy as _

from portal.personal import Held, Person, Personal

from .models import CalendarAddress, Event, Needs, Registration, Request
from .services import own

REGISTRATION = Held(Registration, ("email", "user"), hides=("key",))
NEEDS = Held(Needs, ("registration__email", "registration__user"))
REQUESTS = Held(Request, ("registration__email", "registration__user"))


def first(person: Person) -> None:
    """Places and offers of the person pass on before the registrations go."""
    rows = REGISTRATION.rows(person).filter(state__in=Registration.LIVE)
    for registration in rows.select_related("event"):
        own.give_up(registration)


PERSONAL = Personal(
    NEEDS,
    REQUESTS,
    REGISTRATION,
    Held(CalendarAddress, ("user",), hides=("key",)),
    Held(Event, ("contact_email",), stays=_("The address of the organiser of an event is public.")),
    Held(
        Request,
        ("decided_by",),
        stays=_("An answer to a participant stays; who gave it is taken off."),
        words=("answer",),
    ),
    first=first,
)
