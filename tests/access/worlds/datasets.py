"""A dataset with a release, and one of which nothing has been released yet."""

from io import BytesIO

from monitoring.datasets import example, services
from portal.places.models import Area
from tests.factories.monitoring import AreaFactory
from tests.monitoring.datasets.making import approved


def build(people):
    areas = [AreaFactory(), AreaFactory(kind=Area.Kind.EMPLOYMENT_AREA, code="91")]
    unreleased = example.make_structure(areas[0], areas[1:])
    unreleased.slug = "unreleased-dataset"
    unreleased.save()
    released = example.make_structure(areas[0], areas[1:])
    figures = dict.fromkeys(example.values([areas[1].key]), 100)
    content = BytesIO(example.as_csv(figures))
    release = approved(services.bring(released, content, "file.csv"))
    services.publish(release)
    return {
        "dataset": released.pk,
        "released_dataset": released.slug,
        "unreleased_dataset": unreleased.slug,
        "dataset_release": release.pk,
    }
