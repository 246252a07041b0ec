"""Events with their ways of taking part, and registrations in any state."""

from datetime import timedelta

import factory
from django.utils import timezone

from content.events.models import Event, Registration, Way


class EventFactory(factory.django.DjangoModelFactory):
    """A published one in ten days, for two hours; `WayFactory` gives it ways of taking part."""

    class Meta:
        model = Event

    slug = factory.Sequence("event-{}".format)
    name_fi = factory.Sequence("Tapahtuma {}".format)
    name_sv = factory.Sequence("Evenemang {}".format)
    name_en = factory.Sequence("Event {}".format)
    description_fi = "Kuvaus."
    description_sv = "Beskrivning."
    description_en = "Description."
    starts_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=10))
    ends_at = factory.LazyAttribute(lambda event: event.starts_at + timedelta(hours=2))
    place = "Kirkkokatu 1, Oulu"
    organiser = "KEHA Centre"
    contact_email = "events@example.org"
    state = Event.State.PUBLISHED


class WayFactory(factory.django.DjangoModelFactory):
    """On site, with two places."""

    class Meta:
        model = Way

    event = factory.SubFactory(EventFactory)
    kind = Way.Kind.ON_SITE
    places = 2


class RegistrationFactory(factory.django.DjangoModelFactory):
    """One that is not confirmed; the services take it further."""

    class Meta:
        model = Registration

    way = factory.SubFactory(WayFactory)
    event = factory.SelfAttribute("way.event")
    email = factory.Sequence("guest{}@example.org".format)
    name = factory.Sequence("Guest {}".format)
    language = "en"
