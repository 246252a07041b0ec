"""Sections that pages name in plain words: shown to editors, linked with one click, told nightly.

What is written out is kept in Wagtail's reference index (content.pages.mentions) and is read from
there. The caller of `link` has already asked who may.
"""

from collections import defaultdict
from collections.abc import Collection

from django.db import transaction
from django.db.models import Prefetch
from django.urls import reverse
from wagtail.models import Page, ReferenceIndex, Revision

from content.pages.mentions import known_sections, rich_texts, section_tag, with_link
from content.pages.models import BasePage, SubjectPage, ToldMention
from content.pages.references import subject_models
from content.pages.related import keys_written_out, written_out
from law.models import Section
from portal.accounts.models import User
from portal.accounts.roles import ROLES, roles_of
from portal.languages import in_language
from portal.mail import outbox

from .translation_changes import translation_of

LINES = 60


class NotThereError(Exception):
    """The draft of the page does not name the section where a link could stand."""


def mentions_of(page: Page) -> list[Section]:
    """The sections that a page names and does not refer to, as the index has it.

    Less what its draft has linked since. One query, and a few more where there are any.
    """
    rows = written_out().filter(object_id=str(page.pk)).values_list("to_object_id", flat=True)
    keys = {int(key) for key in rows}
    if not keys:
        return []
    draft = page.specific.get_latest_revision_as_object()
    left = keys & keys_written_out(draft)
    return list(Section.objects.filter(pk__in=left).select_related("act"))


def may_be_linked(page: Page) -> bool:
    """Whether its own text can be given links: a translation has those of its original."""
    return translation_of(page) is None


@transaction.atomic
def link(page: Page, section: Section, *, by: User) -> Revision:
    """A new draft of the page in which the first words that name the section lead to it.

    Nothing else of the draft changes. NotThereError when no rich text of the draft names it outside
    links, and for a translation: its links come from its original.
    """
    page = Page.objects.select_for_update().get(pk=page.pk).specific
    draft = page.get_latest_revision_as_object()
    if not isinstance(draft, SubjectPage) or not may_be_linked(draft):
        raise NotThereError
    stream = draft.body.stream_block
    raw = draft.body.get_prep_value()
    known = known_sections()
    tag = section_tag(section.number, section.pk)
    for holder, key in rich_texts(stream, raw):
        linked = with_link(holder[key], section.number, tag, known)
        if linked is not None:
            holder[key] = linked
            break
    else:
        raise NotThereError
    draft.body = stream.to_python(raw)
    if not page.has_unpublished_changes:
        draft.change_kind = draft.change_note = ""
    return draft.save_revision(user=by, log_action=True, clean=False)


def tell_owners() -> int:
    """Look through every published page anew, and write to its keepers what is new; letters.

    A section that came to the portal after the page, or words of an earlier release, are found so.
    Whoever has been told of a mention is not told again until it has been away.
    """
    pages = _look_through()
    with transaction.atomic():
        found = {
            (int(page), int(section))
            for page, section in written_out().values_list("object_id", "to_object_id")
            if int(page) in pages
        }
        told = {(one.page_id, one.section_id): one.pk for one in ToldMention.objects.all()}
        ToldMention.objects.filter(pk__in=[told[key] for key in told.keys() - found]).delete()
        new = sorted(found - told.keys())
        ToldMention.objects.bulk_create(
            [ToldMention(page_id=page, section_id=section) for page, section in new],
            ignore_conflicts=True,
            batch_size=1000,
        )
        return _write(new, pages) if new else 0


def _look_through() -> dict[int, BasePage]:
    """Bring the index up to date; the published pages of the kinds that rest on the law."""
    pages: dict[int, BasePage] = {}
    for model in subject_models():
        for page in model.objects.filter(live=True, alias_of=None).iterator(chunk_size=200):
            ReferenceIndex.create_or_update_for_object(page)
            pages[page.pk] = page
    return pages


def _write(new: Collection[tuple[int, int]], pages: dict[int, BasePage]) -> int:
    sections = Section.objects.select_related("act").in_bulk({section for _page, section in new})
    by_keeper: dict[str, dict[int, list[Section]]] = defaultdict(lambda: defaultdict(list))
    for page, section in new:
        by_keeper[pages[page].keeper][page].append(sections[section])
    letters = 0
    people = User.objects.filter(is_active=True, groups__name__in=ROLES).distinct()
    for person in people.prefetch_related(Prefetch("groups")):
        named = {
            page: several
            for role in roles_of(person)
            for page, several in by_keeper.get(role, {}).items()
        }
        if not person.works_here or not named:
            continue
        with in_language(person.language):
            lines = [
                (
                    pages[page].title,
                    ", ".join(section.label for section in several),
                    reverse("wagtailadmin_pages:edit", args=[page]),
                )
                for page, several in sorted(named.items())
            ]
        outbox.write(
            "content/mentions",
            to=person.email,
            language=person.language,
            context={"lines": lines[:LINES], "more": len(lines[LINES:])},
        )
        letters += 1
    return letters
