from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Materials(AppConfig):
    name = "content.materials"
    label = "materials"
    verbose_name = _("Materials and templates")
