"""How allauth meets the portal: its letters go through our outbox."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.contrib.sites.shortcuts import get_current_site
from django.utils.translation import get_language

from portal.notices.models import Letter


class AccountAdapter(DefaultAccountAdapter):
    def send_mail(self, template_prefix, email, context):
        """Write allauth's letter into the outbox, in the language that the reader is using."""
        request = allauth_context.request
        context = {
            "request": request,
            "email": email,
            "current_site": get_current_site(request),
            **context,
        }
        message = self.render_mail(template_prefix, email, context)
        Letter.objects.create(
            template=template_prefix,
            to=email,
            language=get_language(),
            subject=message.subject,
            text=message.body,
        )

    def populate_username(self, request, user):
        """There are no user names."""


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Single sign-on: a person is who the provider says, never who has the same address."""

    def populate_user(self, request, sociallogin, data):
        user = super().populate_user(request, sociallogin, data)
        user.language = get_language()
        return user
