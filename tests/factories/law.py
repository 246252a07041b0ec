import json
from datetime import date

import factory

from law import impact_reviews
from law.models import (
    Act,
    Amendment,
    AmendmentEffect,
    Chapter,
    IncomingAmendment,
    PendingBill,
    Section,
    SectionVersion,
)
from law.parsers import json_format, stored

# An invented act that amends section 14, as its file says it.
AMENDMENT = {
    "amends": "681/2023",
    "number": "150/2027",
    "given_on": "2027-02-01",
    "in_force_from": "2027-03-15",
    "source": "An invented amending act",
    "changed": [
        {
            "number": "14",
            "heading": {"fi": "Arviointi", "sv": "Bedömning"},
            "text": {
                "fi": [{"text": "Kunta arvioi palvelutarpeen kahden kuukauden kuluessa."}],
                "sv": [{"text": "Kommunen bedömer servicebehovet inom två månader."}],
            },
        }
    ],
}


class ActFactory(factory.django.DjangoModelFactory):
    """The Integration Act, unless told otherwise."""

    class Meta:
        model = Act
        django_get_or_create = ("number", "year")

    number, year = 681, 2023
    name_fi = "Laki kotoutumisen edistämisestä"
    name_sv = "Lag om främjande av integration"
    name_en = "Act on the Promotion of Immigrant Integration"
    short_fi, short_sv, short_en = "kotoutumislaki", "integrationslagen", "Integration Act"
    given_on = date(2023, 4, 14)
    in_force_from = date(2025, 1, 1)


class AmendmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Amendment

    act = factory.SubFactory(ActFactory)
    number, year = 1100, 2024
    given_on = date(2024, 12, 30)
    in_force_from = date(2025, 1, 1)


class ChapterFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Chapter
        django_get_or_create = ("act", "number")

    act = factory.SubFactory(ActFactory)
    number = "2"
    position = 2
    name_fi, name_sv, name_en = "Palvelut", "Tjänster", "Services"


class SectionFactory(factory.django.DjangoModelFactory):
    """A section in force of chapter 2."""

    class Meta:
        model = Section
        django_get_or_create = ("act", "number")

    act = factory.SubFactory(ActFactory)
    chapter = factory.SubFactory(ChapterFactory, act=factory.SelfAttribute("..act"))
    position = factory.Sequence(lambda n: n + 1)
    number = factory.LazyAttribute(lambda section: str(section.position))
    name_fi = factory.LazyAttribute(lambda section: f"Pykälä {section.number}")
    name_sv = factory.LazyAttribute(lambda section: f"Paragraf {section.number}")
    name_en = factory.LazyAttribute(lambda section: f"Heading {section.number}")


class SectionVersionFactory(factory.django.DjangoModelFactory):
    """The wording with which the Act was given, unless an amendment is named."""

    class Meta:
        model = SectionVersion

    section = factory.SubFactory(SectionFactory)
    valid_from = date(2025, 1, 1)
    heading_fi, heading_sv = "Otsikko", "Rubrik"
    text_fi = factory.LazyFunction(lambda: [{"text": "Kunta järjestää palvelun.", "items": []}])
    text_sv = factory.LazyFunction(lambda: [{"text": "Kommunen ordnar servicen.", "items": []}])
    source = "An invented statute"
    fetched_on = date(2025, 1, 1)


class IncomingAmendmentFactory(factory.django.DjangoModelFactory):
    """The invented amendment of section 14, ready to be taken into use; `said=` is another."""

    class Meta:
        model = IncomingAmendment

    class Params:
        said = AMENDMENT

    act = factory.SubFactory(ActFactory)
    rows = factory.LazyAttribute(
        lambda incoming: stored.dump(json_format.read("said.json", json.dumps(incoming.said)))
    )
    number = factory.LazyAttribute(lambda incoming: incoming.rows["number"])
    year = factory.LazyAttribute(lambda incoming: incoming.rows["year"])
    given_on = factory.LazyAttribute(lambda incoming: _day(incoming.rows["given_on"]))
    in_force_from = factory.LazyAttribute(lambda incoming: _day(incoming.rows["in_force_from"]))
    title_fi = "Laki kotoutumisen edistämisestä annetun lain muuttamisesta"
    title_sv = "Lag om ändring av lagen om främjande av integration"
    state = IncomingAmendment.State.READY


def _day(written):
    return date.fromisoformat(written) if written else None


def before_amendment(section):
    """The wording of section 14 that AMENDMENT changes."""
    return SectionVersionFactory(
        section=section,
        text_fi=[{"text": "Kunta arvioi palvelutarpeen kolmen kuukauden kuluessa.", "items": []}],
        text_sv=[{"text": "Kommunen bedömer servicebehovet inom tre månader.", "items": []}],
    )


class AmendmentEffectFactory(factory.django.DjangoModelFactory):
    """An invented amendment of a section, in force from 15 March 2025, with both wordings.

    `repealed=True` leaves the section without a new one, `added=True` without an old one.
    """

    class Meta:
        model = AmendmentEffect

    class Params:
        repealed = False
        added = False

    day = date(2025, 3, 15)
    section = factory.SubFactory(SectionFactory)
    amendment = factory.LazyAttribute(
        lambda change: AmendmentFactory(
            act=change.section.act,
            number=Amendment.objects.count() + 2000,
            year=2025,
            given_on=change.day,
            in_force_from=change.day,
        )
    )
    before = factory.Maybe(
        "added",
        None,
        factory.SubFactory(SectionVersionFactory, section=factory.SelfAttribute("..section")),
    )
    after = factory.Maybe(
        "repealed",
        None,
        factory.SubFactory(
            SectionVersionFactory,
            section=factory.SelfAttribute("..section"),
            amendment=factory.SelfAttribute("..amendment"),
            valid_from=factory.SelfAttribute("..day"),
            text_fi=[{"text": "Hyvinvointialue järjestää palvelun.", "items": []}],
            text_sv=[{"text": "Välfärdsområdet ordnar servicen.", "items": []}],
        ),
    )

    @classmethod
    def _create(cls, model, *args, **fields):
        """The section knows the act that added or repealed it."""
        change = super()._create(model, *args, **fields)
        section, act = change.section, change.amendment.reference
        if change.after is None:
            section.repealed_by = act
        elif change.before is None and not section.versions.filter(amendment=None).exists():
            section.added_by = act
        section.save()
        return change


def opened_change(**fields):
    """A change of a section, with the work list of all that rests on it."""
    change = AmendmentEffectFactory(**fields)
    impact_reviews.open_tasks([change])
    return change


class PendingBillFactory(factory.django.DjangoModelFactory):
    """An invented bill in committee, planned in force from 1 March 2027.

    `acts=[…]` and `sections=[…]` are what it would change: all of the Integration Act, unless told
    otherwise.
    """

    class Meta:
        model = PendingBill
        skip_postgeneration_save = True

    number = factory.Sequence(lambda n: f"HE {n + 1}/2026")
    name_fi = "Laki kotoutumislain muuttamisesta"
    name_sv = "Lag om ändring av integrationslagen"
    name_en = "Act amending the Integration Act"
    stage = PendingBill.Stage.COMMITTEE
    planned_on = date(2027, 3, 1)
    url = "https://bills.example.org/1"

    @factory.post_generation
    def sections(self, create, given):
        self.sections.set(given or [])

    @factory.post_generation
    def acts(self, create, given):
        self.acts.set(given or {one.act for one in self.sections.all()} or [ActFactory()])
