"""The two-minute report: one screen, from a letter's link or from the desk.

Opening the link tells nothing, nor does a form sent as it stands: nothing is chosen in it. Mail
scanners also try choices and press buttons: what comes within seconds of opening is asked again,
and whatever was told can be taken back.
"""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from partnership.commitments.errors import AlreadyTold, TooLate
from partnership.commitments.forms import LetterReportForm, ReportForm, TakeBackForm
from partnership.commitments.models import Ask, Report, Share
from partnership.commitments.permissions import may_report
from partnership.commitments.services import reports
from portal.forms import OpenToAll
from portal.workflow import TransitionNotAllowed

WITH = ("commitment__organisation", "organisation")


def tell(request, key):
    """The form that a letter's key opens, without signing in; after it was told, what was told.

    POST keeps the report, or with `undo` takes it back within fourteen days. 404 for a key that
    there is not, or that is older than a year.
    """
    asks = Ask.objects.select_related(*(f"share__{name}" for name in WITH))
    ask = get_object_or_404(asks, key=key)
    if not ask.is_open:
        raise Http404
    if request.method == "POST" and OpenToAll(request.POST).is_from_a_machine:
        return redirect(request.path)
    told = ask.reports.standing().first()
    if told:
        undoing = request.method == "POST" and "undo" in request.POST
        form = TakeBackForm(request.POST if undoing else None)
        if undoing and form.is_valid():
            return _undo(request, told, by=None)
        return _thanks(request, told, form)
    return _form(request, ask.share, ask=ask, by=ask.to)


@login_required
def tell_own(request, share):
    """The same form for somebody who is signed in and writes for the organisation."""
    row = get_object_or_404(Share.objects.select_related(*WITH), pk=share)
    if not may_report(request.user, row):
        raise Http404
    return _form(request, row, ask=None, by=request.user)


@login_required
def undo_own(request, pk):
    """Take a report of one's organisation back; 404 for who does not write for it."""
    report = get_object_or_404(Report.objects.select_related("share__organisation"), pk=pk)
    if not may_report(request.user, report.share):
        raise Http404
    if request.method != "POST":
        return _thanks(request, report)
    return _undo(request, report, by=request.user)


def _form(request, share, *, ask, by):
    posted = request.POST if request.method == "POST" else None
    form = (LetterReportForm if ask else ReportForm)(posted, share=share)
    if posted is not None and form.is_valid():
        typed = form.cleaned_data
        try:
            report = reports.tell(
                share,
                progress=typed["progress"],
                sentence=typed["sentence"],
                milestone=typed.get("milestone"),
                due=typed.get("due", ""),
                by=by,
                ask=ask,
            )
        except AlreadyTold as already:
            report = already.report
        except TransitionNotAllowed:
            messages.info(request, _("The commitment has ended: nothing more is asked of it."))
            return redirect(share.commitment)
        return redirect(request.path) if ask else redirect("commitments:undo_own", pk=report.pk)
    return render(
        request,
        "commitments/tell.html",
        {
            "share": share,
            "commitment": share.commitment,
            "form": form,
            "no_index": True,
            "wrong": posted is not None,
        },
        status=422 if form.errors else 200,
    )


def _thanks(request, report, form=None):
    return render(
        request,
        "commitments/told.html",
        {"report": report, "commitment": report.share.commitment, "form": form, "no_index": True},
        status=422 if form and form.errors else 200,
    )


def _undo(request, report, *, by):
    try:
        reports.undo(report, by=by)
    except TooLate:
        messages.error(request, _("A report can be taken back for fourteen days."))
    else:
        messages.success(request, _("The report has been taken back."))
    if by is None:
        return redirect(request.path)
    return redirect("commitments:tell_own", share=report.share_id)
