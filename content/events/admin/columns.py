"""Columns that Wagtail lacks."""

from django.utils import timezone
from django.utils.formats import date_format
from wagtail.admin.ui.tables import Column


class MomentColumn(Column):
    """A moment that may lie ahead: Wagtail's own says of those that they are just now."""

    def get_value(self, instance):
        """The day and the time in Helsinki, or nothing."""
        moment = super().get_value(instance)
        if moment is None:
            return ""
        return date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")
