from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Workshops(AppConfig):
    name = "tests.room.workshops"
    verbose_name = _("Workshops")
