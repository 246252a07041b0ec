"""Workshops in the API."""

from django.http import HttpResponse
from django.utils.translation import gettext_noop as _
from ninja import Query, Router, Schema

from portal.api.parameters import Paged
from portal.api.responses import READER, Many, Names, many, names

from .models import Workshop

SOURCE = _("The integration portal: its workshops")
router = Router()


class WorkshopShape(Schema):
    slug: str
    names: Names


@router.get(
    "",
    response=Many[WorkshopShape],
    operation_id="workshops",
    summary=_("Workshops"),
    description=_("Workshops that are open to everybody."),
)
def workshops(request, response: HttpResponse, asked: Query[Paged]):
    """The open workshops by their slugs."""
    rows = Workshop.objects.visible_to(READER).order_by("slug")
    return many(request, asked, rows, _shape, SOURCE)


def _shape(workshop: Workshop) -> dict:
    return {"slug": workshop.slug, "names": names(workshop)}
