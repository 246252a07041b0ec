"""Addresses of places: the map, and an area by its key (/en/areas/TA05/)."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import map_views, views

prefix = _("areas/")
app_name = "places"
urlpatterns = [
    path("", map_views.index, name="index"),
    path(_("find/"), views.find, name="find"),
    path("<slug:key>.pdf", views.area_pdf, name="area_pdf"),
    path("<slug:key>/", views.area, name="area"),
]
