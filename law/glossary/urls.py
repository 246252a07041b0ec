"""Address of the glossary: /en/glossary/, with an anchor for each term."""

from django.urls import path

from . import views

app_name = "glossary"
urlpatterns = [path("", views.index, name="index")]
