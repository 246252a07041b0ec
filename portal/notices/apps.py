from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Notices(AppConfig):
    name = "portal.notices"
    verbose_name = _("Letters and followers")

    def ready(self):
        from allauth.account.signals import email_confirmed
        from django.contrib.auth.signals import user_logged_in

        from portal.running import health

        from . import joining
        from .models import MailTrouble

        health.register("mail", MailTrouble.in_a_word)
        user_logged_in.connect(joining.signed_in, dispatch_uid="notices.joining")
        email_confirmed.connect(joining.confirmed, dispatch_uid="notices.joining")
