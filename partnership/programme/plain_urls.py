"""The short address of the barometer's link, for print: it leads to the reader's language."""

from django.urls import path

from .views import barometer

prefix = ""
urlpatterns = [path("barometer/<str:key>/", barometer.short, name="barometer_short")]
