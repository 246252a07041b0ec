"""What own checklists do when two records of an organisation become one."""

from partnership.organisations.merging import OrganisationMerge
from partnership.organisations.models import Organisation

from .models import ItemAnswer, OwnChecklist

OPEN = ItemAnswer.State.OPEN


def settle(kept: Organisation, gone: Organisation) -> None:
    """Where both answer a list for the same area and year, one is left, with the words of both.

    What the one that stays has answered stands; what is open there takes the answer of the other,
    and the other's own items join. The sign-off, of a list that was another, is withdrawn.
    """
    for twin in gone.checklists.all():
        own = kept.checklists.filter(
            checklist=twin.checklist_id, area=twin.area_id, year=twin.year
        ).first()
        if own is None:
            continue
        _take_over(own, twin)
        twin.delete()
        OwnChecklist.objects.filter(pk=own.pk).update(signed_by=None, signed_at=None)


def _take_over(own: OwnChecklist, twin: OwnChecklist) -> None:
    answers = {answer.item_id: answer for answer in twin.answers.exclude(item=None)}
    for answer in own.answers.filter(state=OPEN, words="").exclude(item=None):
        other = answers.get(answer.item_id)
        if other and (other.state != OPEN or other.words):
            for name in (*ItemAnswer.WORDS, "by_id", "at"):
                setattr(answer, name, getattr(other, name))
            answer.save()
    twin.answers.filter(item=None).update(own=own)


MERGE = OrganisationMerge(settle)
