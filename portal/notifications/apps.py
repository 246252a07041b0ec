from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Notifications(AppConfig):
    name = "portal.notifications"
    label = "notices"
    verbose_name = _("Letters and followers")

    def ready(self):
        from allauth.account.signals import email_confirmed
        from django.contrib.auth.signals import user_logged_in

        from portal.accounts.signals import language_changed
        from portal.mail import sending

        from . import digests, joining

        sending.register(digests.TEMPLATE, digests.re_render)
        user_logged_in.connect(joining.signed_in, dispatch_uid="notices.joining")
        email_confirmed.connect(joining.confirmed, dispatch_uid="notices.joining")
        language_changed.connect(joining.spoken, dispatch_uid="notices.joining")
