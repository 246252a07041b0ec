"""Addresses for programs: PxWebApi 2, and the catalogue of the data."""

from django.urls import include, path, re_path

from . import catalogue_views

prefix = ""
urlpatterns = [
    path("pxweb/api/v2/", include("monitoring.datasets.pxweb.urls")),
    re_path(r"^catalog\.(?P<extension>ttl|jsonld|rdf)$", catalogue_views.catalogue, name="catalog"),
]
