from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Commitments(AppConfig):
    name = "partnership.commitments"
    label = "commitments"
    verbose_name = _("Commitments")
