"""The terms that a section of the law defines, for the section's page and for its work lists."""

from collections import defaultdict
from collections.abc import Collection, Iterator

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from law import impact_reviews
from law.models import Section
from law.references import Backlink, Description, Reference, Referrer, User
from portal.accounts.roles import LAWYER
from portal.languages import LANGUAGES

from .models import Term

KEY = "term"
EDIT = "glossary.change_term"
DEFINITIONS = {f"definition_{language}" for language in LANGUAGES}


def backlinks(
    sections: Collection[Section], user: User, language: str
) -> dict[int, list[Backlink]]:
    """The terms of each section, with what they mean in the active language: one query."""
    found = defaultdict(list)
    terms = Term.objects.visible_to(user).filter(section__in=sections)
    for term in terms.annotate(under_review=impact_reviews.under_review(KEY, "pk")):
        item = Backlink(
            kind=KEY,
            title=term.name,
            url=term.get_absolute_url(),
            under_review=term.under_review,
            summary=term.definition,
        )
        found[term.section_id].append(item)
    return found


def references(sections: Collection[Section]) -> Iterator[Reference]:
    """The terms that name one of the sections; a term is one thing, whatever its languages."""
    terms = Term.objects.filter(section__in=[section.pk for section in sections])
    for pk, section_pk in terms.values_list("pk", "section"):
        yield Reference(section_pk, str(pk), str(pk), LAWYER)


def describe(subjects: Collection[str], user: User, language: str) -> dict[str, Description]:
    """Terms are public; those who edit them may confirm them."""
    may_edit = user.has_perm(EDIT)
    edit = Term.snippet_viewset.get_url_name("edit")
    return {
        str(term.pk): Description(
            title=term.name,
            url=term.get_absolute_url(),
            edit_url=reverse(edit, args=[term.pk]) if may_edit else "",
            may_confirm=may_edit,
        )
        for term in Term.objects.visible_to(user).filter(pk__in=subjects)
    }


@transaction.atomic
def settle(term: Term, changed: Collection[str], *, by: AbstractBaseUser) -> None:
    """What an edit of these fields by `by` settles of the reviews that changes of the law opened.

    The term rests on the section that it names now; another definition was written knowing it.
    """
    subject, still_on = str(term.pk), [term.section_id] if term.section_id else []
    if DEFINITIONS.union({"section"}).intersection(changed):
        impact_reviews.published(
            impact_reviews.Publication(
                kind=KEY,
                subject=subject,
                thing=subject,
                owner=LAWYER,
                sections=still_on,
                written_at=timezone.now(),
                substantive=bool(DEFINITIONS.intersection(changed)),
                by=by,
                lets_go=True,
            )
        )


def deleted(sender, instance: Term, **kwargs) -> None:
    """Receiver: a term that is no more rests on nothing."""
    impact_reviews.dereferenced(KEY, str(instance.pk))


REFERRER = Referrer(_("Terms"), backlinks, references, describe, word="terms")
