"""The portal's own plain summaries of sections, as a kind of thing that rests on the sections."""

from collections.abc import Collection, Iterator, Mapping

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from wagtail.log_actions import log

from portal.accounts.roles import LAWYER
from portal.concurrency import compare

from . import impact_reviews
from .models import ImpactReview, Section
from .references import Description, Reference, Referrer, User

KEY = "summary"
EDIT = "law.change_section"


def references(sections: Collection[Section]) -> Iterator[Reference]:
    """The sections that have a summary; it is one thing, whatever its languages."""
    with_words = Section.objects.exclude(summary_fi="", summary_sv="", summary_en="")
    for pk in with_words.filter(pk__in=[one.pk for one in sections]).values_list("pk", flat=True):
        yield Reference(pk, str(pk), str(pk), LAWYER)


def describe(subjects: Collection[str], user: User, language: str) -> dict[str, Description]:
    """Summaries are public; those who edit sections may confirm them."""
    may_edit = user.has_perm(EDIT)
    sections = Section.objects.visible_to(user).select_related("act").filter(pk__in=subjects)
    with override(language):
        return {
            str(section.pk): Description(
                title=_("Plain summary of %(section)s") % {"section": section.label},
                url=section.get_absolute_url(),
                edit_url=reverse("law_summaries:edit", args=[section.pk]) if may_edit else "",
                may_confirm=may_edit,
            )
            for section in sections
        }


@transaction.atomic
def write(section: Section, words: Mapping[str, str], *, by: User, expect: str) -> bool:
    """Save the summaries and log it; returns whether any word of them changed.

    What changed also settles the reviews that changes of the law opened. `expect` is what the
    person read (Section.version_token); Stale if it has changed since.
    """
    section.refresh_from_db(from_queryset=Section.objects.select_for_update())
    compare(section, expect)
    changed = [name for name, value in words.items() if getattr(section, name) != value]
    for name in changed:
        setattr(section, name, words[name])
    section.save(update_fields=changed)
    log(section, "wagtail.edit", user=by, content_changed=bool(changed))
    if changed:
        said = section.summary_fi or section.summary_sv or section.summary_en
        impact_reviews.published(
            impact_reviews.Publication(
                kind=KEY,
                subject=str(section.pk),
                thing=str(section.pk),
                owner=LAWYER,
                sections={section.pk} if said else set(),
                written_at=timezone.now(),
                substantive=True,
                by=by,
            )
        )
    return bool(changed)


def open_reviews_of(section: Section) -> list[ImpactReview]:
    """Those of a section that was asked with `to_be_confirmed`: no query when there are none."""
    subject = str(section.pk)
    return (
        impact_reviews.open_reviews(KEY, [subject]).get(subject, [])
        if section.to_be_confirmed
        else []
    )


REFERRER = Referrer(gettext_lazy("Plain summaries"), references=references, describe=describe)
