from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Law(AppConfig):
    name = "law"
    verbose_name = _("Law")
