import pytest

from monitoring.datasets.models import Dataset
from portal.places.models import Area
from tests.factories.datasets import released_dataset
from tests.factories.monitoring import AreaFactory

SLUGS = tuple(f"figure-{number}" for number in range(1, 7))


@pytest.fixture
def eight_areas(db) -> list[Area]:
    """The country and seven employment areas."""
    return [
        AreaFactory(),
        *(
            AreaFactory(
                kind=Area.Kind.EMPLOYMENT_AREA,
                code=f"{number:02}",
                name_fi=f"Alue {number}",
                name_sv=f"Område {number}",
                name_en=f"Area {number}",
                genitive_fi=f"Alueen {number}",
                population=number * 10_000,
            )
            for number in range(1, 8)
        ),
    ]


@pytest.fixture
def six_datasets(eight_areas) -> list[Dataset]:
    """All of whose values are 10, of 2023 and 2024."""
    return [released_dataset(eight_areas, slug=slug) for slug in SLUGS]
