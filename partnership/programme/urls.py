"""Addresses of the programme: its page, plan, calls, offers and centres."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from .views import barometer, calls, centres, files, offers, public

prefix = _("programme/")
app_name = "programme"
urlpatterns = [
    path("", public.index, name="index"),
    path(_("plan/<slug:slug>/"), public.measure, name="measure"),
    path(_("plan.<str:ending>"), files.measures, name="measures_file"),
    path(_("calls/"), calls.index, name="calls"),
    path(_("calls.<str:ending>"), files.calls, name="calls_file"),
    path(_("calls/<slug:slug>/"), calls.detail, name="call"),
    path(_("calls/<slug:slug>/interest/"), calls.interest, name="interest"),
    path(_("offers/"), offers.index, name="offers"),
    path(_("offers.<str:ending>"), files.offers, name="offers_file"),
    path(_("offers/write/"), offers.write, name="write_offer"),
    path(_("offers/own/<int:pk>/"), offers.own, name="own_offer"),
    path(_("offers/own/<int:pk>/edit/"), offers.edit, name="edit_offer"),
    path(_("offers/<int:pk>-<slug:slug>/"), offers.detail, name="offer"),
    path(_("barometer/"), barometer.index, name="barometer"),
    path(_("barometer.<str:ending>"), barometer.download, name="barometer_file"),
    path(_("barometer/thanks/"), barometer.thanks, name="barometer_thanks"),
    path(_("barometer/answer/<str:key>/"), barometer.answer, name="answer_barometer"),
    path(_("centres/"), centres.index, name="centres"),
    path(_("centres/<str:key>/"), centres.detail, name="centre"),
]
