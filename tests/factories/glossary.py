import factory

from law.glossary.models import Term


class TermFactory(factory.django.DjangoModelFactory):
    """A term of its own, with a definition in each language."""

    class Meta:
        model = Term

    key = factory.Sequence(lambda n: f"term-{n}")
    name_fi = factory.Sequence(lambda n: f"sana{n}")
    name_sv = factory.Sequence(lambda n: f"ordet{n}")
    name_en = factory.Sequence(lambda n: f"word{n}")
    definition_fi = factory.LazyAttribute(lambda term: f"Mitä {term.name_fi} merkitsee.")
    definition_sv = factory.LazyAttribute(lambda term: f"Vad {term.name_sv} betyder.")
    definition_en = factory.LazyAttribute(lambda term: f"What {term.name_en} means.")
    position = factory.Sequence(int)


def integration_plan(**fields):
    return TermFactory(
        key="integration-plan",
        name_fi="kotoutumissuunnitelma",
        name_sv="integrationsplan",
        name_en="integration plan",
        **fields,
    )
