"""What the frame itself lists: the way to the open data of all rooms."""

from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult

from portal.personal import Mentioned, Personal
from portal.resources import Listed, Place, ResourceType, register

register(
    ResourceType(
        "open-data", can=(Listed(about=Place("api:docs", _("Open data: the API"), order=20)),)
    )
)
register(
    ResourceType(
        "jobs",
        can=(Personal(Mentioned(DBTaskResult, ("args_kwargs", "return_value", "traceback"))),),
    )
)
