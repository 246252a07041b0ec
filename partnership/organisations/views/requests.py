"""Asking to act for an organisation that is here already, and its owners' answer."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from partnership.organisations import business_id
from partnership.organisations.errors import (
    AlreadyActs,
    AlreadyAnswered,
    AlreadyAsked,
    NoConfirmedAddress,
    NotOfTheDomain,
    TooManyRequests,
)
from partnership.organisations.models import JoinRequest, Organisation
from partnership.organisations.people_forms import AskForm, LetInForm
from partnership.organisations.permissions import acts_for, can_edit, can_manage
from partnership.organisations.services import domains
from partnership.organisations.services import requests as services

from .crumbs import below_own, partners
from .own import own, posted


@login_required
def ask(request, number):
    """Ask the people of the organisation with a business ID to be let in; POST sends it.

    The name of one that is not public is not told; whoever comes here has its business ID.
    """
    organisation = of_number(number)
    if acts_for(request.user, organisation):
        return redirect("organisations:mine")
    return show_ask(request, organisation)


def of_number(number) -> Organisation:
    """The organisation with a business ID, or 404."""
    try:
        return get_object_or_404(Organisation, business_id=business_id.normalised(number))
    except ValidationError as error:
        raise Http404 from error


def show_ask(request, organisation, *, from_letter=False):
    """The page with the form, for somebody who is signed in; POST sends the request."""
    form = AskForm(posted(request))
    at_once = domains.may_join(request.user, organisation)
    if request.method == "POST" and "join" in request.POST and at_once:
        return _join(request, organisation)
    sent = request.method == "POST" and form.is_valid()
    if sent and _asked(request, organisation, form, from_letter):
        return redirect("organisations:mine")
    visible = Organisation.objects.visible_to(request.user).filter(pk=organisation.pk).exists()
    mine = organisation.join_requests.filter(user=request.user)
    name = organisation.name if visible or from_letter else organisation.business_id
    return render(
        request,
        "organisations/ask.html",
        {
            "crumbs": partners((_("Join the partnership"), None)),
            "name": name,
            "form": form,
            "at_once": at_once,
            "waiting": mine.waiting().first(),
            "declined": mine.declined_lately().first(),
            "no_index": True,
        },
        status=422 if form.errors else 200,
    )


def _join(request, organisation):
    try:
        domains.join(organisation, by=request.user)
    except (NotOfTheDomain, AlreadyActs):
        messages.info(request, _("This can no longer be done."))
    else:
        messages.success(
            request, _("You now act for %(organisation)s.") % {"organisation": organisation}
        )
    return redirect("organisations:mine")


def _asked(request, organisation, form, from_letter) -> bool:
    try:
        services.ask(
            organisation, by=request.user, text=form.cleaned_data["text"], from_letter=from_letter
        )
    except NoConfirmedAddress:
        form.add_error(None, _("Confirm your e-mail address first: the answer is sent to it."))
    except (AlreadyAsked, AlreadyActs):
        form.add_error(None, _("You have asked already."))
    except TooManyRequests:
        form.add_error(None, _("No more requests can be sent today. Try again tomorrow."))
    else:
        messages.success(
            request, _("Your request has been sent. The answer comes to you by e-mail.")
        )
    return not form.errors


@login_required
def answer(request, slug, pk):
    """One request to act for the organisation: its owners let in or say no, editors see it."""
    organisation = own(request, slug)
    if not can_edit(request.user, organisation):
        raise PermissionDenied
    owner = can_manage(request.user, organisation)
    asked = get_object_or_404(organisation.join_requests.select_related("user"), pk=pk)
    form = LetInForm(posted(request) if "decline" not in request.POST else None)
    if request.method == "POST":
        if not owner:
            raise PermissionDenied
        if "decline" in request.POST or form.is_valid():
            _answered(request, asked, form)
            return redirect("organisations:people", slug=slug)
    return render(
        request,
        "organisations/join_request.html",
        {
            "crumbs": below_own(organisation.name),
            "organisation": organisation,
            "asked": asked,
            "owner": owner,
            "form": form,
        },
        status=422 if form.errors else 200,
    )


def _answered(request, asked, form) -> None:
    try:
        if "decline" in request.POST:
            services.decline(asked, by=request.user)
            messages.success(request, _("The request has been declined."))
        else:
            services.accept(asked, role=form.cleaned_data["role"], by=request.user)
            messages.success(
                request, _("%(person)s acts for the organisation now.") % {"person": asked.user}
            )
    except AlreadyAnswered:
        messages.info(request, _("The request has been answered or taken back already."))


@login_required
@require_POST
def take_back(request, pk):
    """Take one's own request back."""
    asked = get_object_or_404(JoinRequest, pk=pk, user=request.user)
    try:
        services.take_back(asked, by=request.user)
    except AlreadyAnswered:
        messages.info(request, _("The request has been answered or taken back already."))
    else:
        messages.success(request, _("The request has been taken back."))
    return redirect("organisations:mine")
