"""Files of figures: what an answer with one carries, workbooks, and the strip that lists them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any

from csp.constants import NONE
from csp.decorators import csp_replace
from django.http import HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from monitoring.charts import drawing, stylesheet
from monitoring.charts.figures import Figure
from portal import sheets
from portal.embedding import Code

MOST_ROWS = 100_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SVG = "image/svg+xml; charset=utf-8"
ALONE = {
    "default-src": [NONE],
    "script-src": [NONE],
    "img-src": [NONE],
    "font-src": [NONE],
    "connect-src": [NONE],
    "manifest-src": [NONE],
    "style-src": [stylesheet.source()],
    "base-uri": [NONE],
    "form-action": [NONE],
    "frame-ancestors": ["*"],
}
Cells = Sequence[Any]


def open_to_all(view: Callable[..., Any]) -> Callable[..., Any]:
    """A view of a file that any site and program may read: it is the same for everybody."""

    @wraps(view)
    def answer(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    return answer


def picture_view(view: Callable[..., Any]) -> Callable[..., Any]:
    """A view of a picture: its own style, named by its hash, and nothing else may be used in it."""
    return open_to_all(csp_replace(ALONE)(view))


def picture(figure: Figure) -> HttpResponse:
    """The picture of a figure as a file; 404 is the caller's when it has no value."""
    return HttpResponse(drawing.file(figure), content_type=SVG)


def json(content: Mapping[str, Any]) -> JsonResponse:
    """JSON whose words stay readable."""
    return JsonResponse(content, json_dumps_params={"ensure_ascii": False})


def workbook(
    name: str, header: Sequence[str], rows: Iterable[Cells], about: Iterable[tuple[str, str]]
) -> HttpResponse:
    """A workbook of two sheets: the rows with typed cells, and what must be known of them.

    The caller has seen that there are no more rows than MOST_ROWS: the CSV has more.
    """
    facts = [(_("About the figures"),), *about]
    content = sheets.workbook(name, header, rows, facts)
    response = HttpResponse(content, content_type=XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response


@dataclass(frozen=True)
class Reuse:
    """What can be done with a figure: the addresses of its files, a frame, and how it is cited."""

    base: str
    query: str
    citation: str
    code: Code | None = None
    has_picture: bool = True
    api: str = ""

    def address(self, ending: str) -> str:
        """The file of this ending, of what the page shows."""
        return f"{self.base}.{ending}?{self.query}" if self.query else f"{self.base}.{ending}"

    @property
    def files(self) -> list[tuple[str, str]]:
        """Names and addresses, in the order in which they are listed."""
        found = [(_("Picture (SVG)"), "svg")] if self.has_picture else []
        found += [
            (_("CSV"), "csv"),
            (_("Excel (XLSX)"), "xlsx"),
            (_("JSON-stat"), "json"),
            (_("Description (JSON)"), "metadata.json"),
        ]
        return [(name, self.address(ending)) for name, ending in found]
