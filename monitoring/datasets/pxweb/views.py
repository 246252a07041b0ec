"""The addresses of PxWebApi 2: for anybody, without cookies, by GET, and by POST for data."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from monitoring.datasets import observations
from monitoring.datasets.cubes import Cube
from monitoring.datasets.models import Dataset
from portal import rate_limits
from portal.api.caching import cacheable
from portal.api.problems import WrongParameters, problem, wrong
from portal.languages import LANGUAGES
from portal.linguistics.typed import text_as_typed

from . import answers, selection

MOST_ON_A_PAGE = 1000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def open_data(*methods: str) -> Callable:
    """A view that anybody's program may ask, by these methods; what is wrong is a problem+json."""
    allowed = ("GET", "HEAD", "OPTIONS", *methods)

    def declared(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @csrf_exempt  # nothing is written, and nobody is recognised
        @wraps(view)
        def answer(request: HttpRequest, *args: str, **kwargs: str) -> HttpResponse:
            allow = ", ".join(allowed)
            if request.method == "OPTIONS":
                headers = {
                    "Allow": allow,
                    "Access-Control-Allow-Methods": allow,
                    "Access-Control-Allow-Headers": "Content-Type, If-None-Match, X-Request-ID",
                    "Access-Control-Max-Age": "86400",
                }
                return HttpResponse(status=204, headers=headers)
            if request.method not in allowed:
                refusal = problem(request, 405)
                refusal.headers["Allow"] = allow
                return refusal
            address = rate_limits.network_address(request)
            most = settings.API_REQUESTS_A_MINUTE
            if not rate_limits.one_more_read("api", address, most=most, seconds=answers.WINDOW):
                refusal = problem(request, 429)
                refusal.headers["Retry-After"] = str(answers.WINDOW)
                return refusal
            try:
                _check_language(request)
                response = view(request, *args, **kwargs)
            except WrongParameters as error:
                return problem(request, 400, errors=error.errors)
            except Http404:
                return problem(request, 404)
            if request.method == "POST" or response.status_code != 200:
                return response
            return cacheable(request, response)

        return answer

    return declared


def _check_language(request: HttpRequest) -> None:
    language = request.GET.get("lang", settings.LANGUAGE_CODE)
    if language not in LANGUAGES:
        expected = _("One of these: %(values)s.") % {"values": ", ".join(LANGUAGES)}
        raise WrongParameters([wrong("lang", language, expected)])


def _json(answer: dict) -> JsonResponse:
    return JsonResponse(answer, json_dumps_params={"ensure_ascii": False})


@open_data()
def config(request: HttpRequest) -> HttpResponse:
    """Limits, languages and formats."""
    return _json(answers.config())


@open_data()
def tables(request: HttpRequest) -> HttpResponse:
    """The tables there are: `query` in their names, `pastDays`, `pageNumber` and `pageSize`."""
    found = Dataset.objects.published().prefetch_related("dimensions").order_by("slug")
    days = _whole(request, "pastDays", 0, 36_500)
    if days:
        found = found.filter(released_at__gte=timezone.now() - timedelta(days=days))
    rows = list(found)
    words = text_as_typed(request.GET.get("query", "")).split()
    if words:
        rows = [row for row in rows if all(word in text_as_typed(_told(row)) for word in words)]
    size = _whole(request, "pageSize", 20, MOST_ON_A_PAGE) or 1
    number = _whole(request, "pageNumber", 1, 1_000_000) or 1
    shown = rows[(number - 1) * size : number * size]
    return _json(answers.page(shown, request.GET, number=number, size=size, total=len(rows)))


def _told(dataset: Dataset) -> str:
    names = [one.name for one in dataset.dimensions.all()]
    return " ".join([dataset.slug, dataset.name, dataset.description, *names])


def _whole(request: HttpRequest, name: str, default: int, most: int) -> int:
    text = request.GET.get(name, str(default))
    if not (text.isascii() and text.isdigit() and len(text) < 10 and int(text) <= most):
        expected = _("A whole number from %(least)s to %(most)s.") % {"least": 0, "most": most}
        raise WrongParameters([wrong(name, text, expected)])
    return int(text)


def _published(table: str) -> Dataset:
    return get_object_or_404(Dataset.objects.published(), slug=table)


@open_data()
def table(request: HttpRequest, table: str) -> HttpResponse:
    """One table: 404 for what has never been released."""
    return _json(answers.table(_published(table)))


@open_data()
def metadata(request: HttpRequest, table: str) -> HttpResponse:
    """The variables of a table with their values, as JSON-stat 2."""
    return _json(answers.metadata(Cube.of(_published(table))))


@open_data()
def codelist(request: HttpRequest, codelist: str) -> HttpResponse:
    """A code list of a table's variable."""
    slug, _dot, rest = codelist.removeprefix("vs_").partition(".")
    cube = Cube.of(_published(slug))
    for axis in cube.axes:
        if codelist in selection.codelists(cube, axis):
            return _json(answers.codelist(cube, axis, codelist))
    raise Http404(rest)


@open_data("POST")
def data(request: HttpRequest, table: str) -> HttpResponse:
    """Cells of a table: those that `valueCodes[…]` or the body's `selection` names.

    400, as a problem that names what is wrong: an unknown format (with those there are), variable,
    code or code list, and more cells than `maxDataCells`.
    """
    wanted = request.GET.get("outputFormat") or answers.FORMATS[0]
    if wanted not in answers.FORMATS:
        expected = _("One of these: %(values)s.") % {"values": ", ".join(answers.FORMATS)}
        raise WrongParameters([wrong("outputFormat", wanted, expected)])
    cube = Cube.of(_published(table))
    chosen = selection.choose(cube, selection.asked(request))
    found = observations.published(cube, chosen.codes)
    if wanted == "csv":
        return HttpResponse(answers.csv(found, chosen), content_type="text/csv; charset=utf-8")
    if wanted == "xlsx":
        return HttpResponse(
            answers.xlsx(found, chosen),
            content_type=XLSX,
            headers={"Content-Disposition": f'attachment; filename="{table}.xlsx"'},
        )
    return _json(answers.jsonstat(found, chosen))
