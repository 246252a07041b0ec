"""A small event with both ways of taking part."""

import pytest

from content.events.models import Way
from content.events.services import registering
from portal.mail.models import Letter
from tests.factories.events import EventFactory, RegistrationFactory, WayFactory


@pytest.fixture
def event(db):
    return EventFactory()


@pytest.fixture
def on_site(event):
    return WayFactory(event=event, kind=Way.Kind.ON_SITE, places=1)


@pytest.fixture
def remote(event):
    return WayFactory(event=event, kind=Way.Kind.REMOTE, places=1)


@pytest.fixture
def joined():
    """`joined(way, …)` is a registration that was confirmed now."""

    def join(way, **fields):
        row = RegistrationFactory(way=way, **fields)
        registering.confirm(row)
        row.refresh_from_db()
        return row

    return join


@pytest.fixture
def letters():
    """The letters to a registration, by their templates, the oldest first."""

    def of(registration):
        rows = Letter.objects.filter(to=registration.email).order_by("pk")
        return [row.template.removeprefix("events/") for row in rows]

    return of
