"""What annual reports bring to the portal: found by search, listed, known to corrections."""

from collections.abc import Collection, Iterable, Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from content.pages.documents import documents_of
from monitoring.datasets.frozen import frozen_uses
from monitoring.datasets.uses import Use
from portal.resources import Listed, Place, ResourceType, register
from portal.search_api import Entry, Searchable

from .models import AnnualReportPage, ReportFigure

KIND = "report"
REPORTS = Place("content:reports", _("Annual reports"), order=65)


def _documents(pages: QuerySet) -> Iterator[Entry]:
    return documents_of(KIND, pages, boost=1.2)


def _places(frozen: Collection[int]) -> Iterable[Use]:
    """The published reports that keep one of the frozen figures, in each language: two queries."""
    reports = set(
        ReportFigure.objects.filter(figure__in=frozen).values_list("report", flat=True).distinct()
    )
    pages = AnnualReportPage.objects.live().filter(translation_key__in=reports)
    for title, url, language in pages.order_by("url_path").values_list(
        "title", "url_path", "locale__language_code"
    ):
        yield Use(title, url, language)


register(
    ResourceType(
        KIND,
        models=(AnnualReportPage,),
        can=(
            Searchable(
                name=_("Annual report"),
                plural=_("Annual reports"),
                documents=_documents,
                referrer=AnnualReportPage.referrer_key,
                order=57,
            ),
            frozen_uses(_("Annual reports"), _places, order=30),
            Listed(about=REPORTS, home={"reports": REPORTS}),
        ),
    )
)
