"""Pending bills for those who follow them, or a section or an act that they would change."""

from collections.abc import Collection, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.languages import LANGUAGES, in_language
from portal.notifications import activity
from portal.notifications.following import Followable, Target, User, Verb

from . import following
from .models import PendingBill, Section

KIND = "bill"
ENTERED = Verb("entered", gettext_lazy("Pending bill"), is_new=True)
MOVED = Verb("moved", gettext_lazy("New stage of a bill"))


def find(subjects: Collection[str], user: User, language: str) -> Mapping[str, Target]:
    """The bills by key, in any language: one query."""
    keys = [int(one) for one in subjects if one.isdecimal() and len(one) < 10]
    rows = PendingBill.objects.visible_to(user).filter(pk__in=keys)
    with in_language(language):
        return {str(one.pk): Target(one.title, one.get_absolute_url()) for one in rows}


def record_entered(
    bill: PendingBill, sections: Collection[Section], *, again: bool = False
) -> None:
    """Tell those who follow the sections that a bill would change them: one event for all.

    `again` when the bill was known, and names these sections only now.
    """
    told = {language: _entered(bill, language) for language in LANGUAGES}
    key = f"bill:{bill.pk}:entered"
    if again:
        key = f"{key}:{min(one.pk for one in sections)}:{len(sections)}"
    _record(key, bill, ENTERED, told, sections, acts_too=not again)


def record_moved(
    bill: PendingBill, sections: Collection[Section], *, acts_too: bool = True
) -> None:
    """Tell those who follow a bill, or a section that it would change, of its new stage.

    Those too who follow the chapter or the act of one, unless they hear of it by the amendment that
    it has become. One event for all of them: who follows several hears of it once.
    """
    told = {language: _stage(bill, language) for language in LANGUAGES}
    _record(f"bill:{bill.pk}:stage:{len(bill.stages)}", bill, MOVED, told, sections, acts_too)


def _record(key: str, bill: PendingBill, verb: Verb, notes, sections, acts_too: bool) -> None:
    targets = [(KIND, str(bill.pk))]
    targets += [(following.KIND, following.subject_of(one)) for one in sections]
    if acts_too:
        targets += [(following.ACT, act.reference) for act in bill.acts.all()]
        targets += [target for one in sections for target in following.targets_of(one)]
    if followed := activity.followed(targets):
        activity.record_activity(
            key, thing=targets[0], targets=sorted(followed), verb=verb, notes=notes
        )


def _entered(bill: PendingBill, language: str) -> str:
    with in_language(language):
        return _("Would change this. %(stage)s.") % {"stage": bill.told}


def _stage(bill: PendingBill, language: str) -> str:
    with in_language(language):
        return f"{bill.told}."


FOLLOWABLE = Followable(gettext_lazy("Pending bills"), find, verbs=(ENTERED, MOVED))
