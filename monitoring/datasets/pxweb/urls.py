"""PxWebApi 2, which R's pxweb looks for with the segments `api/v2` side by side."""

from django.urls import path

from . import views

app_name = "pxweb"
urlpatterns = [
    path("config", views.config, name="config"),
    path("tables", views.tables, name="tables"),
    path("tables/<str:table>", views.table, name="table"),
    path("tables/<str:table>/metadata", views.metadata, name="metadata"),
    path("tables/<str:table>/data", views.data, name="data"),
    path("codelists/<str:codelist>", views.codelist, name="codelist"),
]
