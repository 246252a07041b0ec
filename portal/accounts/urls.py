"""Every way in is here: allauth's, in the site's own looks."""

from allauth.socialaccount.providers.openid_connect import views as openid_connect
from allauth.urls import urlpatterns as allauth_addresses
from django.urls import path

from .own_data import erase_own, export_own, own_data
from .views import ProfileView, or_another_way

urlpatterns = [
    path("profile/", ProfileView.as_view(), name="account_profile"),
    path("data/", own_data, name="account_data"),
    path("data/export/", export_own, name="account_export"),
    path("data/erase/", erase_own, name="account_erase"),
    path(
        "oidc/<str:provider_id>/login/",
        or_another_way(openid_connect.login),
        name="openid_connect_login",
    ),
    path(
        "oidc/<str:provider_id>/login/callback/",
        or_another_way(openid_connect.callback),
        name="openid_connect_callback",
    ),
    *allauth_addresses,
]
