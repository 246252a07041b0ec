"""The address that a certificate is checked at, which has no language in it."""

from django.urls import path

from . import views

prefix = ""
urlpatterns = [path("certificates/<str:code>/", views.verify, name="certificate")]
