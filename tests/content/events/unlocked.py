"""The portal without the lock of events: what the proof of the crowd must notice.

Between reading what is free and giving it, a moment passes in any server; here it is made longer,
so that a small crowd shows in each run what a large one shows anyhow.
"""

import os
import time
from importlib import import_module

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

application = get_wsgi_application()
places = import_module("content.events.services.places")
free = places.free


def free_and_wait(event):
    """What is free, some time ago."""
    found = free(event)
    time.sleep(0.15)
    return found


places.lock = lambda *rows: None
places.free = free_and_wait
