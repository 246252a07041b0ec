from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Checklists(AppConfig):
    name = "content.checklists"
    label = "checklists"
    verbose_name = _("Checklists")
