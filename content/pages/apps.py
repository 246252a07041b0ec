from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Pages(AppConfig):
    name = "content.pages"
    label = "content"
    verbose_name = _("Content")
