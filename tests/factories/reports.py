"""Annual reports in their index, with a figure bound to a dataset."""

from content.reports.models import AnnualReportPage, ReportIndexPage
from tests.factories.content import FOLDER_OF, FOLDERS, PageFactory

FOLDERS["reports"] = {"fi": "raportit", "sv": "rapporter", "en": "reports"}
FOLDER_OF[AnnualReportPage] = "reports"


class ReportFactory(PageFactory):
    year = 2024

    class Meta:
        model = AnnualReportPage


def index(language: str) -> ReportIndexPage:
    return ReportIndexPage.objects.get(locale__language_code=language)


def chapter(part: str = "resources") -> dict:
    return {"type": "chapter", "value": {"part": part}}


def bound(dataset, **asked: str) -> dict:
    """A figure as the editor keeps it; `asked` are its fields: kind, by, area, time, codes."""
    empty = dict.fromkeys(("kind", "by", "area", "time", "codes"), "")
    return {"type": "figure", "value": {"dataset": dataset.pk, **empty, **asked}}
