"""Addresses of who is in charge: the pages of those who keep an area, and documents."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import views

prefix = _("authorities/")
app_name = "authorities"
urlpatterns = [
    path("", views.mine, name="mine"),
    path(_("programmes/<int:pk>/"), views.change_programme, name="change_programme"),
    path(_("programmes/<int:pk>/file/"), views.file, name="file"),
    path("<slug:key>/", views.area, name="area"),
    path(_("<slug:key>/officers/"), views.name, name="name"),
    path(_("<slug:key>/officers/<int:pk>/remove/"), views.remove, name="remove"),
    path(_("<slug:key>/programme/"), views.add_programme, name="add_programme"),
    path(_("<slug:key>/contact/<slug:role>/"), views.tell, name="tell"),
    path(_("<slug:key>/contact/<slug:role>/check/"), views.check, name="check"),
]
