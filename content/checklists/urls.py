"""Addresses of checklists, and of own ones below them."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import views

prefix = _("checklists/")
app_name = "checklists"
urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:slug>/", views.page, name="page"),
    path("<slug:slug>/<int:pk>/", views.own, name="own"),
    path("<slug:slug>/<int:pk>/list.csv", views.export, name="export"),
    path(_("<slug:slug>/<int:pk>/items/<int:answer>/"), views.answer, name="answer"),
    path(_("<slug:slug>/<int:pk>/change/"), views.change, name="change"),
]
