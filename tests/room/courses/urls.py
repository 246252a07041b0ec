"""Addresses of courses: /en/courses/ and each below it."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import views

prefix = _("courses/")
app_name = "courses"
urlpatterns = [
    path("", views.index, name="index"),
    path("<slug:slug>/", views.course, name="course"),
]
