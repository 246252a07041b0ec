"""Wagtail's own ways in, closed: they would let a person in on the password alone.

Included before Wagtail's addresses, under /cms/ and under each language. A test walks the map for
any other sign-in view. Wagtail's trial of a fault (failwhale) is closed with them: it would answer
500 to whoever asks.
"""

from django.urls import path, re_path

from portal.views.errors import not_found

from .views import ResetElsewhere, SignInElsewhere

cms = [
    path("login/", SignInElsewhere.as_view(), name="closed_cms_login"),
    path("failwhale/", not_found, name="closed_cms_failwhale"),
    re_path(r"^password_reset/", ResetElsewhere.as_view(), name="closed_cms_password_reset"),
]
site = [path("_util/login/", SignInElsewhere.as_view(), name="closed_site_login")]
