from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Questions(AppConfig):
    name = "content.questions"
    label = "questions"
    verbose_name = _("Legal questions")

    def ready(self):
        from wagtail.signals import page_published

        from portal.law.resting import register

        from . import telling
        from .resting import ANSWERS

        page_published.connect(telling.page_published, dispatch_uid="questions.telling")
        register(ANSWERS)
