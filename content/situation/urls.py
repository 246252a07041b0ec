"""Integration now: /en/situation/, and the same on paper, /en/situation.pdf."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import views

prefix = ""
app_name = "situation"
urlpatterns = [
    path(_("situation/"), views.page, name="page"),
    path(_("situation.pdf"), views.pdf, name="pdf"),
]
