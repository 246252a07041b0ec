"""The data package of a report: its frozen values as CSV, and what must be known of them as JSON.

The same report gives the same bytes, until a correction marks one of its values.
"""

import json
from datetime import datetime
from io import BytesIO, StringIO
from operator import itemgetter
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.utils import timezone

from monitoring.datasets import frozen
from monitoring.datasets.cubes import Key
from monitoring.datasets.models import TIME, VALUE, FrozenFigure
from monitoring.datasets.models.releases import Status
from monitoring.datasets.models.structure import STATUS
from portal.api.responses import LICENCE, LICENCE_URL, absolute
from portal.languages import LANGUAGES, in_language
from portal.sheets import Writer

MARK = "\ufeff"
REVISED, NOW = "REVISED_SINCE", "VALUE_NOW"
FIRST = (1980, 1, 1, 0, 0, 0)


def as_zip(page: Any) -> bytes:
    """One CSV a frozen figure, and metadata.json."""
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:

        def add(name: str, text: str) -> None:
            info = ZipInfo(name, FIRST)
            info.compress_type = ZIP_DEFLATED
            archive.writestr(info, text)

        files = {}
        for key, kept in sorted(page.kept.items()):
            text = StringIO()
            write_csv(text, kept)
            files[key] = f"{kept.dataset.slug}-{key.rpartition(':')[2]}.csv"
            add(files[key], text.getvalue())
        add("metadata.json", json.dumps(_metadata(page, files), ensure_ascii=False, indent=2))
    return target.getvalue()


def write_csv(target: IO[str], kept: FrozenFigure) -> None:
    """The cells in the columns of SDMX-CSV, with the day and the value of a later correction."""
    cube = frozen.cube_of(kept)
    target.write(MARK)
    writer = Writer(target)
    writer.writerow([*(axis.key for axis in cube.axes), TIME, VALUE, STATUS, REVISED, NOW])
    for (time, area, number), cell in frozen.shown(kept).items():
        withdrawn = cell.revised and cell.value is None
        writer.writerow(
            [
                *cube.words(Key(area, number)),
                str(cube.period(time)),
                _plain(cell.value),
                "withdrawn" if withdrawn else cell.status,
                str(timezone.localdate(cell.released)) if cell.revised and cell.released else "",
                _plain(cell.now),
            ]
        )


def _plain(value: Any) -> str:
    return "" if value is None else format(value.normalize(), "f")


def _metadata(page: Any, files: dict[str, str]) -> dict[str, Any]:
    return {
        "title": page.title,
        "language": page.language,
        "year": page.year,
        "url": absolute(page.url_path),
        "published": _moment(page.first_published_at),
        "example": page.example,
        "licence": LICENCE,
        "licence_url": LICENCE_URL,
        "status_codes": {
            **{status.value: _names(status.label) for status in Status if status.value},
            "withdrawn": {"en": "Withdrawn by a correction: it was wrong"},
        },
        "columns": {
            STATUS: "Status of the value, or why there is none; empty for a final value",
            REVISED: "Day on which a correction changed the value after the report was published",
            NOW: "The value that took its place; the report keeps OBS_VALUE",
        },
        "figures": [
            {
                "file": name,
                "dataset": kept.dataset.slug,
                "dataset_url": absolute(kept.dataset.get_absolute_url()),
                "example": kept.dataset.example,
                "names": kept.about.get("name", {}),
                "descriptions": kept.about.get("description", {}),
                "units": kept.about.get("unit", {}),
                "sources": kept.about.get("source", {}),
                "selection": kept.selection,
                "release": {
                    "number": kept.release_id,
                    "kind": kept.release.kind,
                    "released": _moment(kept.release.released_at),
                },
                "frozen": _moment(kept.frozen_at),
                "revised_since": bool(frozen.revised(kept)),
                "smallest_shown": kept.dataset.smallest_shown,
            }
            for name, kept in sorted(
                ((files[key], kept) for key, kept in page.kept.items()), key=itemgetter(0)
            )
        ],
    }


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _names(label: Any) -> dict[str, str]:
    found = {}
    for language in LANGUAGES:
        with in_language(language):
            found[language] = str(label)
    return found
