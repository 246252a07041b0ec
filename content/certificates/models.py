"""Certificates: what a person has completed, and what the page of its address shows of it."""

import secrets

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.languages import current_language


def new_code() -> str:
    """A code of 144 random bits, which nobody guesses."""
    return secrets.token_urlsafe(18)


class Certificate(models.Model):
    """One for a person and what it is about, whatever its kind; a renewal keeps its code.

    `kind` is the key of a resource, `about_key` what that resource knows the subject by. `titles`
    is its name by language. `acts` are the acts that were taught, each
    `{"act": "681/2023", "titles": {"fi": …}, "amended_to": "…", "sections": {"<id>": "14"}}`.
    """

    code = models.CharField(_("code"), max_length=32, unique=True, default=new_code)
    kind = models.CharField(_("kind"), max_length=40)
    about_key = models.CharField(_("about"), max_length=100)
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="certificates"
    )
    titles = models.JSONField(_("titles"), default=dict)
    acts = models.JSONField(_("acts that were taught"), default=list, blank=True)
    minutes = models.PositiveIntegerField(_("minutes"), null=True, blank=True)
    on = models.DateField(_("day"), default=timezone.localdate)
    round = models.PositiveSmallIntegerField(_("round"), default=1)
    open = models.BooleanField(_("its address can be opened"), default=True)
    shows_name = models.BooleanField(_("its address shows my name"), default=False)

    class Meta:
        ordering = ["-on", "-pk"]
        default_permissions = ()
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "holder", "about_key"], name="one_certificate_of_a_subject"
            )
        ]

    def __str__(self):
        return f"{self.kind} {self.about_key}"

    def get_absolute_url(self) -> str:
        return reverse("certificate", args=[self.code])

    @property
    def title(self) -> str:
        """What it is about in the active language, or in any that it has."""
        titles = self.titles
        return titles.get(current_language()) or next(iter(titles.values()), "")

    @property
    def taught(self) -> list[dict[str, str]]:
        """The acts by their names in the active language, with the state that was taught."""
        language = current_language()
        return [
            {
                "act": one["act"],
                "name": one["titles"].get(language) or one["act"],
                "amended_to": one["amended_to"],
            }
            for one in self.acts
        ]
