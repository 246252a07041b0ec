from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Programme(AppConfig):
    name = "partnership.programme"
    label = "programme"
    verbose_name = _("Partnership programme")
