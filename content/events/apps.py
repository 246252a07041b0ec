from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Events(AppConfig):
    name = "content.events"
    label = "events"
    verbose_name = _("Events")
