from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _


class Law(AppConfig):
    name = "law"
    verbose_name = _("Law")

    def ready(self):
        from . import checks

        register(checks.finlex_settings)
