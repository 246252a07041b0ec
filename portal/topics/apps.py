from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Topics(AppConfig):
    name = "portal.topics"
    verbose_name = _("Topics")
