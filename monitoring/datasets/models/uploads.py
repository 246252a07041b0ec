"""A file that a statistician sent, while it is checked and for a day after."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .releases import Release
from .structure import Dataset


def place_of_upload(upload: "Upload", name: str) -> str:
    """Where the file is kept: under no name of its own, and served to nobody."""
    return f"datasets/received/{uuid4()}"


class Upload(models.Model):
    """A sent file: how far its check has come, what is wrong with it, or the release it became.

    It is for whoever sent it. `problems` are rows, columns, values and what was expected, the first
    few hundred of `total`.
    """

    class Stage(models.TextChoices):
        WAITING = "waiting", _("Waits to be checked")
        READING = "reading", _("Every cell is being checked")
        LOADING = "loading", _("Compared with what is in force, and kept")
        CHECKED = "checked", _("Checked")
        REFUSED = "refused", _("Refused")
        UNCHANGED = "unchanged", _("Changes nothing")

    UNDER_WAY = (Stage.WAITING, Stage.READING, Stage.LOADING)

    dataset = models.ForeignKey(Dataset, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    language = models.CharField(max_length=2)
    uploaded_at = models.DateTimeField(default=timezone.now, db_index=True)
    file_name = models.CharField(max_length=255)
    size = models.PositiveBigIntegerField()
    file = models.FileField(upload_to=place_of_upload, blank=True)
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.WAITING)
    rows = models.PositiveIntegerField(default=0)
    percent = models.PositiveSmallIntegerField(default=0)
    problems = models.JSONField(default=list)
    total = models.PositiveIntegerField(default=0)
    release = models.ForeignKey(
        Release, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        default_permissions = ()
        verbose_name = _("file of a dataset")
        verbose_name_plural = _("files of datasets")

    def __str__(self):
        return self.file_name

    @property
    def is_under_way(self) -> bool:
        return self.stage in self.UNDER_WAY

    @property
    def more(self) -> int:
        """How many problems are not kept."""
        return self.total - len(self.problems)
