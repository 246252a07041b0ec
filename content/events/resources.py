"""What events bring to the portal."""

from portal.resources import ResourceType, register

from .inbox import INBOX
from .models import Event
from .personal import PERSONAL

register(ResourceType("event", models=(Event,), can=(INBOX, PERSONAL)))
