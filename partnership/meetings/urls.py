"""Addresses of meetings: what was decided where, an area's worksheet, and recording a decision."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import views

prefix = ""
app_name = "meetings"
urlpatterns = [
    path(_("meetings.<str:ending>"), views.download, name="file"),
    path(_("meetings/"), views.index, name="index"),
    path(_("meetings/decisions/<int:pk>/"), views.decision, name="decision"),
    path(_("meetings/decisions/<int:pk>/change/"), views.change, name="change"),
    path(_("meetings/<slug:key>/"), views.worksheet, name="worksheet"),
    path(_("meetings/<slug:key>/print.pdf"), views.worksheet_pdf, name="worksheet_pdf"),
    path(_("meetings/<slug:key>/record/"), views.record, name="record"),
]
