"""Addresses of the law: /en/law/, an act (681-2023/), a section (…/32a/), a bill (bills/1/)."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import bill_views, compare_views, inline, views

prefix = _("law/")
app_name = "law"
urlpatterns = [
    path("", views.index, name="index"),
    path(_("bills/"), bill_views.index, name="bills"),
    path(_("bills/<int:pk>/"), bill_views.bill, name="bill"),
    path("<int:number>-<int:year>/", views.act, name="act"),
    path("<int:number>-<int:year>/compare/", compare_views.act, name="compare_act"),
    path(
        "<int:number>-<int:year>/changes/<slug:day>/", compare_views.changed_on, name="changed_on"
    ),
    path("<int:number>-<int:year>/<slug:section>/", views.section, name="section"),
    path("<int:number>-<int:year>/<slug:section>/inline/", inline.section, name="section_inline"),
    path(
        "<int:number>-<int:year>/<slug:section>/compare/",
        compare_views.section,
        name="compare_section",
    ),
    path("<int:number>-<int:year>/<slug:section>/trail/", compare_views.trail, name="trail"),
]
