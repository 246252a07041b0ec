import factory

from portal.feedback.models import Feedback


class FeedbackFactory(factory.django.DjangoModelFactory):
    """Open accessibility feedback from somebody who wants an answer in Finnish."""

    class Meta:
        model = Feedback

    kind = Feedback.Kind.ACCESSIBILITY
    text = "The table cannot be read with a screen reader."
    email = factory.Sequence(lambda n: f"reader{n}@example.org")
    language = "fi"
