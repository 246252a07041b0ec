"""The list of indicators, each with its page and its file."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import views

prefix = _("indicators/")
app_name = "monitoring"
urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:slug>/", views.indicator, name="indicator"),
    path("<slug:slug>.csv", views.as_csv, name="csv"),
]
