"""The page, and its A4."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from monitoring.charts import drawing
from portal.caching.memory import remembered, views
from portal.languages import current_language
from portal.menu import crumbs
from portal.page_cache import kept

from .gathering import Situation, situation
from .paper import as_pdf


@kept()
def page(request: HttpRequest) -> HttpResponse:
    """Six sentences from figures, the map, the law's next changes, questions and commitments."""
    found = situation()
    context = {
        "found": found,
        "fragment": (found.day,),
        "picture": remembered(partial(_picture, found), "situation-map", found.day, memory=views),
        "crumbs": crumbs((_("Integration now"), None)),
    }
    return render(request, "situation/page.html", context)


def _picture(found: Situation) -> str:
    return drawing.picture(found.map) if found.map else ""


def pdf(request: HttpRequest) -> HttpResponse:
    """The same on one A4 in the language of the address, set once in a version and day."""
    found = situation()
    content = remembered(lambda: as_pdf(found), "situation-pdf", found.day, memory=views)
    response = HttpResponse(content, content_type="application/pdf")
    name = f"situation-{found.day.isoformat()}-{current_language()}.pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response
