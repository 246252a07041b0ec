from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Areas(AppConfig):
    name = "monitoring.areas"
    label = "monitoring_areas"
    verbose_name = _("Figures of areas")
