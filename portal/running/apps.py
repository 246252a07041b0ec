from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Running(AppConfig):
    name = "portal.running"
    verbose_name = _("Running")
