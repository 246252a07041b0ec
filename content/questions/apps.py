from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Questions(AppConfig):
    name = "content.questions"
    label = "questions"
    verbose_name = _("Legal questions")

    def ready(self):
        from wagtail.signals import page_published

        from . import notifications

        page_published.connect(notifications.page_published, dispatch_uid="questions.telling")
