"""A dataset with a release, and one of which nothing has been released yet."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile

from monitoring.datasets import calendar, example, incoming, services
from monitoring.datasets.models import Break
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
    plan = calendar.plan(
        released, period="2031", planned_at=release.checked_at, by=people["statistician"]
    )
    sent = SimpleUploadedFile("sent.csv", b"REF_AREA\n")
    return {
        "dataset": released.pk,
        "released_dataset": released.slug,
        "unreleased_dataset": unreleased.slug,
        "dataset_release": release.pk,
        "sent_figures": incoming.take(released, sent, by=people["statistician"]).pk,
        "planned_release": plan.pk,
        "dimension": released.dimensions.get(key="SEX").pk,
        "break": Break.objects.create(
            dataset=released, time=2020, text_fi="Tauko", text_sv="Avbrott", text_en="Break"
        ).pk,
    }
