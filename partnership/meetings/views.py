"""Meetings: what was decided where, an area's worksheet as a page and on paper, and recording."""

import json
import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry

from partnership.authorities.officers import may_edit
from portal.concurrency import Stale
from portal.errors import BadParameter
from portal.languages import LANGUAGES, alphabetical
from portal.menu import crumbs
from portal.page_cache import kept
from portal.paging import page_of
from portal.places.models import Area
from portal.printing import MissingGlyphs
from portal.sheets import Writer

from . import services
from .api import DecisionShape, shapes
from .errors import TakenBack
from .forms import DecisionForm
from .models import KINDS, Decision, WorksheetMonth
from .printing import as_pdf
from .worksheets import blanks, latest, use_of_month
from .worksheets import worksheet as sheet_of

PER_PAGE = 20
SHOWN = 10
MONTHS = 24
AREA, MONTH = "area", "month"
COLUMNS = tuple(DecisionShape.model_fields)


@kept(AREA, "page")
def index(request):
    """Which areas have read what, when, and what was decided: counts and a list, and no rank.

    `?area=` narrows the list to one. BadParameter for an area or a page that there is not.
    """
    rows = Decision.objects.standing().select_related("area", "month", "commitment")
    area = None
    if key := request.GET.get(AREA, ""):
        area = Area.objects.filter(key=key, kind__in=KINDS).first()
        if area is None:
            raise BadParameter(AREA, key)
        rows = rows.filter(area=area)
    every = Decision.objects.standing()
    month = latest()
    page = page_of(rows, request, PER_PAGE)
    context = {
        "crumbs": crumbs((_("Figures in use"), None)),
        "month": month,
        "area": area,
        "areas": _areas(),
        "page_obj": page,
        "counts": every.aggregate(
            decisions=Count("pk"),
            areas=Count("area", distinct=True),
            with_follow_up=Count("follow_up_on"),
        )
        | {"followed_up": every.followed_up().count()},
        "read": _read(month),
        "query": f"?area={area.key}" if area else "",
    }
    return render(request, "meetings/index.html", context)


def _areas() -> list[Area]:
    """The areas that have a worksheet or a decision, in the order of the alphabet."""
    rows = Area.objects.filter(kind=Area.Kind.EMPLOYMENT_AREA) | Area.objects.filter(
        pk__in=Decision.objects.standing().values("area")
    )
    return alphabetical(rows.only("pk", "key", "kind", *(f"name_{one}" for one in LANGUAGES)))


def _read(month: WorksheetMonth | None) -> list[tuple[str, int, int]]:
    """For each kind of area: its name, how many there are, how many read the newest sheet."""
    if month is None:
        return []
    read = use_of_month(month)
    there = Area.objects.filter(kind__in=KINDS).on(month.month).order_by()
    counts = dict(there.values_list("kind").annotate(Count("pk")))
    frozen = set(month.figures.order_by().values_list("kind", flat=True))
    return [
        (str(kind.label), counts.get(kind, 0), read.get(kind, 0))
        for kind in KINDS
        if kind in frozen
    ]


def download(request, ending):
    """What stands, as a file, narrowed as the list is: `.csv` and `.json`; 404 for another."""
    rows = Decision.objects.standing().select_related("area", "month", "commitment")
    if key := request.GET.get(AREA, ""):
        rows = rows.filter(area__key=key)
    items = shapes(rows)
    if ending == "json":
        body = json.dumps({"items": items}, ensure_ascii=False, default=str)
        return HttpResponse(body, content_type="application/json")
    if ending != "csv":
        raise Http404
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="meetings.csv"'
    response.write("\ufeff")
    writer = Writer(response)
    writer.writerow(COLUMNS)
    for item in items:
        writer.writerow([item[name] for name in COLUMNS])
    return response


def _sheet(request, key):
    """The area and the sheet of `?month=`, the newest without; 404 where there is none."""
    area = get_object_or_404(Area.objects.filter(kind__in=KINDS), key=key)
    asked = request.GET.get(MONTH, "")
    months = list(WorksheetMonth.objects.all()[:MONTHS])
    month = next((one for one in months if one.word == asked), None) if asked else None
    if asked and month is None:
        raise BadParameter(MONTH, asked)
    month = month or next(iter(months), None)
    return area, months, sheet_of(area, month) if month else None


@kept(MONTH)
def worksheet(request, key):
    """The figures of a month with questions beside them; to be printed, and recorded upon."""
    area, months, sheet = _sheet(request, key)
    context = {
        "crumbs": _crumbs(area, (_("Worksheet"), None)),
        "area": area,
        "sheet": sheet,
        "months": months,
        "blanks": blanks(),
        "decisions": list(Decision.objects.standing().filter(area=area)[:SHOWN]),
        "may_record": request.user.is_authenticated and may_edit(request.user, area),
    }
    return render(request, "meetings/worksheet.html", context)


def worksheet_pdf(request, key):
    """The same on A4, as PDF/UA-1 in the language of the address; 404 while none is frozen."""
    area, _months, sheet = _sheet(request, key)
    if sheet is None:
        raise Http404
    try:
        content = as_pdf(sheet)
    except MissingGlyphs:
        return redirect("meetings:worksheet", area.key)
    name = f"{area.key}-{sheet.month.word}-{get_language()}.pdf"
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def decision(request, pk):
    """A decision with its history; what was taken back is for those who keep the area."""
    rows = Decision.objects.visible_to(request.user).select_related("area", "month", "commitment")
    row = get_object_or_404(rows, pk=pk)
    context = {
        "crumbs": _crumbs(row.area, (row.body, None)),
        "decision": row,
        "commitment": _public(row),
        "may_change": request.user.is_authenticated and may_edit(request.user, row.area),
        "history": _history(row),
    }
    return render(request, "meetings/decision.html", context)


def _public(row: Decision):
    """The commitment that it led to, if anybody may read it."""
    return row.commitment if row.commitment and row.commitment.published_at else None


def _history(row: Decision) -> list[dict]:
    """What was done to it, the latest first, with the words that stood there before; no names."""
    entries = ModelLogEntry.objects.for_instance(row).order_by("-timestamp", "-pk")
    labels = {field.name: field.verbose_name for field in Decision._meta.fields}
    return [
        {
            "at": entry.timestamp,
            "what": entry.message,
            "before": [
                (labels[name], words)
                for name, words in (entry.data or {}).get("before", {}).items()
                if name in labels and name != "commitment"
            ],
        }
        for entry in entries
    ]


@login_required
def record(request, key):
    """Record what was decided; 404 for who does not keep the area."""
    area = get_object_or_404(Area.objects.filter(kind__in=KINDS), key=key)
    if not may_edit(request.user, area):
        raise Http404
    form = DecisionForm(
        request.POST if request.method == "POST" else None,
        instance=Decision(area=area),
        initial={"key": uuid.uuid4()},
    )
    if request.method == "POST" and form.is_valid():
        row = services.record(
            area,
            form.words,
            by=request.user,
            key=form.cleaned_data["key"] or uuid.uuid4(),
            month=latest(),
        )
        messages.success(request, _("The decision is recorded, and everybody can read it."))
        return redirect(row)
    return _form(request, form, area, _("Record what was decided"))


@login_required
def change(request, pk):
    """Change a decision, tell what came of it, or take it back; 404 for who does not keep its
    area. What has changed since it was read is shown beside what was typed.
    """
    row = get_object_or_404(Decision.objects.select_related("area", "commitment"), pk=pk)
    if not may_edit(request.user, row.area) or row.withdrawn_at:
        raise Http404
    if request.method == "POST" and "take_back" in request.POST:
        services.take_back(row, by=request.user)
        messages.success(request, _("The decision is taken back."))
        return redirect("meetings:worksheet", row.area.key)
    form = DecisionForm(request.POST if request.method == "POST" else None, instance=row)
    seen = request.POST.get("seen")
    if request.method == "POST" and form.is_valid():
        saved = Decision.objects.get(pk=row.pk)
        try:
            services.change(saved, form.words, by=request.user, expect=seen)
        except Stale as stale:
            form = form.over(stale.saved)
            return _form(request, form, row.area, _("Change a decision"), row, stale.saved)
        except TakenBack:
            raise Http404 from None
        messages.success(request, _("The changes are saved."))
        return redirect(row)
    return _form(request, form, row.area, _("Change a decision"), row)


def _form(request, form, area, title, row=None, saved=None):
    context = {
        "crumbs": _crumbs(area, (title, None)),
        "form": form,
        "area": area,
        "title": title,
        "decision": row,
        "saved": saved,
        "differences": form.differences() if saved else [],
    }
    status = 409 if saved else 422 if form.is_bound else 200
    return render(request, "meetings/form.html", context, status=status)


def _crumbs(area: Area, *further):
    return crumbs(
        (_("Figures in use"), reverse("meetings:index")),
        (area.name, reverse("meetings:worksheet", args=[area.key])),
        *further,
    )
