import factory
from django.utils import timezone

from portal.mail.models import Letter
from portal.notifications.models import Event, Follow, Follower


class LetterFactory(factory.django.DjangoModelFactory):
    """A letter that waits to be sent."""

    template = "organisations/received"
    to = factory.Sequence(lambda n: f"reader{n}@example.org")
    language = "en"
    subject = "Your application has been received"
    text = "Thank you.\n\nSee https://portal.example.org/en/partners/\n"

    class Meta:
        model = Letter


class FollowerFactory(factory.django.DjangoModelFactory):
    """A confirmed address that gets its letters at once; `user=` makes it an account's."""

    email = factory.Maybe("user", None, factory.Sequence(lambda n: f"follower{n}@example.org"))
    user = None
    language = "en"
    frequency = "instant"
    confirmed_at = factory.LazyFunction(timezone.now)

    class Meta:
        model = Follower


class FollowFactory(factory.django.DjangoModelFactory):
    """Section 14 of the Integration Act, confirmed."""

    follower = factory.SubFactory(FollowerFactory)
    kind, subject = "section", "681/2023:14"
    confirmed_at = factory.LazyFunction(timezone.now)

    class Meta:
        model = Follow


class EventFactory(factory.django.DjangoModelFactory):
    """An amendment of section 14 that waits to be passed on."""

    key = factory.Sequence(lambda n: f"event:{n}")
    kind = "amended"
    thing_kind, thing = "section", "681/2023:14"
    targets = factory.LazyAttribute(lambda event: [[event.thing_kind, event.thing]])
    notes = {"en": "Amended by act 1/2026."}

    class Meta:
        model = Event
