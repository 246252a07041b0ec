"""The law for readers: the acts, an act as a whole, and one section with all that rests on it."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from functools import partial
from itertools import groupby
from typing import NamedTuple

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.caching.memory import shown_to_all
from portal.days import asked_day
from portal.languages import current_language
from portal.linguistics.typed import mentioning
from portal.menu import crumbs
from portal.page_cache import kept
from portal.views.canonical import other_spelling

from . import citations, coming, comparisons, finlex, impact_reviews, summaries, timeline, wordings
from .consolidation import as_lines
from .decrees import linked
from .models import Act, PendingBill, Section, SectionVersion
from .references import Backlink, backlink_counts, backlinks_to, backlinks_to_whole


@kept()
def index(request):
    """The acts that the portal refers to, each with its chapters; invented examples below them."""
    acts = list(
        Act.objects.visible_to(request.user)
        .order_by("example", "year", "number")
        .prefetch_related("chapters", "decrees", "amendments")
    )
    decrees = linked((one for act in acts for one in act.decrees.all()), request.user)
    compared = coming.compared_days()
    laid_out = [
        _laid_out(
            act,
            [one for one in decrees if one.decree.act_id == act.pk],
            compared.get((act.number, act.year)),
        )
        for act in acts
    ]
    bills = PendingBill.objects.visible_to(request.user).live().prefetch_related("acts")
    pending = [one for one in bills if not one.is_example]
    shown = {"acts": laid_out, "bills": pending, "crumbs": _crumbs()}
    return render(request, "law/index.html", shown)


@kept("on", sought=("q",))
def act(request, number, year):
    """An act's chapters and sections, with their texts on a day when the portal has them.

    `?q=` keeps the sections whose heading, summary or text has the words; `?on=2025-06-01` reads
    the act as of a day, today when it is empty. Raises BadParameter for what is no day.
    """
    asked, language = asked_day(request), current_language()
    day = asked or timezone.localdate()
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
    prefetch_related_objects([act], "amendments", "decrees")
    words = request.GET.get("q", "").strip()[:200]
    versions = wordings.of_act(act, request.user)
    not_yet = day < act.in_force_from
    for section in sections:
        section.act = act
        own = versions.get(section.pk, [])
        section.wording = next((one for one in own if _shown(one, day, not_yet)), None)
        section.is_enacted_only = not_yet
        section.next_wording = timeline.next_after(own, day)
    chosen = _having(sections, words)
    laid_out = _laid_out(act, linked(act.decrees.all(), request.user), coming.compared_on(act))
    amendments = {amendment.reference: amendment for amendment in act.amendments.all()}
    parts = list(_parts(chosen))
    chapters = [part.sections[0].chapter for part in parts if part.number]
    resting, of_chapters = backlinks_to_whole(act, chapters, request.user, language)
    parts = [
        part._replace(resting=of_chapters.get(part.sections[0].chapter_id, [])) for part in parts
    ]
    counts = backlink_counts(chosen, request.user, language)
    for section in chosen:
        section.count = counts[section.pk]
        section.tag = timeline.label_of(section, amendments)
        own = versions.get(section.pk, [])
        section.awaits = section.awaited(amendments, wordings.acts_of(own), day)
        section.changed_alone = timeline.last_change(own, day)
        comes = section.next_wording and not not_yet
        unchecked = section.wording and section.wording.needs_legal_review
        marks = (section.tag, comes, section.changed_alone, unchecked, section.awaits)
        section.is_marked = any(marks) or section.count
    return render(
        request,
        "law/act.html",
        {
            **laid_out,
            "published": coming.published(act, amendments),
            "bills": PendingBill.objects.visible_to(request.user).pending_in(act),
            "days": comparisons.days_of_change([act]),
            "parts": parts,
            "resting": resting,
            "repealed": _repealed(sections),
            "words": words,
            "count": len(chosen),
            "total": len(sections),
            "has_texts": bool(versions),
            "asked": asked,
            "day": day,
            "needs_legal_review": any(
                one.wording and one.wording.needs_legal_review for one in chosen
            ),
            "address": request.build_absolute_uri(act.get_absolute_url()),
            "crumbs": _crumbs((act.title, None)),
        },
    )


def _shown(version: SectionVersion, day: date, not_yet: bool) -> bool:
    """Whether it is the wording of a day; before the act is in force, the one as enacted."""
    return version.amendment is None if not_yet else version.holds_on(day)


def _repealed(sections: Collection[Section]) -> str:
    """That the whole act has been repealed, or will be; empty while a section of it stays."""
    days = [one.repealed_from for one in sections if one.status == Section.Status.REPEALED]
    known = [day for day in days if day]
    if not known or len(days) < len(sections):
        return ""
    words = _("The whole act was repealed on %(day)s.")
    if max(known) > timezone.localdate():
        words = _("The whole act will be repealed on %(day)s.")
    return words % {"day": date_format(max(known))}


@kept("on")
def section(request, number, year, section):
    """One section: its text on a day, its wordings and what changed, and what rests on it.

    `?on=2025-06-01` reads it as of a day, today when it is empty. Raises BadParameter for what is
    no day.
    """
    asked = asked_day(request)
    gather = partial(_about, request.user, number, year, section, asked)
    shown = shown_to_all(request, gather, "law section", number, year, section, asked)
    if redirect := other_spelling(request, shown["section"]):
        return redirect
    return render(request, "law/section.html", shown)


def _about(user, number, year, section, asked) -> dict:
    """What is shown of a section on a day. Raises Http404 when there is none."""
    near = list(
        Section.objects.visible_to(user)
        .filter(act__number=number, act__year=year)
        .select_related("act", "chapter")
        .annotate(to_be_confirmed=impact_reviews.under_review(summaries.KEY, "pk"))
        .around(section)
    )
    here = next((i for i, one in enumerate(near) if one.number == section.lower()), None)
    if here is None:
        raise Http404
    section = near[here]
    act, language = section.act, current_language()
    amendments = {amendment.reference: amendment for amendment in act.amendments.all()}
    by_pk = {amendment.pk: amendment for amendment in amendments.values()}
    for amendment in amendments.values():
        amendment.finlex = finlex.as_given(amendment, language)
        amendment.documents = timeline.documents_of(amendment)
    decrees = linked(
        [one for one in act.decrees.select_related("first", "last") if one.is_under(section)], user
    )
    versions = list(section.versions.visible_to(user))
    for version in versions:
        version.amendment = by_pk.get(version.amendment_id)
    versions = wordings.in_order(versions)
    today = timezone.localdate()
    day = asked or today
    wording = next((one for one in versions if one.holds_on(day)), None)
    heading, heading_language = timeline.heading_of(section, wording)
    return {
        "heading": heading,
        "heading_language": heading_language,
        "other_day": day != today,
        "ahead": day > today,
        "never_in_force": timeline.never_in_force(section, amendments),
        "reaches": timeline.reaches(section, versions),
        "coming": timeline.coming(versions, day),
        "next_wording": timeline.next_after(versions, day),
        "enacted": timeline.enacted(versions, day),
        "published": coming.touching(coming.published(act, amendments), section.number),
        "compared_on": coming.compared_on(act),
        "demo": settings.DEMO,
        "act": act,
        "section": section,
        "asked": asked,
        "day": day,
        "wording": wording,
        "awaits": section.awaited(amendments, wordings.acts_of(versions), day),
        "entries": timeline.entries(versions, language),
        "tag": timeline.label_of(section, amendments),
        "bills": list(PendingBill.objects.visible_to(user).pending_on(section)),
        "finlex": finlex.section_of(section, language),
        "act_as_given": finlex.as_given(act, language),
        "added_by": amendments.get(section.added_by),
        "amended_by": [amendments[one] for one in section.amended_by if one in amendments],
        "repealed_by": amendments.get(section.repealed_by),
        "last_amendment": amendments.get(act.consolidated_to),
        "decrees": decrees,
        "acts_since": [
            amendments[one]
            for one in (section.added_by, *section.amended_by, section.repealed_by)
            if one in amendments
        ],
        "summary_reviews": summaries.open_reviews_of(section),
        "backlinks": [
            (closeness, list(rows))
            for closeness, rows in groupby(
                backlinks_to([section], user, language)[section.pk], lambda pair: pair[1].closeness
            )
        ],
        "previous": near[here - 1] if here else None,
        "following": near[here + 1] if here + 1 < len(near) else None,
        "crumbs": _crumbs((act.title, act.get_absolute_url()), (section.label, None)),
    }


def _having(sections, words: str) -> list[Section]:
    """The sections with the numbers that are cited, and each of the other words somewhere."""
    numbers, others = citations.apart(words)
    numbered = [
        section for section in sections if all(section.is_numbered(number) for number in numbers)
    ]

    def text(section: Section) -> str:
        wording = as_lines(section.wording.text) if section.wording else ""
        return f"{section.names} {section.summary} {wording}"

    return mentioning(numbered, others, text)


class Part(NamedTuple):
    """A part of an act on its page: a chapter, its annexes, or all of an act without chapters.

    `resting` is what rests on the whole of a chapter.
    """

    key: str
    number: str
    label: str
    name: str
    sections: list[Section]
    resting: Sequence[Backlink] = ()


def _parts(sections: Iterable[Section]) -> Iterable[Part]:
    for (chapter, annexes), inside in groupby(sections, lambda one: (one.chapter, one.is_annex)):
        if chapter is not None:
            yield Part(chapter.key, chapter.number, chapter.label, chapter.name, list(inside))
        elif annexes:
            yield Part("annexes", "", "", _("Annexes"), list(inside))
        else:
            yield Part("sections", "", "", _("Sections"), list(inside))


def _laid_out(act, decrees, compared_on) -> dict:
    """An act with its amendments, decrees and addresses in Finlex, for a template."""
    language = current_language()
    last = next((one for one in act.amendments.all() if one.reference == act.consolidated_to), None)
    return {
        "act": act,
        "finlex": finlex.consolidated(act, language),
        "last_amendment": last,
        "decrees": decrees,
        "compared_on": compared_on,
        "demo": settings.DEMO,
    }


def _crumbs(*further):
    return crumbs((_("Law"), reverse("law:index")), *further)
