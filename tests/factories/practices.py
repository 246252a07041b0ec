"""Practices in any state, described in English."""

import factory
from django.utils import timezone

from content.practices.models import Practice, PracticeText
from tests.factories.partnership import OrganisationFactory


class PracticeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Practice
        skip_postgeneration_save = True

    organisation = factory.SubFactory(OrganisationFactory)
    slug = factory.Sequence(lambda n: f"practice-{n}")
    state = Practice.State.PUBLISHED
    contact = "office@example.org"
    published_at = factory.LazyAttribute(
        lambda one: timezone.now() if one.state == Practice.State.PUBLISHED else None
    )

    @factory.post_generation
    def text(self, create, extracted, **kwargs):
        words = dict.fromkeys(PracticeText.WORDS, "As it is done here.")
        words["title"] = extracted or "Evening groups"
        PracticeText.objects.create(practice=self, language="en", **words)
