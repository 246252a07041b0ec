"""Addresses of feedback, under the about pages."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import views

prefix = _("about/feedback/")
app_name = "feedback"
urlpatterns = [
    path("", views.form, name="form"),
    path(_("thanks/"), views.thanks, name="thanks"),
    path(_("page/"), views.opinion, name="opinion"),
    path(_("page/thanks/"), views.opinion_thanks, name="opinion_thanks"),
]
