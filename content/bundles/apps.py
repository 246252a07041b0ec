from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Bundles(AppConfig):
    name = "content.bundles"
    label = "bundles"
    verbose_name = _("Publishing together")
