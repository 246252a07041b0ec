"""What datasets bring to the portal: where they are found and read, and what waits for whom."""

from django.utils.translation import gettext_lazy as _

from portal.api.routers import OpenData
from portal.inbox import Inbox
from portal.personal import Held, Personal
from portal.resources import Listed, Place, ResourceType, register
from portal.search_api import Searchable
from portal.sitemaps import Rows, Views

from . import documents, following
from .inbox import tasks
from .models import Dataset, Release

RELEASE = _("The figures and their release are the service's; who brought them is taken off.")

register(
    ResourceType(
        documents.KIND,
        models=(Dataset,),
        can=(
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
                    "datasets-list": Views("datasets:index"),
                },
            ),
        ),
    )
)
register(
    ResourceType(
        following.KIND,
        models=(Release,),
        can=(
            following.FOLLOWABLE,
            Inbox(_("Releases of datasets"), tasks),
            Personal(Held(Release, ("checked_by", "proposed_by", "decided_by"), stays=RELEASE)),
        ),
    )
)
