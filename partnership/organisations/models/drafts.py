"""Applications that are not finished yet."""

from collections.abc import Iterable, Mapping

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class DraftQuerySet(models.QuerySet["Draft"]):
    def keep(self, user, typed: Mapping, *, of: Iterable[str] = ()) -> "Draft":
        """Put what was typed on a page into the person's draft; `of` names all fields of the page.

        The fields of other pages stay as they were; those of the page that were emptied go.
        """
        draft, _made = self.get_or_create(user=user)
        gone = set(of)
        draft.fields = {k: v for k, v in draft.fields.items() if k not in gone} | dict(typed)
        draft.save(update_fields=["fields", "saved_at"])
        return draft


class Draft(models.Model):
    """What a person has filled in of an application so far, as it was typed."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="application_draft"
    )
    fields = models.JSONField(_("fields"), default=dict)
    saved_at = models.DateTimeField(_("saved"), auto_now=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("unfinished application")
        verbose_name_plural = _("unfinished applications")

    def __str__(self):
        return str(self.user)
