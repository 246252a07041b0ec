from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Datasets(AppConfig):
    name = "monitoring.datasets"
    label = "datasets"
    verbose_name = _("Datasets")
