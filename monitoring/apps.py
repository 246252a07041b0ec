from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Monitoring(AppConfig):
    name = "monitoring"
    verbose_name = _("Monitoring")

    def ready(self):
        from wagtail.models import ReferenceIndex

        from portal.law import resting
        from portal.places import panels
        from portal.running import sitemaps

        from . import placing
        from .models import Indicator

        ReferenceIndex.register_model(Indicator)
        panels.register(placing.PANEL)
        resting.register(placing.KIND)
        for name, sitemap in placing.SITEMAPS.items():
            sitemaps.register(name, sitemap)
