from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Translation(AppConfig):
    name = "content.translation"
    label = "translation"
    verbose_name = _("Translation work")
