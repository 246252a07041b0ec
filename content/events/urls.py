"""Addresses of events: an event, registering, and one's own registration."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import views
from .calendar import feeds

prefix = ""
app_name = "events"
urlpatterns = [
    path(_("events/"), views.index, name="index"),
    path(_("events/calendar.ics"), feeds.every, name="calendar"),
    path(_("events/mine/"), views.mine, name="mine"),
    path(_("events/mine/calendar.ics"), feeds.mine, name="my_calendar"),
    path(_("events/registration/"), views.registration, name="registration"),
    path(_("events/<slug:slug>/"), views.event, name="event"),
    path(_("events/<slug:slug>/calendar.ics"), feeds.one, name="event_calendar"),
    path(_("events/<slug:slug>/register/"), views.register, name="register"),
    path(_("events/<slug:slug>/sent/"), views.sent, name="sent"),
]
