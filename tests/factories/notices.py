import factory

from portal.notices.models import Letter


class LetterFactory(factory.django.DjangoModelFactory):
    """A letter that waits to be sent."""

    template = "organisations/received"
    to = factory.Sequence(lambda n: f"reader{n}@example.org")
    language = "en"
    subject = "Your application has been received"
    text = "Thank you.\n\nSee https://portal.example.org/en/partners/\n"

    class Meta:
        model = Letter
