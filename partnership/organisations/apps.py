from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Organisations(AppConfig):
    name = "partnership.organisations"
    verbose_name = _("Organisations")

    def ready(self):
        from . import acts

        acts.connect()
