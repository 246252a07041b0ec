"""The list of datasets, each with its table and its file."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import views

prefix = _("datasets/")
app_name = "datasets"
urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:slug>/", views.dataset, name="dataset"),
    path("<slug:slug>.csv", views.as_csv, name="csv"),
]
