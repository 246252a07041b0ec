"""The programme as files: measures, calls and offers as CSV and JSON, and Atom of the newest."""

import json
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from partnership.programme.api import of_call, of_measure, of_offer
from partnership.programme.listing import Offers
from partnership.programme.models import Call, Measure
from portal.api.responses import absolute
from portal.languages import current_language
from portal.sheets import Writer

NEWEST = 30


def measures(request, ending):
    """The plans of all periods: `.csv` and `.json`; 404 for another ending."""
    rows = Measure.objects.visible_to(request.user).select_related("period", "responsible")
    return _file("plan", ending, rows, of_measure)


def calls(request, ending):
    """All calls that anybody may read: `.csv`, `.json`, and `.atom` of the newest."""
    rows = Call.objects.opened().prefetch_related("areas", "topics")
    if ending == "atom":
        newest = rows.order_by("-opens_on", "-pk")[:NEWEST]
        feed = _feed(_("Calls of the Integration Partnership Programme"))
        for row in newest:
            feed.add_item(
                title=row.name,
                link=absolute(row.get_absolute_url()),
                description=row.description,
                pubdate=row.announced_at,
                updateddate=row.announced_at,
                unique_id=f"{absolute('/')}call/{row.pk}",
            )
        return _atom(feed)
    return _file("calls", ending, rows, of_call)


def offers(request, ending):
    """What is sought and offered now, narrowed as the list is: `.csv`, `.json`, `.atom`."""
    rows = Offers(request.GET).rows
    if ending == "atom":
        feed = _feed(_("We seek, we offer"))
        for row in rows[:NEWEST]:
            feed.add_item(
                title=f"{row.get_kind_display()}: {row.title}",
                link=absolute(row.get_absolute_url()),
                description=row.text,
                pubdate=row.published_at,
                updateddate=row.published_at,
                unique_id=f"{absolute('/')}offer/{row.pk}",
                author_name=row.organisation.name,
            )
        return _atom(feed)
    return _file("offers", ending, rows, of_offer)


def _file(name: str, ending: str, rows, shape: Callable[[Any], dict[str, Any]]) -> HttpResponse:
    shaped = [shape(row) for row in rows]
    if ending == "json":
        body = json.dumps({"items": shaped}, ensure_ascii=False, default=str)
        return HttpResponse(body, content_type="application/json")
    if ending != "csv":
        raise Http404
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response.write("\ufeff")
    writer = Writer(response)
    flat = [_flat(one) for one in shaped]
    if flat:
        writer.writerow(flat[0])
    for one in flat:
        writer.writerow(one.values())
    return response


def _flat(shaped: dict[str, Any]) -> dict[str, Any]:
    """A row of a sheet: a column for each language, and keys with spaces between them."""
    row: dict[str, Any] = {}
    for name, value in shaped.items():
        if isinstance(value, dict):
            row |= {f"{name}_{language}": words for language, words in value.items()}
        else:
            row[name] = " ".join(value) if isinstance(value, list) else value
    return row


def _feed(title: str) -> Atom1Feed:
    return Atom1Feed(title=title, link=absolute("/"), description="", language=current_language())


def _atom(feed: Atom1Feed) -> HttpResponse:
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml")
