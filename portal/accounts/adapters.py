"""How allauth meets the portal: its letters are ours, and go through our outbox."""

from urllib.parse import urlencode, urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.urls import reverse
from django.utils.translation import get_language

from portal.mail import outbox

from .models import User

HOLD_A_KEY = {
    "account/email_confirmation",
    "account/email_confirmation_signup",
    "account/login_code",
    "account/password_reset_code",
    "account/password_reset_key",
}


class AccountAdapter(DefaultAccountAdapter):
    def send_mail(self, template_prefix, email, context):
        """Write one of our letters in the place of allauth's, in the language of the person.

        account/email/password_changed is templates/letters/account/password_changed.txt. Addresses
        in `context` are put under SITE_URL: allauth makes them of the request's Host header.
        """
        template = template_prefix.replace("/email/", "/")
        person = context.get("user") or _person_of(email)
        outbox.write(
            template,
            to=email,
            language=person.language if person else get_language(),
            context={
                name: _under_our_address(value) if name.endswith("_url") else value
                for name, value in {"email": email, **context}.items()
            },
            holds_key=template in HOLD_A_KEY,
        )

    def get_email_confirmation_url(self, request, emailconfirmation):
        """The link of the letter; it carries where the person was going, also to another browser.

        It leads there through the sign-in, which is left out by those who are signed in.
        """
        link = super().get_email_confirmation_url(request, emailconfirmation)
        going = get_next_redirect_url(request)
        if not going or not going.startswith("/"):
            return link
        through = f"{reverse('account_login')}?{urlencode({REDIRECT_FIELD_NAME: going})}"
        return f"{link}?{urlencode({REDIRECT_FIELD_NAME: through})}"

    def get_reauthentication_methods(self, user):
        """A code by e-mail only for who has neither a password nor a second factor.

        It would be weaker than those; who signs in by single sign-on alone has nothing else.
        """
        methods = super().get_reauthentication_methods(user)
        stronger = [one for one in methods if one["id"] != "reauthenticate_by_code"]
        return stronger or methods

    def populate_username(self, request, user):
        """There are no user names."""


def _person_of(email: str) -> User | None:
    """Whose address it is, if it has an account."""
    address = EmailAddress.objects.select_related("user").filter(email__iexact=email).first()
    return address.user if address else User.objects.filter(email__iexact=email).first()


def _under_our_address(url: str) -> str:
    return settings.SITE_URL + urlsplit(url)._replace(scheme="", netloc="").geturl()


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Single sign-on: a person is who the provider says, never who has the same address."""

    def populate_user(self, request, sociallogin, data):
        user = super().populate_user(request, sociallogin, data)
        user.language = get_language()
        return user
