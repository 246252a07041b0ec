"""Who reads: without a session cookie nobody asks the session who it is."""

from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser


class ReaderMiddleware(AuthenticationMiddleware):
    """Django's, but an address read without a session cookie never touches the session.

    So the pages of readers who have not signed in carry no `Vary: Cookie` and can be cached.
    """

    def process_request(self, request):
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            return super().process_request(request)
        request.user = AnonymousUser()

        async def auser():
            return request.user

        request.auser = auser


def second_factor_for_staff(get_response):
    """Placeholder order in the chain: people of /cms/ are led to set up a second factor."""

    def middleware(request):
        return get_response(request)

    return middleware
