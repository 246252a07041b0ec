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
from partnership.commitments.forms import LetterReportForm, PressForm, ReportForm
from partnership.commitments.models import Ask, Report, Share
from partnership.commitments.permissions import may_have_file, may_report
from partnership.commitments.services import follow_up, reports
from portal.forms import OpenToAll
from portal.media import attachments
from portal.workflow import TransitionNotAllowed

WITH = ("commitment__organisation", "organisation")
PRESSES = ("undo", "later", "wake")


def tell(request, key):
    """The form that a letter's key opens, without signing in; after it was told, what was told.

    POST keeps the report: what was chosen, or with `same` that nothing has changed. `later` puts
    the letter off for four weeks, `wake` undoes that, and `undo` takes the report back within
    fourteen days. 404 for a key that there is not, or that is older than a year.
    """
    asks = Ask.objects.select_related(*(f"share__{name}" for name in WITH))
    ask = get_object_or_404(asks, key=key)
    if not ask.is_open:
        raise Http404
    if request.method == "POST" and OpenToAll(request.POST).is_from_a_machine:
        return redirect(request.path)
    told = ask.reports.standing().first()
    pressed = next((name for name in PRESSES if name in request.POST), "")
    press = PressForm(request.POST if pressed else None)
    if told:
        if pressed == "undo" and press.is_valid():
            return _undo(request, told, by=None)
        return _thanks(request, told, press)
    if pressed == "undo":
        return redirect(request.path)
    if pressed:
        return _put_off(request, ask, pressed, press)
    return _form(request, ask.share, ask=ask, by=ask.to)


def _put_off(request, ask, pressed, press):
    if not press.is_valid():
        return _show_form(request, ask.share, LetterReportForm(share=ask.share), ask, press)
    if pressed == "later":
        follow_up.snooze(ask)
    else:
        follow_up.wake(ask)
    return redirect(request.path)


@login_required
def tell_own(request, share):
    """The same form for somebody who is signed in and writes for the organisation."""
    row = get_object_or_404(Share.objects.select_related(*WITH), pk=share)
    if not may_report(request.user, row) or not row.takes_part:
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


def attachment(request, pk):
    """The file of a report: for everybody once the report stands, before for its own people."""
    rows = Report.objects.standing().filter(attachment__isnull=False)
    rows = rows.select_related("attachment", "share__organisation", "share__commitment")
    report = get_object_or_404(rows, pk=pk)
    if not may_have_file(request.user, report):
        raise Http404
    return attachments.answer(report.attachment)


def _form(request, share, *, ask, by):
    posted = request.POST if request.method == "POST" else None
    if posted is not None and "same" in posted and share.progress:
        posted = posted.copy()
        posted["progress"] = share.progress
    form = (LetterReportForm if ask else ReportForm)(posted, request.FILES or None, share=share)
    if posted is not None and form.is_valid():
        typed = form.cleaned_data
        try:
            report = reports.tell(
                share,
                progress=typed["progress"],
                sentence=typed["sentence"],
                milestone=typed.get("milestone"),
                due=typed.get("due", ""),
                amount=typed.get("amount"),
                upload=typed.get("upload"),
                by=by,
                ask=ask,
            )
        except AlreadyTold as already:
            report = already.report
        except TransitionNotAllowed:
            messages.info(request, _("The commitment has ended: nothing more is asked of it."))
            return redirect(share.commitment)
        return redirect(request.path) if ask else redirect("commitments:undo_own", pk=report.pk)
    return _show_form(request, share, form, ask)


def _show_form(request, share, form, ask, press=None):
    wrong = form.errors or (press is not None and press.errors)
    return render(
        request,
        "commitments/tell.html",
        {
            "ask": ask,
            "share": share,
            "commitment": share.commitment,
            "form": form,
            "press": press,
            "no_index": True,
            "wrong": bool(wrong),
        },
        status=422 if wrong else 200,
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
