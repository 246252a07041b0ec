"""Answers to legal questions in the API: what is published of them, and nothing of the questions.

A case, its number, its asker and what was written about it stay where they are: the API reads
published pages alone.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from django.db.models import Model, prefetch_related_objects
from django.http import Http404
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from ninja import Field, Path, Query, Router, Schema

from content.pages.related import pages_of, references_to, references_to_sections
from law.models import Section
from portal.api.parameters import Paged, Parameters
from portal.api.responses import READER, Many, One, absolute, many, one
from portal.errors import BadParameter
from portal.languages import LANGUAGES
from portal.topics.models import Audience, Topic

from .models import AnswerPage
from .models.pages import newest_answers
from .plain import html_of, text_of
from .validity import of_validity, validities_of

SOURCE = _("The integration portal: the legal service of the KEHA Centre")
FORCE = _(
    "This is advice on applying the law, given by the KEHA Centre under section 56 of the "
    "Integration Act. It is not a decision on anybody’s matter and binds no authority or court."
)
FORCE_OF_EXAMPLE = _(
    "Advice on applying the law is given by the KEHA Centre under section 56 of the Integration "
    "Act. It is not a decision on anybody’s matter and binds no authority or court."
)
SECTION = re.compile(r"([1-9]\d{0,3})-((?:19|20)\d\d):(\d{1,3}[a-z]?)", re.ASCII)

router = Router()


class SectionOfAct(Schema):
    act: str = Field(description=_("The act's number and year as addresses have them: 681-2023."))
    section: str = Field(description=_("The number as addresses have it: 14, 32a."))


class Version(Schema):
    language: Literal["fi", "sv", "en"]
    slug: str = Field(description=_("The word that its address ends in, in this language."))
    title: str
    url: str = Field(description=_("Its page on the portal."))


class AnswerShape(Schema):
    slug: str = Field(description=_("The word that its address ends in, in this language."))
    key: str = Field(description=_("What the answer is known by in all languages, for good."))
    language: Literal["fi", "sv", "en"]
    title: str = Field(description=_("The question in short."))
    question: str = Field(description=_("The question, worded so that nobody can be identified."))
    sections: list[SectionOfAct] = Field(description=_("The sections that the answer rests on."))
    topics: list[str] = Field(description=_("Keys of its themes."))
    audiences: list[str] = Field(description=_("Keys of those whom it is for."))
    applies_from: date | None = Field(description=_("First day on which the answer holds."))
    applies_to: date | None = Field(description=_("Last day on which the answer holds."))
    validity: Literal["valid", "checking", "replaced"] = Field(
        description=_(
            "“checking”: a section has changed, and the answer is being checked against it."
        )
    )
    replaced_by: Version | None = Field(
        description=_("The later answer, in the same language where it is there.")
    )
    published: datetime | None = Field(description=_("When it was first published."))
    changed: datetime | None = Field(description=_("When readers last had to know of a change."))
    reviewed: date | None = Field(description=_("When the legal service last looked it through."))
    versions: list[Version] = Field(description=_("The languages in which it is published."))
    example: bool = Field(description=_("An invented example, not an answer that was given."))
    url: str = Field(description=_("Its page on the portal."))


class WholeAnswer(AnswerShape):
    answer_html: str = Field(
        description=_("The answer as HTML of plain elements, with whole addresses.")
    )
    answer_text: str = Field(description=_("The answer as plain text."))
    force: str = Field(description=_("What force the answer has. To be shown with it."))


class Asked(Paged):
    section: str | None = Field(
        None,
        max_length=20,
        description=_("Only those that rest on this section of an act, such as 681-2023:14."),
    )
    topic: str | None = Field(
        None, max_length=80, description=_("Only those with the theme of this key.")
    )
    audience: str | None = Field(
        None, max_length=80, description=_("Only those for the audience of this key.")
    )
    validity: Literal["valid", "checking", "replaced"] | None = Field(
        None, description=_("Only those that are valid, being checked, or replaced by a later one.")
    )


@router.get(
    "",
    response=Many[AnswerShape],
    operation_id="questions",
    summary=_("Answers to legal questions"),
    description=_("The published answers of a language, the latest changed first."),
)
def questions(request, asked: Query[Asked]):
    rows = newest_answers(asked.language, READER).select_related("locale")
    if asked.section is not None:
        rows = rows.filter(pk__in=pages_of(references_to([_section(asked.section)])))
    if asked.topic is not None:
        rows = rows.filter(topics=_labelled(Topic, "topic", asked.topic))
    if asked.audience is not None:
        rows = rows.filter(audiences=_labelled(Audience, "audience", asked.audience))
    if asked.validity is not None:
        rows = of_validity(rows, asked.validity)
    return many(request, asked, rows, _told, SOURCE, together=True)


@router.get(
    "/{slug}",
    response=One[WholeAnswer],
    operation_id="question",
    summary=_("One answer"),
    description=_(
        "A question and its answer, in the language that is asked for. Not found when it has not "
        "been published in that language."
    ),
)
def question(
    request,
    asked: Query[Parameters],
    slug: str = Path(
        ...,
        description=_("The word that its address ends in, in the language that is asked for."),
        example="voiko-suunnitelma-jatkua-yli-vuoden",
    ),
):
    rows = AnswerPage.objects.visible_to(READER).in_language(asked.language)
    page = rows.filter(slug=slug).select_related("locale").first()
    if page is None:
        raise Http404
    [told] = _told([page])
    force = gettext(FORCE_OF_EXAMPLE if page.example else FORCE)
    texts = {"answer_html": html_of(page), "answer_text": text_of(page), "force": force}
    return one({**told, **texts}, SOURCE)


def _section(word: str) -> Section:
    parts = SECTION.fullmatch(word)
    rows = Section.objects.visible_to(READER)
    found = (
        rows.filter(act__number=parts[1], act__year=parts[2], number=parts[3]).first()
        if parts
        else None
    )
    if found is None:
        raise BadParameter("section", word)
    return found


def _labelled(model: type[Model], name: str, key: str) -> Model:
    """The topic or audience of a key. Raises BadParameter when there is none."""
    found = model._default_manager.filter(key=key).first()
    if found is None:
        raise BadParameter(name, key)
    return found


def _told(pages: Sequence[AnswerPage]) -> list[dict]:
    """What is told of each of the pages: the same few queries, however many there are."""
    prefetch_related_objects(pages, "topics", "audiences", "replaced_by")
    validities = validities_of(pages)
    sections = _sections_of(pages)
    later = [page.replaced_by for page in pages if page.replaced_by]
    versions = _versions_of([*pages, *later])
    return [
        {
            "slug": page.slug,
            "key": str(page.translation_key),
            "language": page.language,
            "title": page.title,
            "question": page.asked,
            "sections": [
                {"act": f"{section.act.number}-{section.act.year}", "section": section.number}
                for section in sections[page.pk]
            ],
            "topics": sorted(topic.key for topic in page.topics.all()),
            "audiences": sorted(audience.key for audience in page.audiences.all()),
            "applies_from": page.applies_from,
            "applies_to": page.applies_to,
            "validity": validities[page.pk],
            "replaced_by": _later(page, versions),
            "published": page.first_published_at,
            "changed": page.changed_at,
            "reviewed": page.reviewed_on,
            "versions": versions[page.translation_key],
            "example": page.example,
            "url": absolute(page.url_path),
        }
        for page in pages
    ]


def _sections_of(pages: Sequence[AnswerPage]) -> dict[int, list[Section]]:
    """Page → the sections that it rests on, in the order of the law: two queries."""
    references = references_to_sections().filter(object_id__in=[str(page.pk) for page in pages])
    resting = defaultdict(set)
    for page, section in references.values_list("object_id", "to_object_id"):
        resting[int(section)].add(int(page))
    found = defaultdict(list)
    for section in Section.objects.visible_to(READER).filter(pk__in=resting).select_related("act"):
        for page in resting[section.pk]:
            found[page].append(section)
    return found


def _versions_of(pages: Sequence[AnswerPage]) -> dict[UUID, list[dict]]:
    """Translation key → the published versions, in the order of the languages: one query."""
    rows = (
        AnswerPage.objects.visible_to(READER)
        .filter(translation_key__in={page.translation_key for page in pages})
        .order_by()
        .values_list("translation_key", "locale__language_code", "slug", "title", "url_path")
    )
    found = defaultdict(list)
    for key, language, slug, title, url in sorted(rows, key=lambda row: LANGUAGES.index(row[1])):
        found[key].append(
            {"language": language, "slug": slug, "title": title, "url": absolute(url)}
        )
    return found


def _later(page: AnswerPage, versions: Mapping[UUID, list[dict]]) -> dict | None:
    """The answer that took the place of a page, in its language or the first in which it is."""
    if page.replaced_by is None:
        return None
    there = versions[page.replaced_by.translation_key]
    return next((one for one in there if one["language"] == page.language), next(iter(there), None))
