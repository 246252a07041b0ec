"""Address of the glossary: /en/glossary/, with an anchor for each term."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import views

prefix = _("glossary/")
app_name = "glossary"
urlpatterns = [path("", views.index, name="index")]
