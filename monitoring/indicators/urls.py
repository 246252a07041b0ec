"""The list of indicators, each with its page and its files."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import downloads, views

prefix = _("indicators/")
app_name = "monitoring"
urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:slug>/", views.indicator, name="indicator"),
    path("<slug:slug>.csv", downloads.as_csv, name="csv"),
    path("<slug:slug>.svg", downloads.as_svg, name="svg"),
    path("<slug:slug>.xlsx", downloads.as_xlsx, name="xlsx"),
    path("<slug:slug>.json", downloads.as_json, name="json"),
    path("<slug:slug>.metadata.json", downloads.as_metadata, name="metadata"),
]
