"""An organisation's people: its owners invite, change roles and remove; anyone may leave."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from partnership.organisations.errors import (
    AlreadyInvited,
    InvitationNotOpen,
    LastOwner,
    NotAMember,
    NotInvited,
    TooManyInvitations,
)
from partnership.organisations.forms import InvitationForm
from partnership.organisations.models import Invitation, Representative
from partnership.organisations.people_forms import NoSignInForm
from partnership.organisations.permissions import can_edit, can_manage
from partnership.organisations.services import domains
from partnership.organisations.services import people as services
from portal.errors import BadParameter

from .crumbs import below_own
from .own import own, owned, posted


@login_required
def people(request, slug):
    """Who acts for the organisation, and who has been invited. POST invites (owners only)."""
    organisation = own(request, slug)
    owner = can_manage(request.user, organisation)
    if request.method == "POST" and not owner:
        raise PermissionDenied
    form = InvitationForm(posted(request))
    if request.method == "POST" and form.is_valid() and _invited(request, organisation, form):
        return redirect("organisations:people", slug=slug)
    return render(
        request,
        "organisations/people.html",
        {
            "crumbs": below_own(organisation.name),
            "organisation": organisation,
            "people": organisation.representatives.select_related("user"),
            "invitations": organisation.invitations.open() if owner else [],
            "declined": organisation.invitations.declined_lately() if owner else [],
            "requests": _requests(request.user, organisation),
            "domains": organisation.email_domains.all() if owner else [],
            "own_domains": _domains_to_add(request.user, organisation) if owner else [],
            "owner": owner,
            "member": organisation.memberships.active().exists(),
            "form": form,
        },
        status=422 if form.errors else 200,
    )


def _requests(user, organisation):
    """Who asks to act for it, for those who write in its name."""
    if not can_edit(user, organisation):
        return []
    return organisation.join_requests.waiting().select_related("user")


def _domains_to_add(user, organisation) -> list[str]:
    there = organisation.email_domains.values_list("domain", flat=True)
    return sorted(domains.domains_of(user) - set(there))


def _invited(request, organisation, form) -> bool:
    try:
        services.invite(organisation, by=request.user, **form.cleaned_data)
    except AlreadyInvited:
        form.add_error(
            "email",
            _("This person acts for the organisation already, or has an invitation that waits."),
        )
    except NotAMember:
        form.add_error(None, _("People can be invited once the organisation is a member."))
    except TooManyInvitations:
        form.add_error(None, _("No more invitations can be sent today. Try again tomorrow."))
    else:
        messages.success(
            request,
            _("The invitation has been sent to %(email)s.") % {"email": form.cleaned_data["email"]},
        )
    return not form.errors


@login_required
@require_POST
def revoke(request, slug, pk):
    """Take an invitation back."""
    invitation = get_object_or_404(owned(request, slug).invitations, pk=pk)
    try:
        services.revoke(invitation, by=request.user)
    except InvitationNotOpen:
        messages.error(request, _("The invitation has already been used or taken back."))
    else:
        messages.success(request, _("The invitation has been taken back."))
    return redirect("organisations:people", slug=slug)


@login_required
@require_POST
def role(request, slug, pk):
    """Change a person's role to `role`: owner, editor or member."""
    person = get_object_or_404(owned(request, slug).representatives, pk=pk)
    wanted = request.POST.get("role", "")
    if wanted not in Representative.Role:
        raise BadParameter("role", wanted)
    try:
        services.change_role(person, role=wanted, by=request.user)
    except LastOwner:
        messages.error(request, last_owner())
    else:
        messages.success(request, _("The role has been changed."))
    if person.user_id == request.user.pk:
        return redirect("organisations:mine")
    return redirect("organisations:people", slug=slug)


@login_required
@require_POST
def remove(request, slug, pk):
    """Remove a person (owners), or leave oneself (anyone)."""
    person = get_object_or_404(own(request, slug).representatives, pk=pk)
    leaving = person.user_id == request.user.pk
    if not leaving:
        owned(request, slug)
    try:
        services.leave(person) if leaving else services.remove(person, by=request.user)
    except LastOwner:
        if leaving:
            return redirect("organisations:leave", slug=slug)
        messages.error(request, last_owner())
    except Representative.DoesNotExist:
        messages.info(request, _("The person had already been removed."))
    else:
        messages.success(
            request,
            _("You no longer act for the organisation.")
            if leaving
            else _("The person no longer acts for the organisation."),
        )
        if leaving:
            return redirect("organisations:mine")
    return redirect("organisations:people", slug=slug)


def invitation(request, token):
    """What the letter's link leads to; POST accepts it, or with `decline` or `take_up` answers no
    and undoes that.

    Only the invited address accepts, signed in, and once; whoever has the letter may decline.
    """
    try:
        found = Invitation.of_token(token)
    except Invitation.DoesNotExist:
        return render(request, "organisations/invitation_over.html", status=404)
    invited = request.user.is_authenticated and services.is_for(found, request.user)
    if request.user.is_authenticated and not invited:
        return render(request, "organisations/invitation_other.html", status=403)
    if not (found.is_open or found.can_be_taken_up):
        return render(request, "organisations/invitation_over.html", status=410)
    if request.method == "POST" and not {"decline", "take_up"}.isdisjoint(request.POST):
        return _without_account(request, found)
    if request.method == "POST" and not invited:
        return redirect(request.path)
    if request.method == "POST":
        return _accepted(request, found)
    return _show_invitation(request, found, NoSignInForm())


def _show_invitation(request, found, form):
    own = request.user.is_authenticated and found.is_open
    return render(
        request,
        "organisations/invitation.html" if own else "organisations/invitation_letter.html",
        {"invitation": found, "form": form, "no_index": True},
        status=422 if form.errors else 200,
    )


def _accepted(request, found):
    try:
        services.accept(found, by=request.user)
    except InvitationNotOpen:
        return render(request, "organisations/invitation_over.html", status=410)
    except NotInvited:
        return render(request, "organisations/invitation_other.html", status=403)
    messages.success(
        request,
        _("You now act for %(organisation)s.") % {"organisation": found.organisation},
    )
    return redirect("organisations:mine")


def _without_account(request, found):
    form = NoSignInForm(request.POST)
    if form.is_from_a_machine:
        return redirect(request.path)
    if not form.is_valid():
        return _show_invitation(request, found, form)
    by = request.user if request.user.is_authenticated else None
    try:
        if "decline" in request.POST:
            services.decline(found, by=by)
        else:
            services.take_up(found, by=by)
    except InvitationNotOpen:
        return render(request, "organisations/invitation_over.html", status=410)
    return redirect(request.path)


def last_owner():
    return _("An organisation needs at least one owner. Make somebody else an owner first.")
