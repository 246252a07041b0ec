"""Joint commitments: who is invited, and a partner's own page of its share."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from partnership.commitments.errors import AlreadyInvited, NotAMember, TooMany
from partnership.commitments.forms import PartnerForm, ReasonForm, ShareForm
from partnership.commitments.models import Share
from partnership.commitments.permissions import may_leave, may_report
from partnership.commitments.services import joint
from portal.workflow import TransitionNotAllowed

from .crumbs import commitments
from .writing import latest_reports, written_by_reader


@login_required
def partners(request, pk):
    """Who takes part in a commitment of one's own; POST invites a member of the programme, or with
    `withdraw` takes an invitation back that has not been answered.
    """
    commitment = written_by_reader(request, pk)
    posted = request.POST if request.method == "POST" else None
    if posted is not None and "withdraw" in posted:
        return _withdraw(request, commitment)
    form = PartnerForm(posted)
    if posted is not None and form.is_valid():
        organisation = form.cleaned_data["organisation"]
        try:
            joint.invite(commitment, organisation, by=request.user)
        except AlreadyInvited:
            form.add_error("organisation", _("It takes part already, or has not answered yet."))
        except TooMany:
            form.add_error("organisation", _("A commitment has at most twenty partners."))
        except (TransitionNotAllowed, NotAMember):
            messages.error(request, _("This can no longer be done: the state has changed."))
            return redirect("commitments:partners", pk=pk)
        else:
            messages.success(
                request,
                _("The owners of %(name)s have been asked by e-mail.")
                % {"name": organisation.name},
            )
            return redirect("commitments:partners", pk=pk)
    return render(
        request,
        "commitments/partners.html",
        {
            "crumbs": commitments((commitment.title, None)),
            "commitment": commitment,
            "shares": commitment.shares.select_related("organisation"),
            "form": form,
        },
        status=422 if form.errors else 200,
    )


def _withdraw(request, commitment):
    number = request.POST["withdraw"]
    shares = commitment.shares.filter(pk=number) if number.isdecimal() else Share.objects.none()
    try:
        joint.withdraw(get_object_or_404(shares), by=request.user)
    except TransitionNotAllowed:
        messages.error(request, _("This can no longer be done: the state has changed."))
    else:
        messages.success(request, _("The invitation has been taken back."))
    return redirect("commitments:partners", pk=commitment.pk)


def of_reader(request, pk) -> Share:
    """A share of an organisation that the reader writes for, or 404."""
    rows = Share.objects.select_related("commitment__organisation", "organisation")
    share = get_object_or_404(rows, pk=pk)
    if not may_report(request.user, share):
        raise Http404
    return share


@login_required
def share(request, share):
    """A partner's share: an invitation to accept (POST) or decline (`decline`), then its words,
    which it may put right.
    """
    row = of_reader(request, share)
    if row.declined_at or row.left_at:
        return render(request, "commitments/share_over.html", {"share": row})
    if request.method == "POST" and "decline" in request.POST:
        return _done(request, row, joint.decline, _("You have declined. Its leader has been told."))
    first = {"text": row.text, "amount": row.amount, "unit": row.unit}
    form = ShareForm(request.POST if request.method == "POST" else None, initial=first)
    if request.method == "POST" and form.is_valid():
        if row.waits:
            said = _("Your organisation takes part now.")
            return _done(request, row, joint.accept, said, **form.cleaned_data)
        return _done(request, row, joint.describe, _("Saved."), **form.cleaned_data)
    commitment = row.commitment
    return render(
        request,
        "commitments/share.html",
        {
            "crumbs": commitments((commitment.title, None)),
            "commitment": commitment,
            "milestones": commitment.milestones.all(),
            "share": row,
            "leaves": not row.leads and may_leave(request.user, row),
            "form": form,
            "by_letter": row.reports.by_letter().undoable(),
            "reports": latest_reports(row),
        },
        status=422 if form.errors else 200,
    )


@login_required
def leave(request, share):
    """A partner leaves a joint commitment, with why, for everybody to read; POST leaves."""
    row = of_reader(request, share)
    if row.leads or not row.takes_part or not may_leave(request.user, row):
        raise Http404
    form = ReasonForm(
        request.POST if request.method == "POST" else None, label=_("Why do you leave?")
    )
    if request.method == "POST" and form.is_valid():
        said = _("Your organisation has left the commitment.")
        return _done(request, row, joint.leave, said, reason=form.cleaned_data["reason"])
    return render(
        request,
        "commitments/leave.html",
        {
            "crumbs": commitments((row.commitment.title, None)),
            "commitment": row.commitment,
            "share": row,
            "form": form,
        },
        status=422 if form.errors else 200,
    )


def _done(request, row, event, said, **typed):
    try:
        event(row, by=request.user, **typed)
    except TransitionNotAllowed:
        messages.error(request, _("This can no longer be done: the state has changed."))
    else:
        messages.success(request, said)
    return redirect("commitments:share", share=row.pk)
