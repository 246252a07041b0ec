"""Two days of a section or an act side by side, what changed on a day, and a section's trail."""

import datetime

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.days import asked_day, written_day
from portal.errors import BadDay
from portal.languages import current_language
from portal.menu import crumbs
from portal.page_cache import kept
from portal.views.canonical import other_address

from . import comparisons, finlex, timeline, wordings
from .comparisons import ONE_DAY
from .models import Act, Section, SectionVersion
from .parsers.parsed import OF_THE_LAW

LONG = 3500  # characters; the longest section of the Act has 4,600
Days = tuple[datetime.date, datetime.date]


@kept("on", "with")
def section(request, number, year, section):
    """A section on two days, `?on=2025-01-01&with=2026-01-01`, with the words that differ marked.

    Without days: today and the day before its last change. What is no day is said beside the form
    with 400, and the other day stays. Raises Http404 when there is no such section.
    """
    here = _section(request, number, year, section)
    if redirect := other_address(request, here.address_of("compare_section")):
        return redirect
    versions = wordings.in_order(here.versions.visible_to(request.user).select_related("amendment"))
    today = timezone.localdate()
    starts = [one.valid_from for one in versions if one.valid_from <= today]
    days, error = _asked(request, (max(starts, default=today) - ONE_DAY, today))
    address = here.get_absolute_url()
    return render(
        request,
        "law/compare_section.html",
        {
            "section": here,
            "act": here.act,
            "first": days[0],
            "second": days[1],
            "error": error,
            "compared": None if error else comparisons.compare(here, versions, days),
            "has_texts": bool(versions),
            "crumbs": _crumbs(here.act, (here.label, address), (_("Two days compared"), None)),
        },
        status=400 if error else 200,
    )


@kept("on", "with")
def act(request, number, year):
    """A whole act on two days, as a section is compared: the sections that differ.

    Without days: today and the day before its last change.
    """
    act = _act(request, number, year)
    if redirect := other_address(request, act.address_of("compare_act")):
        return redirect
    today = timezone.localdate()
    changed = comparisons.days_of_change([act])
    last = next((one.day for one in changed if one.day <= today), act.in_force_from)
    days, error = _asked(request, (last - ONE_DAY, today))
    return render(
        request,
        "law/compare_act.html",
        {
            "act": act,
            "first": days[0],
            "second": days[1],
            "error": error,
            "changed": [] if error else comparisons.of_act(act, days, request.user),
            "days": changed,
            "crumbs": _crumbs(act, (_("Two days compared"), None)),
        },
        status=400 if error else 200,
    )


@kept()
def changed_on(request, number, year, day):
    """What changed in an act on a day, by which acts. Raises Http404 for a day without a change."""
    act = _act(request, number, year)
    try:
        day = written_day(day)
    except ValueError as error:
        raise Http404 from error
    days = [one.day for one in comparisons.days_of_change([act])]
    if day not in days:
        raise Http404
    if redirect := other_address(request, act.address_of("changed_on", day=day.isoformat())):
        return redirect
    amendments = [one for one in act.amendments.all() if one.in_force_from == day]
    for amendment in amendments:
        amendment.documents = timeline.documents_of(amendment)
    place = days.index(day)
    return render(
        request,
        "law/changed_on.html",
        {
            "act": act,
            "day": day,
            "day_before": day - ONE_DAY,
            "amendments": amendments,
            "changed": comparisons.of_act(act, (day - ONE_DAY, day), request.user),
            "earlier": days[place + 1] if place + 1 < len(days) else None,
            "later": days[place - 1] if place else None,
            "crumbs": _crumbs(act, (_("What changed"), None)),
        },
    )


@kept("on")
def trail(request, number, year, section):
    """A section on a day for paper: both languages side by side, its acts, and who checked it.

    Raises BadDay for what is no day, Http404 when there is no such section.
    """
    here = _section(request, number, year, section)
    if redirect := other_address(request, here.address_of("trail")):
        return redirect
    day = asked_day(request) or timezone.localdate()
    versions = wordings.in_order(here.versions.visible_to(request.user).select_related("amendment"))
    wording = next((one for one in versions if one.holds_on(day)), None)
    amendments = {one.reference: one for one in here.act.amendments.all()}
    enacted = timeline.enacted(versions, day)
    address = request.build_absolute_uri(here.address_of("trail"))
    return render(
        request,
        "law/trail.html",
        {
            "section": here,
            "act": here.act,
            "day": day,
            "today": timezone.localdate(),
            "wording": wording,
            "long": _is_long(wording or enacted),
            "enacted": enacted,
            "awaits": here.awaited(amendments, wordings.acts_of(versions), day),
            "entries": timeline.entries(versions, current_language()),
            "finlex": finlex.section_of(here, current_language()),
            "address": f"{address}?on={day.isoformat()}",
            "crumbs": _crumbs(here.act, (here.label, here.get_absolute_url()), (_("Trail"), None)),
            "no_index": True,
        },
    )


def _is_long(version: SectionVersion | None) -> bool:
    """Whether the two texts fill one sheet of paper only in smaller letters."""
    return any(len(timeline.whole(version, one)) > LONG for one in OF_THE_LAW if version)


def _asked(request, else_days: Days) -> tuple[Days, str]:
    """The two days in their order, and what is wrong with one of them."""
    days, errors = [], []
    for name, otherwise in zip(("on", "with"), else_days, strict=True):
        try:
            days.append(asked_day(request, name) or otherwise)
        except BadDay as error:
            days.append(otherwise)
            errors.append(str(error))
    return (min(days), max(days)), " ".join(errors)


def _act(request, number, year) -> Act:
    acts = Act.objects.visible_to(request.user).prefetch_related("amendments")
    return get_object_or_404(acts, number=number, year=year)


def _section(request, number, year, section) -> Section:
    rows = Section.objects.visible_to(request.user).select_related("act", "chapter")
    rows = rows.prefetch_related("act__amendments")
    return get_object_or_404(rows, act__number=number, act__year=year, number=section.lower())


def _crumbs(act, *further):
    law = (_("Law"), reverse("law:index"))
    return crumbs(law, (act.title, act.get_absolute_url()), *further)
