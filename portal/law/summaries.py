"""The portal's own plain summaries of sections, as a kind of thing that rests on the sections."""

from collections.abc import Collection, Iterator

from django.db.models import CharField, OuterRef
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from portal.accounts.roles import LAWYER

from . import impact
from .models import Check, Section
from .resting import Dependant, Description, Kind, User

KEY = "summary"
EDIT = "law.change_section"


def dependants(sections: Collection[Section]) -> Iterator[Dependant]:
    """The sections that have a summary; it is one thing, whatever its languages."""
    with_words = Section.objects.exclude(summary_fi="", summary_sv="", summary_en="")
    for pk in with_words.filter(pk__in=[one.pk for one in sections]).values_list("pk", flat=True):
        yield Dependant(pk, str(pk), str(pk), LAWYER)


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


def open_checks():
    """The open checks of the summary of a section (OuterRef)."""
    subject = Cast(OuterRef("pk"), CharField())
    return Check.objects.filter(kind=KEY, subject=subject, state=Check.State.OPEN)


def open_checks_of(section: Section) -> list[Check]:
    """Those of a section that was asked with `to_be_confirmed`: no query when there are none."""
    subject = str(section.pk)
    return impact.open_checks([KEY], [subject]).get(subject, []) if section.to_be_confirmed else []


KIND = Kind(KEY, gettext_lazy("Plain summaries"), dependants=dependants, describe=describe)
