"""Pieces of the schedule that have no room of their own."""

from django.core.cache import cache
from django.core.management import call_command


def publish_scheduled() -> None:
    """Publish and unpublish what editors have given a time for (Wagtail's own command)."""
    call_command("publish_scheduled")


def clear_sessions() -> None:
    call_command("clearsessions")


def clear_counters() -> None:
    """Remove the counts whose time is over (portal/caching/counters.py)."""
    cache.clear_expired()
