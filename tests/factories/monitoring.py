"""Indicators with their values, and the releases that brought them."""

from decimal import Decimal

import factory

from monitoring.indicators import periods
from monitoring.indicators.models import Indicator, Observation, Release, Upload
from portal.languages import LANGUAGES
from portal.places.models import Area
from tests.factories.accounts import UserFactory

IN_LANGUAGES = ("source", "purpose", "limits", "misreading", "coverage")


class IndicatorFactory(factory.django.DjangoModelFactory):
    """A published monthly count; `kind`, `period` and `decimals` make others."""

    slug = factory.Sequence(lambda n: f"indicator-{n}")
    name_fi = factory.Sequence(lambda n: f"Mittari {n}")
    name_sv = factory.Sequence(lambda n: f"Indikator {n}")
    name_en = factory.Sequence(lambda n: f"Indicator {n}")
    short_fi, short_sv, short_en = "Mittari", "Indikator", "Indicator"
    unit_fi, unit_sv, unit_en = "henkilöä", "personer", "persons"
    kind = Indicator.Kind.COUNT
    decimals = 0
    period = periods.Kind.MONTH
    domain = Indicator.Domain.EMPLOYMENT
    source_type = Indicator.SourceType.REGISTER
    source_url = "https://example.org/statistics"
    published = True

    class Meta:
        model = Indicator

    @classmethod
    def _adjust_kwargs(cls, **kwargs):
        words = {
            f"{name}_{language}": f"{name} {language}"
            for name in IN_LANGUAGES
            for language in LANGUAGES
        }
        return words | kwargs


class PercentFactory(IndicatorFactory):
    """A published quarterly percentage with one decimal."""

    kind = Indicator.Kind.PERCENT
    decimals = 1
    period = periods.Kind.QUARTER
    unit_fi = unit_sv = unit_en = "%"


class ReleaseFactory(factory.django.DjangoModelFactory):
    imported_by = factory.SubFactory(UserFactory)
    file_name = "values.csv"
    checksum = factory.Sequence(lambda n: f"{n:064x}")
    rows = new = 1
    changed = unchanged = 0

    class Meta:
        model = Release


class AreaFactory(factory.django.DjangoModelFactory):
    """The country; a `kind` and `code` of another area make that."""

    kind = Area.Kind.COUNTRY
    code = "FI"
    name_fi, name_sv, name_en = "Suomi", "Finland", "Finland"

    class Meta:
        model = Area
        django_get_or_create = ("kind", "code")


class ObservationFactory(factory.django.DjangoModelFactory):
    """A value of the country, for the period that `time` names."""

    indicator = factory.SubFactory(IndicatorFactory)
    area = factory.SubFactory(AreaFactory)
    value = Decimal(100)
    release = factory.SubFactory(ReleaseFactory)

    class Meta:
        model = Observation

    class Params:
        time = "2024M06"

    @factory.lazy_attribute
    def start(self):
        return periods.parse(self.time, self.indicator.period).start

    @factory.lazy_attribute
    def period(self):
        return self.indicator.period


class UploadFactory(factory.django.DjangoModelFactory):
    user = factory.SubFactory(UserFactory)
    file_name = "values.csv"
    content = b"indicator,area,time,value\n"

    class Meta:
        model = Upload


def values(indicator: Indicator, **by_time: object) -> list[Observation]:
    """Values of an indicator by period, such as _2024M06=5; a text is the reason for none."""
    return [
        ObservationFactory(
            indicator=indicator,
            time=time.strip("_"),
            value=None if isinstance(value, str) else Decimal(str(value)),
            status=value if isinstance(value, str) else "",
        )
        for time, value in by_time.items()
    ]
