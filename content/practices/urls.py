"""Addresses of practices: the list, one in all languages, and people's own."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import views

prefix = ""
app_name = "practices"
urlpatterns = [
    path(_("practices/"), views.index, name="index"),
    path(_("practices/own/write/"), views.write, name="write"),
    path(_("practices/own/<int:pk>/"), views.own, name="own"),
    path(_("practices/own/<int:pk>/edit/"), views.edit, name="edit"),
    path(_("practices/<slug:slug>/"), views.detail, name="detail"),
    path(_("practices/<slug:slug>/use/"), views.tell, name="tell"),
]
