"""The figures of an area with those chosen to stand beside it, and the movement rule."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import views

prefix = ""
app_name = "area_figures"
urlpatterns = [
    path(_("areas/<slug:key>/figures/"), views.area_figures, name="figures"),
    path(_("movement-rule/"), views.movement_rule, name="movement-rule"),
]
