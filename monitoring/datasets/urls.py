"""The list of datasets, each with its picture, its table and its files."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import calendar_views, changelog, downloads, views

prefix = _("datasets/")
app_name = "datasets"
urlpatterns = [
    path("", views.index, name="index"),
    path(_("corrections/"), changelog.index, name="changelog"),
    path(_("corrections/feed.atom"), changelog.feed, name="changelog_feed"),
    path(_("release-calendar/"), calendar_views.calendar, name="calendar"),
    path("releases.ics", calendar_views.as_ics, name="calendar-ics"),
    path("releases.atom", calendar_views.as_feed, name="calendar-feed"),
    path("<slug:slug>/", views.dataset, name="dataset"),
    path("<slug:slug>.csv", downloads.as_csv, name="csv"),
    path("<slug:slug>.svg", downloads.as_svg, name="svg"),
    path("<slug:slug>.xlsx", downloads.as_xlsx, name="xlsx"),
    path("<slug:slug>.json", downloads.as_json, name="json"),
    path("<slug:slug>.metadata.json", downloads.as_metadata, name="metadata"),
]
