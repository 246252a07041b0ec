"""Topics and audiences: what a thing is about and whom it serves, one row in three languages."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.languages import ThreeNames, in_words


class Label(ThreeNames):
    """A word of the portal's own classification, with a sentence that explains it."""

    key = models.SlugField(_("key"), unique=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    description_fi = models.TextField(_("description in Finnish"), blank=True)
    description_sv = models.TextField(_("description in Swedish"), blank=True)
    description_en = models.TextField(_("description in English"), blank=True)

    class Meta:
        abstract = True
        ordering = ["position", "key"]

    @property
    def description(self) -> str:
        return in_words(self, "description")


class Topic(Label):
    """A theme of integration work; a theme page shows one."""

    icon = models.CharField(
        _("icon"), max_length=40, blank=True, help_text=_("A name from the Lucide icon set.")
    )

    class Meta(Label.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")


class Audience(Label):
    """A group of professionals that content is written for."""

    class Meta(Label.Meta):
        verbose_name = _("audience")
        verbose_name_plural = _("audiences")
