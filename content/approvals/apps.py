from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Approvals(AppConfig):
    name = "content.approvals"
    label = "approvals"
    verbose_name = _("Approvals from outside")
