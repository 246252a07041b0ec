"""Where an organisation's people write a commitment, send it in, and end it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnership.commitments import criteria
from partnership.commitments.errors import NotAMember, NotComplete
from partnership.commitments.forms import (
    CommitmentForm,
    CorrectionForm,
    MilestoneFormSet,
    ReasonForm,
    labels,
)
from partnership.commitments.models import Commitment
from partnership.commitments.permissions import may_end, may_write
from partnership.commitments.sections import with_levels
from partnership.commitments.services import corrections, decisions
from partnership.commitments.services import writing as services
from partnership.commitments.services.bills import bills_on
from partnership.organisations.models import Organisation
from portal.concurrency import Stale
from portal.errors import BadParameter
from portal.workflow import TransitionNotAllowed

from .crumbs import commitments

State = Commitment.State
WHERE = {"milestones": "id_m-0-title", "first_milestone": "id_m-0-due"}  # what is no field itself
BEGUN_WITH = {"title": 140, "change": 2000}  # words that an address may bring, and how many
WHY = {
    "complete": gettext_lazy("What came of it?"),
    "discontinue": gettext_lazy("Why is it given up?"),
}


def led_by_reader(request, pk) -> Commitment:
    """A commitment of an organisation that the reader acts for, or 404."""
    acting = Organisation.objects.of(request.user)
    rows = Commitment.objects.filter(organisation__in=acting).select_related("organisation")
    return get_object_or_404(rows, pk=pk)


def written_by_reader(request, pk) -> Commitment:
    """One that the reader writes for its organisation: 404 for strangers, 403 for its members."""
    commitment = led_by_reader(request, pk)
    if not may_write(request.user, commitment):
        raise PermissionDenied
    return commitment


def latest_reports(share):
    """What was told of a share last, with what others have said of it."""
    rows = share.reports.standing().prefetch_related("confirmations__organisation")
    return rows[:5]


@login_required
def write(request):
    """Begin a commitment: GET shows the form for `organisation`, POST saves the draft.

    What leads here may begin it with words: `title` and `change` stand in the form.

    Without an organisation that is a member the page says how to become one.
    """
    members = list(Organisation.objects.editable_by(request.user).members())
    slug = request.POST.get("organisation") or request.GET.get("organisation", "")
    organisation = next((one for one in members if one.slug == slug), None)
    if organisation is None:
        if len(members) == 1:
            organisation = members[0]
        else:
            context = {"crumbs": commitments((_("New commitment"), None)), "members": members}
            return render(request, "commitments/choose.html", context)
    blank = Commitment(
        organisation=organisation,
        language=request.LANGUAGE_CODE,
        **{name: request.GET.get(name, "")[:limit] for name, limit in BEGUN_WITH.items()},
    )
    form = CommitmentForm(_posted(request), instance=blank)
    milestones = MilestoneFormSet(_posted(request), prefix="m")
    if request.method == "POST" and form.is_valid() and milestones.is_valid():
        try:
            commitment = services.start(
                organisation,
                by=request.user,
                words=form.words,
                milestones=milestones.rows,
                **form.chosen,
            )
        except NotAMember:
            messages.error(request, _("The organisation is no longer a member of the programme."))
            return redirect("organisations:mine")
        return _after_saving(request, commitment)
    return _show(request, blank, form, milestones)


@login_required
def edit(request, pk):
    """Write on; one that another person has saved meanwhile is told, and nothing is overwritten."""
    commitment = written_by_reader(request, pk)
    if not commitment.is_editable:
        return redirect("commitments:own", pk=pk)
    rows = [
        {"pk": one.pk, "title": one.title, "due": one.due, "evidence": one.evidence}
        for one in commitment.milestones.all()
    ]
    form = CommitmentForm(_posted(request), instance=commitment)
    milestones = MilestoneFormSet(_posted(request), initial=rows, prefix="m")
    stale = False
    if request.method == "POST" and form.is_valid() and milestones.is_valid():
        try:
            services.edit(
                commitment,
                by=request.user,
                words=form.words,
                milestones=milestones.rows,
                expect=form.cleaned_data["seen"],
                **form.chosen,
            )
        except Stale:
            stale = True
        except TransitionNotAllowed:
            messages.error(request, _("It has been sent in already and cannot be changed now."))
            return redirect("commitments:own", pk=pk)
        else:
            return _after_saving(request, commitment)
    return _show(request, commitment, form, milestones, stale=stale)


def _after_saving(request, commitment):
    if "submit" not in request.POST:
        messages.success(request, _("The draft has been saved. Nobody else reads it yet."))
        return redirect("commitments:edit", pk=commitment.pk)
    try:
        if commitment.state != State.SUBMITTED:  # a second press finds it sent
            services.submit(commitment, by=request.user)
    except NotComplete:
        messages.warning(request, _("The draft has been saved. What is missing is listed below."))
        return redirect(f"{reverse('commitments:edit', args=[commitment.pk])}?missing")
    messages.success(request, _("The commitment has been sent to the programme team."))
    return redirect("commitments:own", pk=commitment.pk)


def _show(request, commitment, form, milestones, *, stale=False):
    saved = commitment.pk is not None
    words = {name: form[name].value() or "" for name in Commitment.WORDS}
    language = form["language"].value() or request.LANGUAGE_CODE
    missing = criteria.missing(commitment) if saved and "missing" in request.GET else []
    comments = commitment.comments.filter(answered_at=None) if saved else ()
    beside = {one.field: one for one in comments}
    hints = {one.field: one for one in criteria.hints(words, language)}
    wrong = form.errors or milestones.total_error_count()
    return render(
        request,
        "commitments/edit.html",
        {
            "crumbs": commitments(
                (commitment.title if saved else _("New commitment"), None),
            ),
            "commitment": commitment,
            "form": form,
            "milestones": milestones,
            "fieldsets": [
                (
                    each,
                    [
                        (field, beside.get(field.name), hints.get(field.name))
                        for field in each.fields
                    ],
                )
                for each in form.fieldsets
            ],
            "on_milestones": beside.get("milestones"),
            "missing": [(labels()[name], WHERE.get(name, f"id_{name}")) for name in missing],
            "wrong": wrong,
            "stale": stale,
        },
        status=409 if stale else 422 if request.method == "POST" and wrong else 200,
    )


@login_required
def own(request, pk):
    """How a commitment of one's own stands, and what can be done; POST takes it back or away."""
    commitment = led_by_reader(request, pk)
    writes = may_write(request.user, commitment)
    if request.method == "POST":
        if not writes:
            raise PermissionDenied
        return _move(request, commitment)
    share = commitment.shares.get(leads=True)
    with_levels([commitment])
    return render(
        request,
        "commitments/own.html",
        {
            "crumbs": commitments((commitment.title, None)),
            "commitment": commitment,
            "share": share,
            "writes": writes,
            "ends": may_end(request.user, commitment),
            "by_letter": share.reports.by_letter().undoable(),
            "reports": latest_reports(share),
            "bills": bills_on(commitment),
            "partners": commitment.shares.exclude(leads=True).select_related("organisation"),
            "milestones": commitment.milestones.all(),
            "comments": commitment.comments.filter(answered_at=None),
            "labels": labels(),
        },
    )


def _move(request, commitment):
    try:
        if "take_back" in request.POST:
            services.take_back(commitment, by=request.user)
            messages.success(request, _("The commitment is a draft again."))
        elif "throw_away" in request.POST:
            services.throw_away(commitment, by=request.user)
            messages.success(request, _("The draft has been deleted."))
            return redirect("commitments:index")
    except TransitionNotAllowed:
        messages.error(request, _("This can no longer be done: the state has changed."))
    return redirect("commitments:own", pk=commitment.pk)


@login_required
def correct(request, pk):
    """Put the words of a public commitment right; the old ones stay readable in its timeline."""
    commitment = written_by_reader(request, pk)
    if not commitment.is_public:
        return redirect("commitments:own", pk=pk)
    form = CorrectionForm(_posted(request), instance=commitment)
    stale = False
    if request.method == "POST" and form.is_valid():
        try:
            number = corrections.correct(
                commitment,
                by=request.user,
                words=form.words,
                reason=form.cleaned_data["reason"],
                expect=form.cleaned_data["seen"],
            )
        except Stale:
            stale = True
        except TransitionNotAllowed:
            messages.error(request, _("This can no longer be done: the state has changed."))
            return redirect("commitments:own", pk=pk)
        else:
            if number:
                messages.success(request, _("Corrected. The words before stay readable."))
            else:
                messages.info(request, _("Nothing was different, so nothing was saved."))
            return redirect(commitment)
    return render(
        request,
        "commitments/correct.html",
        {
            "crumbs": commitments((commitment.title, None)),
            "commitment": commitment,
            "form": form,
            "stale": stale,
        },
        status=409 if stale else 422 if form.errors else 200,
    )


@login_required
def end(request, pk):
    """Say that a commitment is done or given up (`how`), and why; POST ends it."""
    commitment = led_by_reader(request, pk)
    if not may_end(request.user, commitment):
        raise PermissionDenied
    how = request.POST.get("how") or request.GET.get("how", "complete")
    if how not in WHY:
        raise BadParameter("how", how)
    form = ReasonForm(_posted(request), label=WHY[how])
    if request.method == "POST" and form.is_valid():
        event = decisions.complete if how == "complete" else decisions.discontinue
        try:
            event(
                commitment,
                by=request.user,
                organisation=commitment.organisation,
                reason=form.cleaned_data["reason"],
            )
        except TransitionNotAllowed:
            messages.error(request, _("This can no longer be done: the state has changed."))
        else:
            messages.success(request, _("The commitment has been closed."))
        return redirect("commitments:own", pk=pk)
    return render(
        request,
        "commitments/end.html",
        {
            "crumbs": commitments((commitment.title, None)),
            "commitment": commitment,
            "form": form,
            "how": how,
        },
        status=422 if form.errors else 200,
    )


def _posted(request):
    return request.POST if request.method == "POST" else None
