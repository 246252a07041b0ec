"""Duties rest on sections: each is checked by the lawyers when its section changes."""

from collections.abc import Collection, Iterator

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from law import impact_reviews
from law.models import Section
from law.references import Description, Reference, Referrer, User
from portal.accounts.roles import LAWYER
from portal.languages import LANGUAGES

from .models import Duty

KEY = "duty"
EDIT = "duties.change_duty"
TEXTS = {f"text_{language}" for language in LANGUAGES}


def references(sections: Collection[Section]) -> Iterator[Reference]:
    """The duties that rest on one of the sections; a duty is one thing in all languages."""
    duties = Duty.objects.filter(section__in=[section.pk for section in sections])
    for pk, section_pk in duties.values_list("pk", "section"):
        yield Reference(section_pk, str(pk), str(pk), LAWYER)


def describe(subjects: Collection[str], user: User, language: str) -> dict[str, Description]:
    """Duties are public; those who edit them may confirm them."""
    may_edit, edit = user.has_perm(EDIT), "wagtailsnippets_duties_duty:edit"
    return {
        str(duty.pk): Description(
            title=duty.text,
            url=reverse("places:index"),
            edit_url=reverse(edit, args=[duty.pk]) if may_edit else "",
            may_confirm=may_edit,
        )
        for duty in Duty.objects.filter(pk__in=subjects)
    }


@transaction.atomic
def settle(duty: Duty, changed: Collection[str], *, by: AbstractBaseUser) -> None:
    """What an edit of these fields by `by` settles of the reviews after changes of the law."""
    subject, still_on = str(duty.pk), [duty.section_id] if duty.section_id else []
    if TEXTS.union({"section"}).intersection(changed):
        impact_reviews.published(
            impact_reviews.Publication(
                kind=KEY,
                subject=subject,
                thing=subject,
                owner=LAWYER,
                sections=still_on,
                written_at=timezone.now(),
                substantive=bool(TEXTS.intersection(changed)),
                by=by,
                lets_go=True,
            )
        )


def deleted(sender, instance: Duty, **kwargs) -> None:
    """Receiver: a duty that is no more rests on nothing."""
    impact_reviews.dereferenced(KEY, str(instance.pk))


REFERRER = Referrer(_("Duties of authorities"), None, references, describe)
