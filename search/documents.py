"""What can be found: one function a kind turns rows into documents, one a language.

The rows come from `visible_to` a reader without an account, so what is not public is never in the
index. A fact with three names gives a document in each language; a page is in one language, and
its translations are documents of the same thing.
"""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Min, Model, Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from content.pages.models import GuidanceArticlePage, InformationPage, NewsPage, ThemePage
from content.questions.models import AnswerPage
from law.models import Section, SectionVersion
from monitoring.indicators.models import Indicator
from monitoring.indicators.services import RESTING
from partnership.organisations.models import Organisation
from portal.languages import LANGUAGES, in_language, in_words
from portal.places.models import Area, Belonging

ONE_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One document before it is read: plain texts, and what filters, ranks and leads to it.

    `words` are looked for but never shown: numbers and names by which people ask for the thing.
    `holds_from` and `holds_to` are its first and last day, where it does not hold for ever: what
    held once comes after what holds now. `boost` multiplies its rank.
    """

    kind: str
    key: str
    language: str
    title: str
    path: str
    thing: str = ""
    summary: str = ""
    body: str = ""
    words: str = ""
    trail: list[str] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    areas: list[str] = field(default_factory=list)
    holds_from: datetime.date | None = None
    holds_to: datetime.date | None = None
    boost: float = 1
    date: datetime.date | None = None

    @property
    def uid(self) -> str:
        return f"{self.kind}:{self.key}:{self.language}"


Documents = Callable[[QuerySet], Iterator[Entry]]


@dataclass(frozen=True)
class Kind:
    """A kind of thing that can be found: its name for one and for many, its rows, its documents.

    `resting` is what law.references knows the kind by, if it is checked when the law changes.
    """

    key: str
    name: str | Promise
    plural: str | Promise
    models: tuple[type[Model], ...]
    documents: Documents
    only: Q = field(default_factory=Q)
    resting: str = ""

    def rows(self, model: Any) -> QuerySet:
        """The rows of a model that are found: those that everyone may see."""
        return model.objects.visible_to(AnonymousUser()).filter(self.only)

    def entries(self, keys: list[str] | None = None) -> Iterator[Entry]:
        """The documents of the rows that everyone may see, of these keys or of all."""
        for model in self.models:
            rows = self.rows(model)
            yield from self.documents(rows if keys is None else rows.filter(pk__in=keys))

    def keys(self) -> list[str]:
        """The keys of all rows that everyone may see."""
        return [
            str(pk)
            for model in self.models
            for pk in self.rows(model).order_by().values_list("pk", flat=True)
        ]


def articles(pages: QuerySet) -> Iterator[Entry]:
    """Guidance articles and theme pages.

    An article answers more than what merely names its subject, and being long it would rank
    below that; hence its weight.
    """
    return _pages("guidance", pages, boost=3 if pages.model is GuidanceArticlePage else 1.3)


def news(pages: QuerySet) -> Iterator[Entry]:
    return _pages("news", pages, boost=0.9)


def answers(pages: QuerySet) -> Iterator[Entry]:
    """Published answers to legal questions; those that were replaced held until then."""
    return _pages("answer", pages, boost=2.5)


def information(pages: QuerySet) -> Iterator[Entry]:
    """Pages about the portal itself."""
    return _pages("about", pages, boost=0.8)


def _pages(kind: str, rows: QuerySet, boost: float) -> Iterator[Entry]:
    pages = list(rows.select_related("locale").prefetch_related(*_relations(rows.model)))
    above = _titles_above(pages)
    for page in pages:
        address = page.get_url_parts()
        if address is None:
            continue
        with in_language(page.language):  # labels of blocks are words of the portal's own
            body = getattr(page, "words", "")
        yield Entry(
            kind=kind,
            key=str(page.pk),
            thing=f"page:{page.translation_key}",
            language=page.language,
            title=page.title,
            path=address[2],
            summary=page.summary,
            body=body,
            words=page.search_description,
            trail=[above[path] for path in _paths_above(page)[1:] if path in above],
            topics=[topic.key for topic in _topics(page)],
            boost=boost,
            date=getattr(page, "date", None),
            holds_from=getattr(page, "applies_from", None),
            holds_to=getattr(page, "applies_to", None),
        )


def _relations(model: type[Model]) -> list[str]:
    return [name for name in ("topic", "topics") if hasattr(model, name)]


def _topics(page) -> list:
    if hasattr(page, "topic"):
        return [page.topic]
    return list(page.topics.all()) if hasattr(page, "topics") else []


def _paths_above(page: Page) -> list[str]:
    """The tree paths of the pages above one, from below the home page down."""
    return [page.path[:end] for end in range(3 * page.steplen, len(page.path), page.steplen)]


def _titles_above(pages: list[Page]) -> dict[str, str]:
    paths = {path for page in pages for path in _paths_above(page)}
    return dict(Page.objects.filter(path__in=paths).values_list("path", "title"))


def sections(rows: QuerySet) -> Iterator[Entry]:
    """Sections of the law with their text in force; those repealed come after the others."""
    today = timezone.localdate()
    in_force = Prefetch("versions", SectionVersion.objects.on(today), to_attr="in_force")
    first = Min("versions__valid_from")
    worded = SectionVersion.objects.filter(section__in=rows.values("pk")).worded()
    for section in (
        rows.select_related("act", "chapter")
        .prefetch_related(in_force, "act__amendments")
        .annotate(begins=first)
    ):
        amendments = {one.reference: one for one in section.act.amendments.all()}
        awaits = section.awaited(amendments, worded.get(section.pk), today)
        last = section.repealed_from - ONE_DAY if section.repealed_from else None
        for language in LANGUAGES:
            with in_language(language):
                label = section.label
                number = section.number
                yield Entry(
                    kind="section",
                    key=str(section.pk),
                    language=language,
                    title=_("%(section)s: %(heading)s")
                    % {"section": label[:1].upper() + label[1:], "heading": section.name},
                    path=section.get_absolute_url(),
                    summary=in_words(section, "summary"),
                    body=_text_of(section, language),
                    words=f"{label} {number} § {section.act.name} {section.act.reference}",
                    trail=[
                        f"{section.act.short_name} {section.act.reference}",
                        _("Chapter %(number)s: %(name)s")
                        % {"number": section.chapter.number, "name": section.chapter.name},
                        *(
                            [
                                _("Changed by act %(act)s; words not here yet")
                                % {"act": awaits.reference}
                            ]
                            if awaits and not section.is_repealed
                            else []
                        ),
                    ],
                    holds_from=section.begins or section.act.in_force_from,
                    holds_to=last,
                    boost=1.1,
                )


def _text_of(section: Any, language: str) -> str:
    """What a section says today, where it is law in that language and has been imported."""
    if language == "en" or not section.in_force:
        return ""
    return "\n".join(
        "\n".join([part["text"], *part["items"]])
        for part in getattr(section.in_force[0], f"text_{language}")
    )


def organisations(rows: QuerySet) -> Iterator[Entry]:
    """Members of the partnership programme."""
    wholes = _wholes()
    for organisation in rows.prefetch_related("areas", "topics"):
        areas = organisation.areas.all()
        topics = organisation.topics.all()
        for language in LANGUAGES:
            with in_language(language):
                yield Entry(
                    kind="organisation",
                    key=str(organisation.pk),
                    language=language,
                    title=organisation.name,
                    path=organisation.get_absolute_url(),
                    summary=in_words(organisation, "description"),
                    words=" ".join(
                        [
                            organisation.name_fi,
                            organisation.business_id,
                            organisation.get_kind_display(),
                            *(topic.name for topic in topics),
                            *(area.name for area in areas),
                        ]
                    ),
                    trail=[organisation.get_kind_display(), ", ".join(a.name for a in areas)],
                    topics=[topic.key for topic in topics],
                    areas=_with_wholes(areas, wholes),
                )


def indicators(rows: QuerySet) -> Iterator[Entry]:
    """Published indicators: what they measure, from which source, and what they cannot tell."""
    for indicator in rows.prefetch_related("topics"):
        for language in LANGUAGES:
            with in_language(language):
                yield Entry(
                    kind="indicator",
                    key=str(indicator.pk),
                    language=language,
                    title=indicator.name,
                    path=indicator.get_absolute_url(),
                    summary=in_words(indicator, "purpose"),
                    body="\n".join(
                        in_words(indicator, field) for field in ("limits", "misreading", "coverage")
                    ),
                    words=f"{indicator.short} {indicator.unit}",
                    trail=[indicator.get_domain_display(), in_words(indicator, "source")],
                    topics=[topic.key for topic in indicator.topics.all()],
                    boost=1.1,
                )


SHOWN_ABOVE = (Area.Kind.EMPLOYMENT_AREA, Area.Kind.REGION)


def areas(rows: QuerySet) -> Iterator[Entry]:
    """The country, regions, employment areas and municipalities."""
    wholes = _wholes()
    for area in rows:
        above = [whole for whole in wholes.get(area.pk, []) if whole.kind in SHOWN_ABOVE]
        for language in LANGUAGES:
            with in_language(language):
                yield Entry(
                    kind="area",
                    key=str(area.pk),
                    language=language,
                    title=area.name,
                    path=area.get_absolute_url(),
                    words=f"{area.key} {area.get_kind_display()}",
                    trail=[area.get_kind_display(), *(whole.name for whole in above)],
                    areas=_with_wholes([area], wholes),
                    boost=1.2 if area.kind != Area.Kind.MUNICIPALITY else 1,
                )


def _wholes() -> dict[int, list[Area]]:
    """The areas that each area belongs to now."""
    wholes: dict[int, list[Area]] = {}
    for belonging in Belonging.objects.filter(valid_to__isnull=True).select_related("whole"):
        wholes.setdefault(belonging.part_id, []).append(belonging.whole)
    return wholes


def _with_wholes(areas, wholes: dict[int, list[Area]]) -> list[str]:
    """The keys of the areas and of those they are in, but not of the country, where all are."""
    keys = {area.key: None for area in areas}
    for area in areas:
        keys |= {
            whole.key: None for whole in wholes.get(area.pk, []) if whole.kind != Area.Kind.COUNTRY
        }
    return list(keys)


KINDS = {
    kind.key: kind
    for kind in (
        Kind(
            "guidance",
            gettext_lazy("Guidance"),
            gettext_lazy("Guidance"),
            (GuidanceArticlePage, ThemePage),
            articles,
            resting=GuidanceArticlePage.resting_kind,
        ),
        Kind(
            "answer",
            gettext_lazy("Legal question"),
            gettext_lazy("Legal questions"),
            (AnswerPage,),
            answers,
            resting=AnswerPage.resting_kind,
        ),
        Kind("section", gettext_lazy("Law"), gettext_lazy("Law"), (Section,), sections),
        Kind(
            "organisation",
            gettext_lazy("Partner"),
            gettext_lazy("Partners"),
            (Organisation,),
            organisations,
        ),
        Kind(
            "indicator",
            gettext_lazy("Indicator"),
            gettext_lazy("Indicators"),
            (Indicator,),
            indicators,
            resting=RESTING,
        ),
        Kind(
            "area",
            gettext_lazy("Area"),
            gettext_lazy("Areas"),
            (Area,),
            areas,
            only=Q(kind__in=Area.WITH_PAGE),
        ),
        Kind(
            "news",
            gettext_lazy("News"),
            gettext_lazy("News"),
            (NewsPage,),
            news,
            resting=NewsPage.resting_kind,
        ),
        Kind(
            "about",
            gettext_lazy("About the portal"),
            gettext_lazy("About the portal"),
            (InformationPage,),
            information,
            resting=InformationPage.resting_kind,
        ),
    )
}


def kind_of(model: type[models.Model]) -> Kind | None:
    """The kind whose rows are of a model, if any."""
    return next((kind for kind in KINDS.values() if model in kind.models), None)
