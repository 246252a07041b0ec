import pytest

from portal.places.models import Area
from tests.factories.monitoring import AreaFactory, IndicatorFactory, PercentFactory


@pytest.fixture
def country(db):
    return AreaFactory()


@pytest.fixture
def areas(country):
    """The country, an employment area of 2025, a municipality and a county of the same number."""
    return [
        country,
        AreaFactory(
            kind=Area.Kind.EMPLOYMENT_AREA, code="05", name_fi="Alue", valid_from="2025-01-01"
        ),
        AreaFactory(kind=Area.Kind.MUNICIPALITY, code="091", name_fi="Helsinki"),
        AreaFactory(kind=Area.Kind.REGION, code="01", name_fi="Uusimaa"),
    ]


@pytest.fixture
def jobseekers(areas):
    """A monthly count."""
    return IndicatorFactory(slug="jobseekers")


@pytest.fixture
def rate(areas):
    """A quarterly percentage with one decimal."""
    return PercentFactory(slug="rate")
