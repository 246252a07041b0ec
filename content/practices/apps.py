from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Practices(AppConfig):
    name = "content.practices"
    label = "practices"
    verbose_name = _("Practices")
