"""The law for readers: the acts, an act as a whole, and one section with all that rests on it."""

from itertools import groupby

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.languages import current_language
from portal.views.canonical import other_spelling

from . import finlex, summaries
from .impact import open_checks
from .models import Act, Section
from .resting import resting_on


def index(request):
    """The acts that the portal refers to, each with its chapters."""
    acts = Act.objects.visible_to(request.user).prefetch_related(
        "chapters", "decrees", "amendments"
    )
    return render(
        request, "law/index.html", {"acts": [_laid_out(act) for act in acts], "crumbs": _crumbs()}
    )


def act(request, number, year):
    """An act's chapters and sections; `?q=` keeps those whose heading or summary has the words."""
    sections = list(
        Section.objects.visible_to(request.user)
        .filter(act__number=number, act__year=year)
        .select_related("act", "chapter")
        .order_by("position")
    )
    acts = Act.objects.visible_to(request.user)
    act = sections[0].act if sections else get_object_or_404(acts, number=number, year=year)
    if redirect := other_spelling(request, act):
        return redirect
    words = request.GET.get("q", "").strip()[:200]
    chosen = [section for section in sections if section.mentions(words)]
    resting = resting_on(chosen, request.user, current_language())
    for section in chosen:
        section.count = sum(len(items) for _kind, items in resting[section.pk])
    chapters = [
        (chapter, list(inside)) for chapter, inside in groupby(chosen, lambda one: one.chapter)
    ]
    return render(
        request,
        "law/act.html",
        {
            **_laid_out(act),
            "chapters": chapters,
            "words": words,
            "count": len(chosen),
            "total": len(sections),
            "crumbs": _crumbs((act.title, None)),
        },
    )


def section(request, number, year, section):
    """One section: its heading, whether it is in force, and what rests on it."""
    near = list(
        Section.objects.visible_to(request.user)
        .filter(act__number=number, act__year=year)
        .select_related("act", "chapter")
        .around(section)
    )
    here = next((i for i, one in enumerate(near) if one.number == section.lower()), None)
    if here is None:
        raise Http404
    section = near[here]
    if redirect := other_spelling(request, section):
        return redirect
    act, language = section.act, current_language()
    amendments = {amendment.reference: amendment for amendment in act.amendments.all()}
    for amendment in amendments.values():
        amendment.finlex = finlex.as_given(amendment, language)
    decrees = [one for one in act.decrees.select_related("first", "last") if one.is_under(section)]
    for decree in decrees:
        decree.finlex = finlex.as_given(decree, language)
    return render(
        request,
        "law/section.html",
        {
            "act": act,
            "section": section,
            "finlex": finlex.section_of(section, language),
            "added_by": amendments.get(section.added_by),
            "amended_by": [amendments[one] for one in section.amended_by if one in amendments],
            "repealed_by": amendments.get(section.repealed_by),
            "last_amendment": amendments.get(act.consolidated_to),
            "decrees": decrees,
            "summary_checks": open_checks([summaries.KEY], [str(section.pk)]).get(
                str(section.pk), []
            ),
            "resting": resting_on([section], request.user, language)[section.pk],
            "previous": near[here - 1] if here else None,
            "following": near[here + 1] if here + 1 < len(near) else None,
            "crumbs": _crumbs((act.title, act.get_absolute_url()), (section.label, None)),
        },
    )


def _laid_out(act) -> dict:
    """An act with its amendments, decrees and addresses in Finlex, for a template."""
    language = current_language()
    last = next((one for one in act.amendments.all() if one.reference == act.consolidated_to), None)
    decrees = list(act.decrees.all())
    for decree in decrees:
        decree.finlex = finlex.as_given(decree, language)
    return {
        "act": act,
        "finlex": finlex.consolidated(act, language),
        "last_amendment": last,
        "decrees": decrees,
    }


def _crumbs(*further):
    return [
        (_("Home"), f"/{current_language()}/"),
        (_("Law"), reverse("law:index")),
        *further,
    ]
