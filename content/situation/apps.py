from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Situation(AppConfig):
    name = "content.situation"
    label = "situation"
    verbose_name = _("Integration now")
