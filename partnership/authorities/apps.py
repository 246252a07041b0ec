from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Authorities(AppConfig):
    name = "partnership.authorities"
    label = "authorities"
    verbose_name = _("Authorities of areas")
