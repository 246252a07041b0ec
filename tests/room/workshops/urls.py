"""Addresses of workshops: /en/workshops/ and each below it."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import views

prefix = _("workshops/")
app_name = "workshops"
urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:slug>/", views.workshop, name="workshop"),
]
