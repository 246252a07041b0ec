"""Addresses of the API, version 1: what the routers offer, and what tells of it."""

from django.urls import path
from django.views.generic import RedirectView

from . import views
from .caching import read_only
from .service import api

offered, _kind, app_name = api.urls
for pattern in offered:
    pattern.callback = read_only(pattern.callback)

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="api:docs"), name="start"),
    path("docs", views.docs, name="docs"),
    path("openapi.json", read_only(views.openapi_json), name="openapi"),
    *(pattern for pattern in offered if pattern.name != "api-root"),
]
