"""A figure chosen for the pages of employment areas."""

from monitoring.areas.models import HeadlineFigure
from portal.places.models import Area
from tests.factories.datasets import released_dataset


def build(people):
    chosen = HeadlineFigure.objects.create(
        kind=Area.Kind.EMPLOYMENT_AREA, dataset=released_dataset([], slug="headline-of-areas")
    )
    return {"headline_figure": chosen.pk}
