"""The changelog of datasets in the API: what was corrected, with the old and the new values."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_noop as _
from ninja import Field, Query, Router, Schema

from portal.api.parameters import Paged
from portal.api.responses import Many, Names, absolute, dated, many, names
from portal.errors import BadParameter

from . import revisions
from .models import Dataset, Release

SOURCE = _("The integration portal; each dataset names the source of its values")

router = Router()


class RevisionShape(Schema):
    place: str = Field(description=_("The area and the groups, without totals, in words."))
    period: str
    old: str | None = Field(description=_("The number that was shown; null when it was withdrawn."))
    new: str | None = Field(description=_("The number that is shown; null when it was withdrawn."))
    withdrawn: bool


class CorrectionShape(Schema):
    id: int
    dataset: str = Field(description=_("The word that the address of the dataset ends in."))
    names: Names
    released: datetime
    reason: str
    number: int = Field(description=_("How many public values it revised."))
    revisions: list[RevisionShape] = Field(description=_("The first twenty of them."))
    example: bool = Field(description=_("An invented example."))
    url: str = Field(description=_("Its place on the portal."))


class Asked(Paged):
    dataset: str | None = Field(
        None, max_length=80, description=_("Only corrections of this dataset.")
    )


@router.get(
    "",
    response=Many[CorrectionShape],
    operation_id="changelog",
    summary=_("Corrected figures"),
    description=_("Releases that corrected published values, the newest first."),
)
def changelog(request, response: HttpResponse, asked: Query[Asked]):
    rows = revisions.corrections()
    if asked.dataset is not None:
        if not Dataset.objects.published().filter(slug=asked.dataset).exists():
            raise BadParameter("dataset", asked.dataset)
        rows = rows.filter(dataset__slug=asked.dataset)
    dated(response, [rows.values_list("released_at", flat=True).first()])
    return many(request, asked, rows, _shapes, SOURCE, together=True)


def _shapes(releases: list[Release]) -> list[dict[str, Any]]:
    revised = revisions.of_releases(releases)
    return [_shape(release, revised.get(release.pk)) for release in releases]


def _shape(release: Release, revised: revisions.Revised | None) -> dict[str, Any]:
    first = revised.first if revised else []
    return {
        "id": release.pk,
        "dataset": release.dataset.slug,
        "names": names(release.dataset),
        "released": release.released_at,
        "reason": release.reason,
        "number": revised.number if revised else 0,
        "revisions": [
            {
                "place": one.place,
                "period": one.period,
                "old": one.old or None,
                "new": one.new or None,
                "withdrawn": one.withdrawn,
            }
            for one in first
        ],
        "example": release.dataset.example,
        "url": absolute(f"{reverse('datasets:changelog')}#release-{release.pk}"),
    }
