"""What decisions hold of people: who recorded one."""

from django.utils.translation import gettext_lazy as _

from portal.personal import Held, Personal

from .models import Decision

PERSONAL = Personal(
    Held(
        Decision,
        ("recorded_by",),
        stays=_("A decision is the area's and public; who recorded it goes."),
    )
)
