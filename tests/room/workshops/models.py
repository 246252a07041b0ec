"""Workshops for people who work with integration: one in each place, on one section of the law."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from law.models import Section
from portal.languages import ThreeNames
from portal.places.models import Area


class WorkshopQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Open workshops are everybody's, the others the staff's."""
        return self if user.has_perm("wagtailadmin.access_admin") else self.filter(open=True)


class Workshop(ThreeNames):
    """A workshop; one that is not `open` is for the people who work here."""

    slug = models.SlugField(unique=True)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="+")
    open = models.BooleanField(_("open"), default=True)

    objects = WorkshopQuerySet.as_manager()

    def get_absolute_url(self):
        return reverse("workshops:workshop", args=[self.slug])
