"""Addresses of events: an event, registering, and one's own registration."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import views

prefix = ""
app_name = "events"
urlpatterns = [
    path(_("events/registration/"), views.registration, name="registration"),
    path(_("events/<slug:slug>/"), views.event, name="event"),
    path(_("events/<slug:slug>/register/"), views.register, name="register"),
    path(_("events/<slug:slug>/sent/"), views.sent, name="sent"),
]
