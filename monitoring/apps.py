from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Monitoring(AppConfig):
    name = "monitoring"
    verbose_name = _("Monitoring")

    def ready(self):
        from wagtail.models import ReferenceIndex

        from portal.law import resting
        from portal.notices import following as notices
        from portal.places import panels
        from portal.running import sitemaps

        from . import following, placing
        from .models import Indicator

        ReferenceIndex.register_model(Indicator)
        notices.register(following.FOLLOWABLE)
        panels.register(placing.PANEL)
        resting.register(placing.KIND)
        for name, sitemap in placing.SITEMAPS.items():
            sitemaps.register(name, sitemap)
