"""Addresses of commitments: the list and its files, one with its timeline, and people's own."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from .views import confirming, files, joint, public, telling, writing

prefix = ""
app_name = "commitments"
urlpatterns = [
    path(_("commitments.<str:ending>"), files.download, name="file"),
    path(_("commitments/"), public.index, name="index"),
    path(_("commitments/write/"), writing.write, name="write"),
    path(_("commitments/own/<int:pk>/"), writing.own, name="own"),
    path(_("commitments/own/<int:pk>/edit/"), writing.edit, name="edit"),
    path(_("commitments/own/<int:pk>/end/"), writing.end, name="end"),
    path(_("commitments/own/<int:pk>/correct/"), writing.correct, name="correct"),
    path(_("commitments/own/<int:pk>/partners/"), joint.partners, name="partners"),
    path(_("commitments/share/<int:share>/"), joint.share, name="share"),
    path(_("commitments/share/<int:share>/leave/"), joint.leave, name="leave"),
    path(_("commitments/share/<int:share>/tell/"), telling.tell_own, name="tell_own"),
    path(_("commitments/tell/<str:key>/"), telling.tell, name="tell"),
    path(_("commitments/report/<int:pk>/"), telling.undo_own, name="undo_own"),
    path(_("commitments/report/<int:pk>/file/"), telling.attachment, name="attachment"),
    path(_("commitments/report/<int:pk>/confirm/"), confirming.ask_partner, name="ask_partner"),
    path(_("commitments/confirm/<str:key>/"), confirming.confirm, name="confirm"),
    path(_("commitments/confirmation/<int:pk>/"), confirming.confirm_own, name="confirm_own"),
    path(_("commitments/confirmation/<int:pk>/reply/"), confirming.reply, name="reply"),
    path(_("commitments/<int:pk>-<slug:slug>/"), public.detail, name="detail"),
]
