from io import BytesIO

import pytest

from monitoring.datasets import example, services
from monitoring.datasets.models import Dataset, Release
from portal.places.models import Area
from tests.factories.monitoring import AreaFactory
from tests.monitoring.datasets.making import approved


@pytest.fixture
def three_areas(db):
    """The country and three employment areas."""
    return [
        AreaFactory(),
        *(
            AreaFactory(
                kind=Area.Kind.EMPLOYMENT_AREA,
                code=code,
                name_fi=f"Alue {code}",
                name_sv=f"Område {code}",
                name_en=f"Area {code}",
            )
            for code in ("01", "02", "03")
        ),
    ]


@pytest.fixture
def figures(three_areas):
    """Counts of 2023 and 2024, all large."""
    keys = [area.key for area in three_areas[1:]]
    return dict.fromkeys(example.values(keys, years=(2023, 2024)), 100)


@pytest.fixture
def released(three_areas, figures) -> Release:
    dataset = example.make_structure(three_areas[0], three_areas[1:])
    release = approved(services.bring(dataset, BytesIO(example.as_csv(figures)), "first.csv"))
    services.publish(release)
    return release


@pytest.fixture
def dataset(released) -> Dataset:
    return Dataset.objects.get(pk=released.dataset_id)
