"""A published annual report and a draft of one, each with a figure of the world of datasets."""

from monitoring.areas.models import HeadlineFigure
from monitoring.datasets import example
from monitoring.datasets.models import Dataset
from portal.places.models import Area
from tests.factories.reports import ReportFactory, bound, chapter


def build(people):
    dataset = Dataset.objects.get(slug=example.SLUG)
    HeadlineFigure.objects.create(kind=Area.Kind.EMPLOYMENT_AREA, dataset=dataset, position=9)
    body = [chapter(), bound(dataset)]
    report = ReportFactory(body=body)
    draft = ReportFactory(body=body, year=2030, live=False)
    (key,) = (key for key in report.kept if ":" not in key)
    return {
        "report": report.url_path,
        "draft_report": draft.url_path,
        "report_figure": key,
        "annex": report.annexes[0].key,
    }
