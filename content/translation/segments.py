"""The segments of a page as its translator meets them: what is new, what changed in which sentence.

The unit is wagtail-localize's segment: a paragraph, a heading, an item, a cell. Nothing of this is
kept: it follows from the segments of the source and the translations that there have been. A
segment whose words are the same keeps its translation wherever it stands now (`reuse`); one that
changed is shown with its old words and its old translation.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import StrEnum

from django.db.models import Exists, OuterRef
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import extract_segments

from .chips import Chip, chips, plain, typed
from .terms import Wording, wordings

SENTENCE = re.compile(r"(?<=[.!?:…])\s+(?=[\"”»(]?[A-ZÅÄÖ0-9])")
ALIKE = 0.4  # a segment that shares less with an old one is a new one


class State(StrEnum):
    DONE = "done"
    CHANGED = "changed"
    NEW = "new"


@dataclass(frozen=True)
class Sentence:
    """A sentence of the original, and whether the old text did not have it."""

    text: str
    changed: bool


@dataclass(frozen=True)
class Piece:
    """One segment for one language.

    `text` is what is in the field to be edited: the translation, or the old one of what changed.
    `was` is the old original of a changed segment, and `gone` its sentences that are no more.
    """

    segment: StringSegment
    state: State
    text: str
    was: str = ""
    wordings: list[Wording] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Of its field in the form."""
        return f"segment-{self.segment.pk}"

    @property
    def source(self) -> str:
        return typed(self.segment.string.data)

    @property
    def chips(self) -> list[Chip]:
        return list(chips(self.segment.string.data, self.segment.attrs))

    @property
    def sentences(self) -> list[Sentence]:
        """The original, sentence by sentence."""
        now = sentences(self.source)
        if not self.was:
            return [Sentence(one, self.state == State.NEW) for one in now]
        same = _kept(sentences(self.was), now)
        return [Sentence(one, place not in same) for place, one in enumerate(now)]

    @property
    def gone(self) -> list[str]:
        now, old = sentences(self.source), sentences(self.was)
        kept = _kept(now, old)
        return [one for place, one in enumerate(old) if place not in kept]


def sentences(text: str) -> list[str]:
    return [one for line in text.splitlines() for one in SENTENCE.split(line) if one.strip()]


def _kept(old: list[str], new: list[str]) -> set[int]:
    """The places of `new` whose sentence stands in `old`, in the same order."""
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return {place for _old, at, size in blocks for place in range(at, at + size)}


def untranslated(translation: Translation):
    """The segments of the source that have no translation into the language."""
    done = StringTranslation.objects.filter(
        translation_of=OuterRef("string"),
        context=OuterRef("context"),
        locale=translation.target_locale_id,
        has_error=False,
    )
    return StringSegment.objects.filter(~Exists(done), source=translation.source_id)


def pieces(translation: Translation) -> list[Piece]:
    """All segments of a page in their order: four queries, however many there are."""
    locale = translation.target_locale
    language = locale.language_code
    segments = list(
        StringSegment.objects.filter(source=translation.source_id)
        .annotate_translation(locale)
        .select_related("string", "context")
        .order_by("order", "pk")
    )
    current = {segment.string_id for segment in segments}
    earlier = _earlier(translation, current)
    found = []
    for segment in segments:
        data = segment.string.data
        said = wordings(plain(data), translation.source.locale.language_code, language)
        if segment.translation:
            found.append(Piece(segment, State.DONE, typed(segment.translation), "", said))
        elif old := _closest(segment, earlier):
            was, text = typed(old.translation_of.data), typed(old.data)
            found.append(Piece(segment, State.CHANGED, text, was, said))
        else:
            found.append(Piece(segment, State.NEW, "", "", said))
    return found


def _earlier(translation: Translation, current: Iterable[int]) -> list[StringTranslation]:
    """What has been translated of this page before and is not in it any more, the newest first."""
    return list(
        StringTranslation.objects.filter(
            context__object=translation.source.object_id, locale=translation.target_locale_id
        )
        .exclude(translation_of__in=current)
        .select_related("translation_of")
        .order_by("-updated_at", "-pk")
    )


def _closest(segment: StringSegment, earlier: list[StringTranslation]) -> StringTranslation | None:
    """The old translation whose original is the most like the segment; of its own place rather."""
    text = plain(segment.string.data)
    best, found = ALIKE, None
    for old in earlier:
        matcher = SequenceMatcher(None, plain(old.translation_of.data), text, autojunk=False)
        if matcher.real_quick_ratio() < best or matcher.quick_ratio() < best:
            continue
        likeness = matcher.ratio() + (0.1 if old.context_id == segment.context_id else 0)
        if likeness > best:
            best, found = likeness, old
    return found


def reuse(translation: Translation) -> int:
    """Gives segments whose words have been translated on this page their translation; how many.

    A block that was moved or split has a new path, and localize keeps translations by path.
    """
    known: dict[int, StringTranslation] = {}
    for each in StringTranslation.objects.filter(
        context__object=translation.source.object_id,
        locale=translation.target_locale_id,
        has_error=False,
    ).order_by("updated_at", "pk"):
        known[each.translation_of_id] = each
    given = [
        StringTranslation(
            translation_of_id=segment.string_id,
            locale=translation.target_locale,
            context_id=segment.context_id,
            data=known[segment.string_id].data,
            translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
            last_translated_by_id=known[segment.string_id].last_translated_by_id,
        )
        for segment in untranslated(translation).filter(string__in=known)
    ]
    return len(StringTranslation.objects.bulk_create(given, ignore_conflicts=True))


def adopt(translation: Translation, page: Page) -> int:
    """Takes the texts of a page that is there already as the translations of its original's; how
    many.

    Segments of one path are paired in their order when there are as many of them on both sides;
    when no path agrees and both pages have as many segments, all of them are.
    """
    source = list(
        StringSegment.objects.filter(source=translation.source_id)
        .select_related("context", "string")
        .order_by("order", "pk")
    )
    target = [value for value in extract_segments(page) if isinstance(value, StringSegmentValue)]
    there: dict[str, list[StringSegmentValue]] = {}
    for value in target:
        there.setdefault(value.path, []).append(value)
    here: dict[str, list[StringSegment]] = {}
    for segment in source:
        here.setdefault(segment.context.path, []).append(segment)
    pairs = [
        pair
        for path, segments in here.items()
        if len(segments) == len(there.get(path, ()))
        for pair in zip(segments, there[path], strict=True)
    ]
    streamed = [segment for segment in source if "." in segment.context.path]
    values = [value for value in target if "." in value.path]
    paired = any("." in segment.context.path for segment, _value in pairs)
    if not paired and len(streamed) == len(values):
        pairs += zip(streamed, values, strict=True)
    given = [
        StringTranslation(
            translation_of_id=segment.string_id,
            locale=translation.target_locale,
            context_id=segment.context_id,
            data=value.string.data,
            translation_type=StringTranslation.TRANSLATION_TYPE_MANUAL,
        )
        for segment, value in pairs
        if {one.number for one in chips(segment.string.data, "")}
        == {one.number for one in chips(value.string.data, "")}
    ]
    return len(StringTranslation.objects.bulk_create(given, ignore_conflicts=True))
