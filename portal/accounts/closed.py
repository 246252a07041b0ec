"""Wagtail's own ways in, closed: they would let a person in on the password alone.

Included before Wagtail's addresses, under /cms/ and under each language. A test walks the map for
any other sign-in view. Pages and documents have no shared passwords, so the places where one
would be typed are not there. Signing out is for forms alone, for a link of somebody else's must
not do it. Wagtail's trial of a fault (failwhale) would answer 500 to whoever asks.
"""

from django.urls import path, re_path
from django.views.decorators.http import require_POST
from wagtail.admin.views.account import LogoutView

from portal.views.errors import not_found

from .views import ResetElsewhere, SignInElsewhere

cms = [
    path("login/", SignInElsewhere.as_view(), name="closed_cms_login"),
    path("failwhale/", not_found, name="closed_cms_failwhale"),
    path("logout/", require_POST(LogoutView.as_view()), name="closed_cms_logout"),
    re_path(r"^password_reset/", ResetElsewhere.as_view(), name="closed_cms_password_reset"),
]
site = [
    path("_util/login/", SignInElsewhere.as_view(), name="closed_site_login"),
    re_path(r"^_util/authenticate_with_password/", not_found, name="closed_site_shared_password"),
]
documents = [
    re_path(r"^authenticate_with_password/", not_found, name="closed_documents_shared_password")
]
