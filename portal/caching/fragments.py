"""The cache of what pages are made of: it may be lost, and in its own time it forgets.

Django's `cache` is not this one: it counts what is limited (portal/caching/counters.py).
"""

from django.core.cache import caches
from django.utils.connection import ConnectionProxy

cache = ConnectionProxy(caches, "fragments")
