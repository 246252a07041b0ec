"""Wagtail's own ways in, closed: they would let a person in on the password alone.

Included before Wagtail's addresses, under /cms/ and under each language. A test walks the map for
any other sign-in view.
"""

from django.urls import path, re_path

from .views import ResetElsewhere, SignInElsewhere

cms = [
    path("login/", SignInElsewhere.as_view(), name="closed_cms_login"),
    re_path(r"^password_reset/", ResetElsewhere.as_view(), name="closed_cms_password_reset"),
]
site = [path("_util/login/", SignInElsewhere.as_view(), name="closed_site_login")]
