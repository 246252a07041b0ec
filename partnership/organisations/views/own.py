"""Where an organisation's people see how it stands; its people answer, withdraw and edit here."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnership.organisations.errors import AlreadyEntered
from partnership.organisations.forms import Commitment, ProfileForm, WordsForm
from partnership.organisations.models import (
    Draft,
    Membership,
    Organisation,
    Renewal,
    Representative,
)
from partnership.organisations.models.periods import PRINCIPLES
from partnership.organisations.permissions import can_edit, can_manage
from partnership.organisations.services import memberships, profiles
from portal import about
from portal.concurrency import Stale
from portal.workflow import TransitionNotAllowed

from .crumbs import below_own, partners

ANSWER = gettext_lazy("Your answer to the programme team")


def own(request, slug) -> Organisation:
    """An organisation that the reader acts for, or 404."""
    return get_object_or_404(Organisation.objects.of(request.user), slug=slug)


def owned(request, slug) -> Organisation:
    """An organisation that the reader owns: 404 for strangers, 403 for its other people."""
    organisation = own(request, slug)
    if not can_manage(request.user, organisation):
        raise PermissionDenied
    return organisation


def edited(request, slug) -> Organisation:
    """An organisation that the reader writes for: 404 for strangers, 403 for its members."""
    organisation = own(request, slug)
    if not can_edit(request.user, organisation):
        raise PermissionDenied
    return organisation


def posted(request):
    """What a form is bound to: also a POST that has nothing in it."""
    return request.POST if request.method == "POST" else None


@login_required
def mine(request):
    """The reader's organisations, how each stands and what happens next."""
    memberships_of = Membership.objects.select_related("period").order_by("-applied_at", "-pk")
    history = Prefetch("memberships", memberships_of)
    asked = Prefetch("memberships__renewals", Renewal.objects.select_related("period"))
    people = Prefetch("representatives", Representative.objects.select_related("user"))
    organisations = Organisation.objects.of(request.user).prefetch_related(history, asked, people)
    standings = [_standing(request.user, organisation) for organisation in organisations]
    return render(
        request,
        "organisations/mine.html",
        {
            "crumbs": partners((_("My organisations"), None)),
            "standings": standings,
            "requests": request.user.join_requests.waiting().select_related("organisation"),
            "draft": Draft.objects.filter(user=request.user).first(),
        },
    )


def _standing(user, organisation):
    """One organisation as its people see it, and what this reader may do about it."""
    membership = next(iter(organisation.memberships.all()), None)
    people = list(organisation.representatives.all())
    role = next((p.role for p in people if p.user_id == user.pk), "")
    owner = role == Representative.Role.OWNER
    editor = owner or role == Representative.Role.EDITOR
    may_become = membership.can_become if membership else lambda status: False
    told = membership and membership.status in (
        Membership.Status.RETURNED,
        Membership.Status.DECLINED,
        Membership.Status.ENDED,
    )
    renewal = next(iter(membership.renewals.all()), None) if membership else None
    return {
        "organisation": organisation,
        "membership": membership,
        "people": people,
        "editor": editor,
        "owner": owner,
        "reason": membership.reason if told else "",
        "may_answer": editor and membership and membership.status == Membership.Status.RETURNED,
        "renewal": renewal,
        "may_withdraw": owner and may_become(Membership.Status.WITHDRAWN),
        "may_leave": owner and may_become(Membership.Status.ENDED),
        "may_apply": editor and (not membership or not Membership.MOVES[membership.status]),
    }


def _latest(organisation) -> Membership:
    return get_object_or_404(organisation.memberships.order_by("-applied_at", "-pk")[:1])


@login_required
def answer(request, slug):
    """Show what was asked for; POST sends the application in again with the answer."""
    organisation = edited(request, slug)
    membership = _latest(organisation)
    if membership.status != Membership.Status.RETURNED:
        messages.info(request, _("The application is not waiting for an answer."))
        return redirect("organisations:mine")
    form = WordsForm(posted(request), label=ANSWER)
    if request.method == "POST" and form.is_valid():
        _attempt(
            request,
            lambda: memberships.answer(membership, by=request.user, text=form.cleaned_data["text"]),
            _("The application has been sent in again."),
        )
        return redirect("organisations:mine")
    return render(
        request,
        "organisations/answer.html",
        {
            "crumbs": below_own(organisation.name),
            "organisation": organisation,
            "membership": membership,
            "form": form,
        },
        status=422 if form.errors else 200,
    )


@login_required
def withdraw(request, slug):
    """Ask whether it is meant; POST takes the application back.

    For a member it leaves the programme; POST says so by `leave`, so that a page opened before the
    decision does not end what has begun.
    """
    organisation = owned(request, slug)
    membership = _latest(organisation)
    is_member = membership.can_become(Membership.Status.ENDED)
    if request.method == "POST" and "leave" in request.POST:
        _attempt(
            request,
            lambda: memberships.leave(membership, by=request.user),
            _("The organisation has left the programme."),
        )
        return redirect("organisations:mine")
    if request.method == "POST":
        _attempt(
            request,
            lambda: memberships.withdraw(membership, by=request.user),
            _("The application has been withdrawn."),
        )
        return redirect("organisations:mine")
    if not is_member and not membership.can_become(Membership.Status.WITHDRAWN):
        messages.info(request, _("There is no application that could be withdrawn."))
        return redirect("organisations:mine")
    return render(
        request,
        "organisations/withdraw.html",
        {
            "organisation": organisation,
            "is_member": is_member,
            "crumbs": below_own(organisation.name),
        },
    )


@login_required
def apply_again(request, slug):
    """For an organisation whose earlier application or membership is over."""
    organisation = edited(request, slug)
    if organisation.memberships.open().exists():
        messages.info(request, _("This organisation has already applied."))
        return redirect("organisations:mine")
    form = Commitment(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            memberships.apply_for(
                organisation, by=request.user, motivation=form.cleaned_data["motivation"]
            )
        except AlreadyEntered:
            messages.info(request, _("This organisation has already applied."))
        else:
            messages.success(request, _("The application has been sent to the programme team."))
        return redirect("organisations:mine")
    return render(
        request,
        "organisations/apply_again.html",
        {
            "crumbs": below_own(organisation.name),
            "organisation": organisation,
            "form": form,
            "pages": about.addresses(),
            "principles": PRINCIPLES,
        },
        status=422 if form.errors else 200,
    )


@login_required
def profile(request, slug):
    """Edit the profile; one that another owner has saved meanwhile is shown, not overwritten."""
    organisation = edited(request, slug)
    name = str(organisation)
    form = ProfileForm(posted(request), request.FILES or None, instance=organisation)
    saved = None
    if request.method == "POST" and form.is_valid():
        try:
            _save_profile(request, form)
        except Stale:
            saved = Organisation.objects.get(pk=organisation.pk)
        else:
            messages.success(request, _("The profile has been saved."))
            return redirect("organisations:mine")
    return render(
        request,
        "organisations/profile.html",
        {
            "crumbs": below_own(name),
            "name": name,
            "organisation": organisation,
            "form": form,
            "differences": form.differences_from(saved) if saved else [],
            "saved": saved,
        },
        status=409 if saved else 422 if form.errors else 200,
    )


@transaction.atomic
def _save_profile(request, form):
    profiles.edit(
        form.instance,
        by=request.user,
        fields=form.changed_columns,
        seen=form.cleaned_data["version"],
        **form.chosen,
    )
    if form.changes_logo:
        logo = form.cleaned_data["logo_file"]
        profiles.change_logo(form.instance, by=request.user, logo=logo)


def _attempt(request, event, done):
    try:
        event()
    except TransitionNotAllowed:
        messages.error(
            request,
            _("This can no longer be done: the state of the application has changed."),
        )
    else:
        messages.success(request, done)
