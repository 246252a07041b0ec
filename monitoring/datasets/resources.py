"""What datasets bring to the portal: where they are found and read, and what waits for whom."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.api.routers import OpenData
from portal.inbox import Inbox
from portal.personal import Held, Personal
from portal.resources import Listed, Place, ResourceType, register
from portal.search_api import Searchable
from portal.sitemaps import Rows, Views

from . import documents, embedding, following, on_map, uses
from .inbox import tasks
from .models import Dataset, PlanChange, Release, Upload

RELEASE = _("The figures and their release are the service's; who brought them is taken off.")
PLAN = _("The change of a planned day stays for good; who made it is taken off.")


def _places(change: uses.Touched) -> Iterable[uses.Use]:
    """The pages, files and answers of the dataset itself: they tell all of it."""
    dataset = change.dataset
    yield uses.Use(_("Its page"), dataset.get_absolute_url())
    for form in ("csv", "svg", "xlsx", "json"):
        yield uses.Use(form.upper(), reverse(f"datasets:{form}", args=[dataset.slug]))
    yield uses.Use("PxWebApi 2", reverse("pxweb:data", args=[dataset.slug]))
    yield uses.Use(_("Corrected figures"), reverse("datasets:changelog"))


register(
    ResourceType(
        documents.KIND,
        models=(Dataset,),
        can=(
            embedding.EMBEDDABLE,
            on_map.MAP_FIGURES,
            OpenData("datasets", "monitoring.datasets.api.router", order=45),
            following.DATASETS,
            Searchable(
                name=_("Dataset"),
                plural=_("Datasets"),
                documents=documents.datasets,
                examples=documents.examples,
                order=55,
            ),
            Listed(
                about=Place("datasets:index", _("Datasets"), order=60),
                home={"datasets": Place("datasets:index", _("Datasets"), order=35)},
                sitemaps={
                    "datasets": Rows(Dataset.objects.visible_to),
                    "datasets-list": Views("datasets:index", "datasets:changelog"),
                },
            ),
            uses.Uses(_("The dataset"), _places, order=10),
        ),
    )
)
register(
    ResourceType(
        following.KIND,
        models=(Release,),
        can=(
            following.FOLLOWABLE,
            OpenData("changelog", "monitoring.datasets.changelog_api.router", order=46),
            Inbox(_("Releases of datasets"), tasks),
            Personal(
                Held(Release, ("checked_by", "proposed_by", "decided_by"), stays=RELEASE),
                Held(Upload, ("user",), hides=("file", "problems")),
                Held(PlanChange, ("changed_by",), stays=PLAN),
            ),
        ),
    )
)
