"""Addresses of feedback, under the about pages."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import views

app_name = "feedback"
urlpatterns = [
    path("", views.form, name="form"),
    path(_("thanks/"), views.thanks, name="thanks"),
]
