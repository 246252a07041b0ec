"""Words of others on a result: asked of a partner, answered from a letter's link, replied to."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from partnership.commitments.errors import AlreadyAnswered, AlreadyInvited, NobodyToAsk, TooLate
from partnership.commitments.forms import (
    AnswerForm,
    LetterAnswerForm,
    PartnerForm,
    PressForm,
    ReasonForm,
)
from partnership.commitments.models import Confirmation, Report
from partnership.commitments.permissions import may_confirm, may_report
from partnership.commitments.services import confirmations
from portal.forms import OpenToAll

from .crumbs import commitments

WITH = ("report__share__commitment", "report__share__organisation", "report__milestone")


@login_required
def ask_partner(request, pk):
    """Ask a partner to confirm a report of one's organisation; POST asks."""
    rows = Report.objects.standing().select_related("share__commitment", "share__organisation")
    report = get_object_or_404(rows, pk=pk)
    if not may_report(request.user, report.share):
        raise Http404
    form = PartnerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            row = confirmations.ask_partner(
                report, form.cleaned_data["organisation"], by=request.user
            )
        except AlreadyInvited:
            form.add_error("organisation", _("It has been asked about this report already."))
        except NobodyToAsk:
            form.add_error(
                "organisation", _("It has nobody who can be asked and does not act for you too.")
            )
        except TooLate:
            messages.error(request, _("The report has been taken back."))
            return redirect(report.share.commitment)
        else:
            if row.letter_at:
                said = _("One of its people has been asked by e-mail.")
            else:
                said = _("The question stands on its desk: this year has no letter left.")
            messages.success(request, said)
            return redirect(report.share.commitment)
    return render(
        request,
        "commitments/ask_partner.html",
        {
            "crumbs": commitments((report.share.commitment.title, None)),
            "report": report,
            "commitment": report.share.commitment,
            "form": form,
        },
        status=422 if form.errors else 200,
    )


def confirm(request, key):
    """The question that a letter's key opens, without signing in; after the answer, the answer.

    POST keeps the answer, or with `undo` takes it back within fourteen days. 404 for a key that
    there is not, that is older than a year, or whose report was taken back.
    """
    row = get_object_or_404(Confirmation.objects.select_related("organisation", *WITH), key=key)
    if not row.is_open or not row.letter_at:
        raise Http404
    if request.method == "POST" and OpenToAll(request.POST).is_from_a_machine:
        return redirect(request.path)
    return _question(request, row, by=row.to, forms=(LetterAnswerForm, PressForm))


@login_required
def confirm_own(request, pk):
    """The same for somebody who is signed in and acts for the partner, and not for who told."""
    rows = Confirmation.objects.filter(organisation__isnull=False)
    row = get_object_or_404(rows.select_related("organisation", *WITH), pk=pk)
    if not row.is_open or not may_confirm(request.user, row):
        raise Http404
    return _question(request, row, by=request.user, forms=(AnswerForm, None))


def _question(request, row, *, by, forms):
    answering, undoing = forms
    if row.answered_at:
        press = undoing(request.POST if "undo" in request.POST else None) if undoing else None
        if "undo" in request.POST and (press is None or press.is_valid()):
            return _undo(request, row, by=by)
        return _show(request, row, press)
    form = answering(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            confirmations.answer(row, answer=typed["answer"], words=typed["words"], by=by)
        except (AlreadyAnswered, TooLate):
            messages.info(request, _("It has been answered already."))
        return redirect(request.path)
    return _show(request, row, form)


def _show(request, row, form):
    return render(
        request,
        "commitments/confirm.html",
        {
            "row": row,
            "report": row.report,
            "commitment": row.report.share.commitment,
            "form": form,
            "no_index": True,
        },
        status=422 if form is not None and form.errors else 200,
    )


def _undo(request, row, *, by):
    try:
        confirmations.undo(row, by=by)
    except TooLate:
        messages.error(request, _("An answer can be taken back for fourteen days."))
    else:
        messages.success(request, _("The answer has been taken back."))
    return redirect(request.path)


@login_required
def reply(request, pk):
    """The right of reply to a word on a report of one's organisation; POST keeps it, once."""
    row = get_object_or_404(
        Confirmation.objects.answered().select_related("organisation", *WITH), pk=pk
    )
    share = row.report.share
    if not may_report(request.user, share):
        raise Http404
    form = ReasonForm(request.POST if request.method == "POST" else None, label=_("Your reply"))
    if request.method == "POST" and form.is_valid():
        try:
            confirmations.reply(row, text=form.cleaned_data["reason"], by=request.user)
        except (AlreadyAnswered, TooLate):
            messages.error(request, _("This can no longer be done: the state has changed."))
        else:
            messages.success(request, _("Your reply stands beside it."))
        return redirect(share.commitment)
    return render(
        request,
        "commitments/reply.html",
        {
            "crumbs": commitments((share.commitment.title, None)),
            "row": row,
            "commitment": share.commitment,
            "form": form,
        },
        status=422 if form.errors else 200,
    )
