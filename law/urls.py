"""Addresses of the law: /en/law/, an act (681-2023/), a section (681-2023/32a/)."""

from django.urls import path

from . import inline, views

app_name = "law"
urlpatterns = [
    path("", views.index, name="index"),
    path("<int:number>-<int:year>/", views.act, name="act"),
    path("<int:number>-<int:year>/<slug:section>/", views.section, name="section"),
    path("<int:number>-<int:year>/<slug:section>/inline/", inline.section, name="section_inline"),
]
