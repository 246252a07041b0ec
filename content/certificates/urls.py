"""My learning: /en/my-learning/, where the holder says what each certificate shows."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import views

prefix = ""
app_name = "certificates"
urlpatterns = [
    path(_("my-learning/"), views.own, name="own"),
    path(_("my-learning/<int:pk>/"), views.change, name="change"),
    path(_("my-learning/<int:pk>.pdf"), views.pdf, name="pdf"),
]
