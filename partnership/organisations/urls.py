"""Addresses of the directory, the application, and an organisation's own pages."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from .views import (
    bodies,
    confirming,
    contacts,
    decisions,
    directory,
    domains,
    files,
    joining,
    leaving,
    own,
    people,
    renewals,
    requests,
    taking,
    years,
)

prefix = _("partners/")
app_name = "organisations"
urlpatterns = [
    path("", directory.index, name="index"),
    path(_("directory.<str:ending>"), files.download, name="file"),
    path(_("join/"), joining.join, name="join"),
    path(_("join/ask/<str:number>/"), requests.ask, name="ask"),
    path(_("mine/"), own.mine, name="mine"),
    path(_("mine/<slug:slug>/profile/"), own.profile, name="profile"),
    path(_("mine/<slug:slug>/contacts/"), contacts.contacts, name="contacts"),
    path(_("mine/<slug:slug>/confirm/"), confirming.confirm_own, name="confirm_own"),
    path(_("mine/<slug:slug>/answer/"), own.answer, name="answer"),
    path(_("mine/<slug:slug>/withdraw/"), own.withdraw, name="withdraw"),
    path(_("mine/<slug:slug>/apply-again/"), own.apply_again, name="apply_again"),
    path(_("mine/<slug:slug>/decision/"), decisions.decision, name="decision"),
    path(_("mine/<slug:slug>/year/"), years.year, name="year"),
    path(_("mine/<slug:slug>/year.pdf"), years.year_pdf, name="year_pdf"),
    path(_("mine/<slug:slug>/export.zip"), taking.taking, name="export"),
    path(_("mine/<slug:slug>/decision.pdf"), decisions.decision_pdf, name="decision_pdf"),
    path(_("mine/<slug:slug>/going-on/"), renewals.own_renewal, name="own_renewal"),
    path(_("going-on/<str:key>/"), renewals.renewal, name="renewal"),
    path(_("mine/<slug:slug>/people/"), people.people, name="people"),
    path(_("mine/<slug:slug>/people/<int:pk>/role/"), people.role, name="role"),
    path(_("mine/<slug:slug>/people/<int:pk>/remove/"), people.remove, name="remove"),
    path(_("mine/<slug:slug>/invitations/<int:pk>/revoke/"), people.revoke, name="revoke"),
    path(_("mine/<slug:slug>/requests/<int:pk>/"), requests.answer, name="join_request"),
    path(_("mine/requests/<int:pk>/take-back/"), requests.take_back, name="take_back_request"),
    path(_("mine/<slug:slug>/leave/"), leaving.leave, name="leave"),
    path(_("mine/<slug:slug>/domains/"), domains.add, name="add_domain"),
    path(_("mine/<slug:slug>/domains/<int:pk>/remove/"), domains.remove, name="remove_domain"),
    path(_("hand-over/<str:token>/"), leaving.hand_over, name="hand_over"),
    path(_("bodies/"), bodies.index, name="bodies"),
    path(_("bodies/<str:key>/"), bodies.body, name="body"),
    path(_("confirm/<str:key>/"), confirming.confirm, name="confirm"),
    path(_("invitations/<str:token>/"), people.invitation, name="invitation"),
    path("<slug:slug>/", directory.detail, name="detail"),
]
