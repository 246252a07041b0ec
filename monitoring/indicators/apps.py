from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Indicators(AppConfig):
    name = "monitoring.indicators"
    label = "monitoring"
    verbose_name = _("Monitoring")

    def ready(self):
        from wagtail.models import ReferenceIndex

        from .models import Indicator

        ReferenceIndex.register_model(Indicator)
