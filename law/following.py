"""Sections, chapters and acts to follow, and the telling of an amendment and of its day."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.languages import LANGUAGES, in_language
from portal.linguistics import word_diffs
from portal.notifications import activity
from portal.notifications.following import Followable, Target, User, Verb
from portal.notifications.models import Follow

from . import kinds
from .consolidation import as_lines
from .models import Act, Amendment, AmendmentEffect, Chapter, Section

KIND, CHAPTER, ACT = "section", "chapter", "act"
AMENDED = Verb("amended", gettext_lazy("Amended"), anchor="#changes", dated=False)
IN_FORCE = Verb("in_force", gettext_lazy("Now in force"), anchor="#changes", dated=False)
MOST_CHARACTERS = 600  # of the words of the law in a letter; the section's page has them all
MOST_OF_A_PART = 300  # of them: where a whole text is replaced, the new one is told too


def subject_of(section: Section) -> str:
    """681/2023:14"""
    return f"{section.act.reference}:{section.number}"


def targets_of(section: Section) -> list[tuple[str, str]]:
    """Whoever follows one of these hears of a change of the section: itself, chapter and act."""
    return [(KIND, subject_of(section)), *targets_within(section.act, section.chapter)]


def targets_within(act: Act, chapter: Chapter | None = None) -> list[tuple[str, str]]:
    """Whoever follows one of these hears of what stands in the chapter of the act, or in the act.

    681/2023:2 and 681/2023
    """
    targets = [(ACT, act.reference)]
    if chapter is not None:
        targets.insert(0, (CHAPTER, f"{act.reference}:{chapter.number}"))
    return targets


def key_of(section: Section, amendment: Amendment) -> str:
    """What the event of an act's changing a section is known by; later ones add ":" and more."""
    return f"law:{subject_of(section)}:{amendment.reference}"


def find(subjects: Collection[str], user: User, language: str) -> Mapping[str, Target]:
    """The sections by act and number (681/2023:14), in any language: one query."""
    wanted = _wanted(subjects)
    rows = Section.objects.visible_to(user).filter(wanted).select_related("act")
    with in_language(language):
        return {
            subject_of(one): Target(_title(one), one.get_absolute_url(), page_gone=_page_gone(one))
            for one in rows
        }


def find_chapters(subjects: Collection[str], user: User, language: str) -> Mapping[str, Target]:
    """The chapters by act and number (681/2023:2), in any language: one query."""
    rows = Chapter.objects.filter(_wanted(subjects)).select_related("act")
    with in_language(language):
        return {
            f"{one.act.reference}:{one.number}": Target(
                f"{one.label[:1].upper()}{one.label[1:]} {one.name}, {one.act.title}",
                one.get_absolute_url(),
            )
            for one in rows
        }


def find_acts(subjects: Collection[str], user: User, language: str) -> Mapping[str, Target]:
    """The acts and decrees by number (681/2023), in any language: one query."""
    wanted = Q(pk__in=[])
    for subject in subjects:
        if place := _place(subject):
            wanted |= Q(number=place[0], year=place[1])
    rows = Act.objects.visible_to(user).filter(wanted)
    with in_language(language):
        return {one.reference: Target(one.title, one.get_absolute_url()) for one in rows}


def _wanted(subjects: Collection[str]) -> Q:
    """What stands in an act under a number, such as 681/2023:14."""
    wanted = Q(pk__in=[])
    for subject in subjects:
        reference, _colon, inside = subject.partition(":")
        if place := _place(reference):
            wanted |= Q(act__number=place[0], act__year=place[1], number=inside)
    return wanted


def _place(reference: str) -> tuple[int, int] | None:
    number, _slash, year = reference.partition("/")
    if number.isdecimal() and year.isdecimal() and len(number) < 6 and len(year) < 6:
        return int(number), int(year)
    return None


def _page_gone(section: Section) -> str:
    return _("A page on section %(number)s has been withdrawn") % {"number": section.shown_number}


def _title(section: Section) -> str:
    """Section 14 Initial assessment, Integration Act (681/2023)"""
    label = section.label
    return f"{label[:1].upper()}{label[1:]} {section.name}, {section.act.title}"


def record_activity(effects: Iterable[AmendmentEffect]) -> None:
    """Tell those who follow a section, its chapter or its act that an act amended the section.

    Its page shows how. The changes have their section with its chapter and act, and their
    amendment. One query, and a few for each change that somebody follows.
    """
    _tell(effects, AMENDED)


@transaction.atomic
def tell_of_the_day() -> int:
    """Tell those who follow a section that a change of it, known before, is now in force.

    The schedule calls it each hour. Each change is told once, however long the worker was away;
    one that was known only on its day was told then. Returns how many changes have come.
    """
    come = list(
        AmendmentEffect.objects.filter(day_told_at=None, day__lte=timezone.localdate())
        .select_for_update(skip_locked=True, of=("self",))
        .select_related("section__act", "section__chapter", "amendment", "before", "after")
        .order_by("day", "pk")
    )
    _tell(come, IN_FORCE)
    AmendmentEffect.objects.filter(pk__in=[one.pk for one in come]).update(
        day_told_at=timezone.now()
    )
    return len(come)


def _tell(effects: Iterable[AmendmentEffect], verb: Verb) -> None:
    targets = {effect: targets_of(effect.section) for effect in effects}
    followed = activity.followed({one for several in targets.values() for one in several})
    for effect in sorted(targets, key=lambda one: (subject_of(one.section), one.pk)):
        if followed.isdisjoint(targets[effect]):
            continue
        key = f"{key_of(effect.section, effect.amendment)}:{effect.day}"
        activity.record_activity(
            key if verb is AMENDED else f"{key}:{verb.key}",
            thing=(KIND, subject_of(effect.section)),
            targets=targets[effect],
            verb=verb,
            notes={language: _note(effect, language) for language in LANGUAGES},
        )


@transaction.atomic
def record_renumbered(amendment: Amendment, pairs: Collection[tuple[str, str]]) -> None:
    """Who follows a section that gets another number is told of it, and follows that one too.

    `pairs` are the old and the new numbers, of sections that are there under both.
    """
    act = amendment.act
    numbers = {number for pair in pairs for number in pair}
    sections = {one.number: one for one in act.sections.filter(number__in=numbers)}
    for section in sections.values():
        section.act = act
    becomes = {subject_of(sections[was]): sections[new] for was, new in pairs}
    there = Follow.objects.confirmed().filter(kind=KIND, subject__in=becomes)
    now = timezone.now()
    Follow.objects.bulk_create(
        [
            Follow(
                follower_id=follower,
                kind=KIND,
                subject=subject_of(becomes[subject]),
                confirmed_at=now,
            )
            for follower, subject in there.values_list("follower", "subject")
        ],
        ignore_conflicts=True,
    )
    for subject, section in becomes.items():
        notes = {}
        for language in LANGUAGES:
            with in_language(language):
                day = date_format(amendment.in_force_from)
                words = {"act": amendment.reference, "day": day, "section": section.label}
                notes[language] = kinds.said(act, "renumbered", **words)
        activity.record_activity(
            f"{key_of(section, amendment)}:renumbered",
            thing=(KIND, subject),
            targets=[(KIND, subject)],
            verb=AMENDED,
            notes=notes,
        )


def forget_renumbered(act: Act, pairs: Collection[tuple[str, str]], since: datetime) -> None:
    """What `record_renumbered` has made anybody follow since a moment is followed no more."""
    for was, new in pairs:
        old = Follow.objects.filter(kind=KIND, subject=f"{act.reference}:{was}")
        made = Follow.objects.filter(kind=KIND, subject=f"{act.reference}:{new}")
        made.filter(follower__in=old.values("follower"), created_at__gte=since).delete()


def record_moved(effects: Iterable[AmendmentEffect]) -> None:
    """Tell those who follow a section that what changes it comes into force on another day."""
    for effect in effects:
        target = (KIND, subject_of(effect.section))
        notes = {}
        for language in LANGUAGES:
            with in_language(language):
                words = {"act": effect.amendment.reference, "day": date_format(effect.day)}
                notes[language] = kinds.said(effect.section.act, "moved", **words)
        activity.record_activity(
            f"{key_of(effect.section, effect.amendment)}:moved:{effect.day}",
            thing=target,
            targets=[target],
            verb=AMENDED,
            notes=notes,
        )


def _note(effect: AmendmentEffect, language: str) -> str:
    with in_language(language):
        words = {
            "act": effect.amendment.reference,
            "day": date_format(effect.day),
        }
        act = effect.section.act
        if effect.repeals:
            return kinds.said(act, "repealed", **words)
        told = kinds.said(act, "has added" if effect.adds else "has amended", **words)
        changed = _changed_words(effect, "sv" if language == "sv" else "fi")
        return "\n".join(filter(None, (told, changed)))


def _changed_words(effect: AmendmentEffect, text_language: str) -> str:
    """What was removed and added, in the words of the law and at most some 600 characters.

    Empty when the portal does not have the new wording. When it does not have the earlier one, and
    the section is not new, the beginning of the new wording.
    """
    if effect.after is None:
        return ""
    new = as_lines(getattr(effect.after, f"text_{text_language}"))
    if not new:
        return ""
    if effect.before is None:
        label = _("New wording:")
        return f"{label} {Truncator(new).chars(MOST_CHARACTERS)}"
    labels = {"removed": _("Removed:"), "added": _("Added:")}
    old = as_lines(getattr(effect.before, f"text_{text_language}"))
    lines, left = [], MOST_CHARACTERS
    for part in word_diffs.words(old, new):
        text = " ".join(part.text.split())
        if part.kind in labels and text and left > 0:
            told = Truncator(text).chars(min(left, MOST_OF_A_PART))
            lines.append(f"{labels[part.kind]} {told}")
            left -= len(told)
    return "\n".join(lines)


CHAPTERS = Followable(gettext_lazy("Chapters of the law"), find_chapters)
ACTS = Followable(gettext_lazy("Acts and decrees"), find_acts)
FOLLOWABLE = Followable(gettext_lazy("Sections of the law"), find, verbs=(AMENDED, IN_FORCE))
