"""All public commitments as a file: CSV, JSON, or an Atom feed of the newest."""

import json

from django.http import Http404, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from partnership.commitments.api import shapes
from partnership.commitments.listing import Listing
from portal.api.responses import absolute
from portal.languages import current_language
from portal.sheets import Writer

NEWEST = 30
COLUMNS = (
    "id",
    "title",
    "language",
    "organisation",
    "state",
    "areas",
    "published",
    "last_told",
    "progress",
    "verified",
    "silent",
    "milestones",
    "milestones_done",
    "example",
    "url",
)


def download(request, ending):
    """`commitments.csv`, `.json` and `.atom`, narrowed by the parameters of the list; 404 else."""
    writers = {"csv": _csv, "json": _json, "atom": _atom}
    if ending not in writers:
        raise Http404
    rows = Listing(request).rows.prefetch_related(
        "areas", "milestones", "shares__organisation", "shares__reports"
    )
    return writers[ending](rows)


def _csv(rows):
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="commitments.csv"'
    response.write("\ufeff")
    writer = Writer(response)
    writer.writerow(COLUMNS)
    for one in shapes(rows):
        milestones = one["milestones"]
        one |= {
            "areas": " ".join(one["areas"]),
            "milestones": len(milestones),
            "milestones_done": sum(1 for each in milestones if each["done_on"]),
        }
        writer.writerow([one[name] for name in COLUMNS])
    return response


def _json(rows):
    body = json.dumps({"items": shapes(rows)}, ensure_ascii=False, default=str)
    return HttpResponse(body, content_type="application/json")


def _atom(rows):
    feed = Atom1Feed(
        title=_("Commitments"),
        link=absolute("/"),
        description="",
        language=current_language(),
    )
    newest = rows.order_by("-published_at", "-pk")[:NEWEST]
    for row in newest:
        feed.add_item(
            title=row.title,
            link=absolute(row.get_absolute_url()),
            description=row.change,
            pubdate=row.published_at,
            updateddate=row.heard_at,
            unique_id=f"{absolute('/')}commitment/{row.pk}",
            author_name=row.organisation.name,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml")
