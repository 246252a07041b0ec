from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class Portal(AppConfig):
    name = "portal"
    verbose_name = _("Portal")

    def ready(self):
        """Every app is asked for its resources.py, in the order of INSTALLED_APPS."""
        autodiscover_modules("resources")
