"""Every way in is here: allauth's, in the site's own looks."""

from allauth.socialaccount.providers.openid_connect import views as openid_connect
from allauth.urls import urlpatterns as allauth_addresses
from django.urls import path

from .views import ProfileView, or_another_way

urlpatterns = [
    path("profile/", ProfileView.as_view(), name="account_profile"),
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
