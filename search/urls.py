"""Addresses of the search: /en/search/ for its field …suggest/, for browsers …opensearch.xml."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import views

prefix = _("search/")
app_name = "search"
urlpatterns = [
    path("", views.results, name="results"),
    path(_("suggest/"), views.suggest, name="suggest"),
    path("opensearch.xml", views.opensearch, name="opensearch"),
]
