"""The list of datasets, each with its table and its file."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import changelog, views

prefix = _("datasets/")
app_name = "datasets"
urlpatterns = [
    path("", views.index, name="index"),
    path(_("corrections/"), changelog.index, name="changelog"),
    path(_("corrections/feed.atom"), changelog.feed, name="changelog_feed"),
    path("<slug:slug>/", views.dataset, name="dataset"),
    path("<slug:slug>.csv", views.as_csv, name="csv"),
]
