"""The directory as a file: what the list and the API show, as CSV or JSON."""

import json

from django.http import Http404, HttpResponse

from partnership.organisations.api import listed_rows, shape
from partnership.organisations.directory import Directory
from portal.languages import LANGUAGES
from portal.sheets import Writer

COLUMNS = (
    *("slug", "business_id", "kind", "areas", "topics", "website"),
    *("confirmed", "example", "url"),
)


def download(request, ending):
    """`directory.csv` and `directory.json`, narrowed by the parameters of the list; 404 else."""
    writers = {"csv": _csv, "json": _json}
    if ending not in writers:
        raise Http404
    entries = Directory(request.GET, request.user).matching()
    rows = listed_rows().in_bulk([entry.pk for entry in entries])
    return writers[ending]([shape(rows[entry.pk]) for entry in entries if entry.pk in rows])


def _csv(shapes):
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="directory.csv"'
    response.write("\ufeff")
    writer = Writer(response)
    writer.writerow([*(f"name_{language}" for language in LANGUAGES), *COLUMNS])
    for one in shapes:
        flat = one | {"areas": " ".join(one["areas"]), "topics": " ".join(one["topics"])}
        names = [one["names"].get(language) for language in LANGUAGES]
        writer.writerow([*names, *(flat[name] for name in COLUMNS)])
    return response


def _json(shapes):
    body = json.dumps({"items": shapes}, ensure_ascii=False, default=str)
    return HttpResponse(body, content_type="application/json")
