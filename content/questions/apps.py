from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Questions(AppConfig):
    name = "content.questions"
    label = "questions"
    verbose_name = _("Legal questions")

    def ready(self):
        from portal.law.resting import register

        from .resting import ANSWERS

        register(ANSWERS)
