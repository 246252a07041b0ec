from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Feedback(AppConfig):
    name = "portal.feedback"
    verbose_name = _("Feedback")
