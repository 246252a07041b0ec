from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _


class Law(AppConfig):
    name = "law"
    verbose_name = _("Law")

    def ready(self):
        from portal.operations import metrics as figures

        from . import checks, metrics

        register(checks.finlex_settings)
        figures.register(metrics.Watches())
