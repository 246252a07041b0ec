"""Addresses of following; the keys of signed links are in the query, which logs leave out."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import views

prefix = _("follow/")
app_name = "follow"
urlpatterns = [
    path("", views.start, name="start"),
    path(_("sent/"), views.sent, name="sent"),
    path(_("confirm/"), views.confirm, name="confirm"),
    path(_("manage/"), views.manage, name="manage"),
    path(_("mine/"), views.mine, name="mine"),
    path(_("stop/"), views.stop, name="stop"),
]
