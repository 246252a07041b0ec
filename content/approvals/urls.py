"""Where somebody without an account approves a draft."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import views

prefix = ""
app_name = "approval"
urlpatterns = [path(_("approve/<str:key>/"), views.approve, name="approve")]
