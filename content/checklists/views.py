"""Pages of checklists, and what the people of an organisation do with their own."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.concurrency import Stale
from portal.menu import crumbs
from portal.places.models import Area
from portal.sheets import Writer

from . import services
from .forms import AnswerForm, BeginForm, OwnItemForm
from .models import Checklist, ItemAnswer, OwnChecklist
from .permissions import (
    may_answer,
    may_read,
    may_share,
    may_sign,
    organisations_of,
    own_of,
)


def _trail(*further):
    return crumbs(
        (_("Skills"), reverse("content:skills")),
        (_("Checklists"), reverse("checklists:index") if further else None),
        *further,
    )


def index(request):
    """The published checklists."""
    rows = Checklist.objects.visible_to(request.user)
    return render(request, "checklists/index.html", {"crumbs": _trail(), "rows": rows})


def page(request, slug):
    """A checklist, readable by everybody; POST opens an own one for this year."""
    checklist = get_object_or_404(Checklist.objects.visible_to(request.user), slug=slug)
    form = BeginForm(request.POST or None, user=request.user)
    if request.method == "POST":
        if not organisations_of(request.user).exists():
            raise PermissionDenied
        if form.is_valid():
            organisation, _dash, area = form.cleaned_data["whose"].partition("-")
            row = services.begin(
                checklist,
                organisations_of(request.user).get(pk=organisation),
                Area.objects.get(pk=area) if area else None,
                timezone.localdate().year,
            )
            return redirect(row)
    mine = own_of(request.user).filter(checklist=checklist)
    context = {
        "crumbs": _trail((checklist.name, None)),
        "checklist": checklist,
        "items": checklist.items.select_related("section__act"),
        "mine": mine.select_related("organisation", "area", "checklist"),
        "form": form if form.fields["whose"].choices else None,
    }
    return render(request, "checklists/page.html", context)


def _own(request, slug, pk) -> OwnChecklist:
    """An own checklist that the person may read; it is not there for others."""
    rows = OwnChecklist.objects.select_related("checklist", "organisation", "area", "signed_by")
    row = get_object_or_404(rows, pk=pk, checklist__slug=slug)
    if not may_read(request.user, row):
        raise Http404
    return row


def own(request, slug, pk):
    """An own checklist: where each item stands, with a small form for who answers."""
    return _show(request, _own(request, slug, pk))


def _show(request, row, bound=None, stale=None, own_item=None, status=200):
    answers = list(row.answers.select_related("item__section__act", "reopened_by__amendment", "by"))
    edits = may_answer(request.user, row)
    done = sum(one.state in services.SETTLED and not one.to_confirm for one in answers)
    lines = [
        (
            one,
            (
                bound
                if bound and bound.instance.pk == one.pk
                else AnswerForm(instance=one, prefix=f"i{one.pk}")
            )
            if edits
            else None,
            stale == one.pk,
        )
        for one in answers
    ]
    context = {
        "crumbs": _trail(
            (row.checklist.name, row.checklist.get_absolute_url()),
            (str(row.year), None),
        ),
        "own": row,
        "lines": lines,
        "done": done,
        "number": len(answers),
        "edits": edits,
        "shares": may_share(request.user, row),
        "signs": may_sign(request.user, row),
        "acts": own_of(request.user).filter(pk=row.pk).exists(),
        "own_item": own_item or OwnItemForm(),
        "wrong": bound or own_item,
        "no_index": True,
    }
    return render(request, "checklists/own.html", context, status=status)


@login_required
@require_POST
def answer(request, slug, pk, answer):
    """Save one item. 409 with both versions when it was answered since; 422 if not in order."""
    row = _own(request, slug, pk)
    if not may_answer(request.user, row):
        raise PermissionDenied
    one = get_object_or_404(row.answers.select_related("item"), pk=answer)
    saved = ItemAnswer.objects.get(pk=one.pk)
    form = AnswerForm(request.POST, instance=one, prefix=f"i{one.pk}")
    if not form.is_valid():
        return _show(request, row, form, status=422)
    given = dict(form.cleaned_data)
    try:
        services.answer(saved, by=request.user, **given)
    except Stale as stale:
        data = request.POST.copy()
        data[form.add_prefix("seen")] = stale.saved.version_token
        again = AnswerForm(data, instance=stale.saved, prefix=f"i{one.pk}")
        return _show(request, row, again, stale=one.pk, status=409)
    messages.success(request, _("The item has been saved."))
    return redirect(f"{row.get_absolute_url()}#i{one.pk}")


@login_required
@require_POST
def change(request, slug, pk):
    """Share, hide, sign off, begin the next year, or add an own item: `act` says which."""
    row = _own(request, slug, pk)
    act = request.POST.get("act")
    may = {"share": may_share, "hide": may_share, "sign": may_sign}.get(act, may_answer)
    if not may(request.user, row):
        raise PermissionDenied
    if act in ("share", "hide"):
        OwnChecklist.objects.filter(pk=row.pk).update(public=act == "share")
    elif act == "sign":
        try:
            services.sign(row, by=request.user)
        except services.NotReady:
            messages.error(request, _("Every item must be done, or not apply, before signing off."))
    elif act == "next":
        return redirect(services.next_year(row))
    elif act == "add":
        form = OwnItemForm(request.POST)
        if not form.is_valid():
            return _show(request, row, own_item=form, status=422)
        row.answers.create(text=form.cleaned_data["text"])
    return redirect(row)


def export(request, slug, pk):
    """The own checklist as CSV, for who may read it."""
    row = _own(request, slug, pk)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slug}-{row.year}.csv"'
    response.write("\ufeff")
    writer = Writer(response)
    writer.writerow([_("Item"), _("State"), _("Reason or how it is shown"), _("Link"), _("Day")])
    for one in row.answers.select_related("item"):
        day = timezone.localdate(one.at).isoformat()
        writer.writerow([one.title, one.get_state_display(), one.words, one.link, day])
    return response
