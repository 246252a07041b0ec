import factory

from portal.feedback.models import Feedback, Opinion


class FeedbackFactory(factory.django.DjangoModelFactory):
    """Open accessibility feedback from somebody who wants an answer in Finnish."""

    class Meta:
        model = Feedback

    kind = Feedback.Kind.ACCESSIBILITY
    text = "The table cannot be read with a screen reader."
    email = factory.Sequence(lambda n: f"reader{n}@example.org")
    language = "fi"


class OpinionFactory(factory.django.DjangoModelFactory):
    """A page of the editors' that did not help somebody."""

    class Meta:
        model = Opinion

    address = factory.Sequence(lambda n: f"/en/guidance/page-{n}/")
    owner = "editor"
    language = "en"
    helped = False
    reason = Opinion.Reason.HARD
    text = "The third step is missing."
