"""The files of a published report: figures, and what else is made of its frozen values.

A draft has none of them: what readers may not see is not there.
"""

from io import StringIO
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from content.reports import figures, package, printing
from content.reports.models import AnnualReportPage
from monitoring import downloads
from monitoring.downloads import open_to_all, picture_view
from portal.page_cache import kept


def found(request: HttpRequest, path: str) -> AnnualReportPage:
    """The published report at an address that this reader may see; 404 otherwise."""
    url_path = request.path_info[: request.path_info.index(path) + len(path)]
    page = (
        AnnualReportPage.objects.visible_to(request.user)
        .select_related("locale")
        .filter(url_path=url_path)
        .first()
    )
    if page is None:
        raise Http404
    return page


def _figure(page: AnnualReportPage, key: str) -> Any:
    for shown in figures.of_report(page):
        if shown.key == key:
            return shown
    raise Http404


@kept()
@picture_view
def figure_svg(request: HttpRequest, path: str, key: str) -> HttpResponse:
    """The picture of a figure as it was frozen; 404 where there is nothing to draw."""
    figure = _figure(found(request, path), key).figure
    if not figure.can_be_drawn:
        raise Http404
    return downloads.picture(figure)


@kept()
@open_to_all
def figure_csv(request: HttpRequest, path: str, key: str) -> HttpResponse:
    """The frozen values of a figure, with the marks of later corrections."""
    shown = _figure(found(request, path), key)
    text = StringIO()
    package.write_csv(text, shown.kept)
    response = HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{shown.dataset.slug}.csv"'
    return response


@kept()
@open_to_all
def data_zip(request: HttpRequest, path: str) -> HttpResponse:
    """All frozen values of a report as CSV, with a description as JSON, in one file."""
    page = found(request, path)
    response = HttpResponse(package.as_zip(page), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="report-{page.year}.zip"'
    return response


@kept()
@open_to_all
def report_pdf(request: HttpRequest, path: str) -> HttpResponse:
    """The whole report as PDF/UA-1, made of its frozen values with the marks of today."""
    page = found(request, path)
    return _pdf(printing.report_pdf(page, page.before(request.user)), f"report-{page.year}")


@kept()
@open_to_all
def annex_pdf(request: HttpRequest, path: str, area: str) -> HttpResponse:
    """The annex of one area, by its key; 404 for an area that the report has no figures of."""
    page = found(request, path)
    headlines = page.headlines
    place = headlines.by_key.get(area)
    if place is None or place == headlines.country:
        raise Http404
    return _pdf(printing.annex_pdf(page, headlines, place), f"report-{page.year}-{area}")


def _pdf(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response
