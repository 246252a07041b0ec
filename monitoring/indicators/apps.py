from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Monitoring(AppConfig):
    name = "monitoring.indicators"
    label = "monitoring"
    verbose_name = _("Monitoring")

    def ready(self):
        from wagtail.models import ReferenceIndex

        from law import references
        from portal import sitemaps
        from portal.notifications import following as notices
        from portal.places import area_sections

        from . import following, placing
        from .models import Indicator

        ReferenceIndex.register_model(Indicator)
        notices.register(following.FOLLOWABLE)
        area_sections.register(placing.PANEL)
        references.register(placing.KIND)
        for name, sitemap in placing.SITEMAPS.items():
            sitemaps.register(name, sitemap)
