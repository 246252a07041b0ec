from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Mail(AppConfig):
    name = "portal.mail"
    verbose_name = _("Letters")

    def ready(self):
        from portal import health

        from .models import MailTrouble

        health.register("mail", MailTrouble.in_a_word)
