import factory

from portal.topics.models import Audience, Topic


class TopicFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Topic

    key = factory.Sequence(lambda n: f"topic-{n}")
    position = factory.Sequence(lambda n: n)
    name_fi = factory.LazyAttribute(lambda topic: f"Teema {topic.key}")
    name_sv = factory.LazyAttribute(lambda topic: f"Tema {topic.key}")
    name_en = factory.LazyAttribute(lambda topic: f"Theme {topic.key}")


class AudienceFactory(TopicFactory):
    class Meta:
        model = Audience

    key = factory.Sequence(lambda n: f"audience-{n}")
