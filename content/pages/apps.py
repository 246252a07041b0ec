from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Pages(AppConfig):
    name = "content.pages"
    label = "content"
    verbose_name = _("Content")

    def ready(self):
        from law.references import register
        from portal.notifications import following as notices

        from . import following
        from .references import KINDS

        for kind in KINDS:
            register(kind)
        for kind in following.KINDS:
            notices.register(kind)
