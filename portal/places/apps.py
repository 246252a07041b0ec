from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Places(AppConfig):
    name = "portal.places"
    verbose_name = _("Places")
