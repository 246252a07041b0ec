"""Every way in is here: allauth's, in the site's own looks."""

from allauth.urls import urlpatterns as allauth_addresses
from django.urls import path

from .views import ProfileView

urlpatterns = [
    path("profile/", ProfileView.as_view(), name="account_profile"),
    *allauth_addresses,
]
