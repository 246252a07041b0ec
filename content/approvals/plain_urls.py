"""The short address of a request for approval, which leads to the language of its letter."""

from django.urls import path

from . import views

prefix = ""
urlpatterns = [path("approve/<str:key>/", views.short, name="approve")]
