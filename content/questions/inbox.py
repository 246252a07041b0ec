"""What waits for one lawyer: the number in the menu, and what the queue shows of it."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from portal.accounts.models import User

from .models import Answer, Message, Question
from .models.cases import late

State = Question.State
SAME = {"question": OuterRef("question")}


def waiting_for(user: User, today: date) -> QuerySet[Question]:
    """The open questions that ask something of the lawyer now.

    What nobody has yet, to be sorted or taken; their own that came back from the second lawyer,
    that the asker has added to, or whose last day is before `today`; the checks that they have
    begun; and what they may begin to check.
    """
    nobodys = Q(state__in=(State.RECEIVED, State.TRIAGED), handler=None) & ~Q(asker=user)
    own = Q(handler=user) & (Q(Exists(returned())) | Q(Exists(additions())) | late(today))
    may_check = Q(state=State.DRAFTED) & ~Q(handler=user) & ~Q(asker=user) & ~Q(Exists(by(user)))
    return Question.objects.open().filter(
        nobodys | own | may_check | Q(state=State.CHECKED, checker=user),
    )


def returned() -> QuerySet[Answer]:
    """The last wording put forward of a question that is being answered, if it was returned."""
    later = Answer.objects.filter(submitted_at__gt=OuterRef("submitted_at"), **SAME)
    return Answer.objects.filter(
        ~Exists(later),
        question=OuterRef("pk"),
        question__state=State.ASSIGNED,
        returned_at__isnull=False,
    )


def additions() -> QuerySet[Message]:
    """What the asker added since the lawyers last wrote: an answer, or to the asker."""
    wordings = Answer.objects.filter(saved_at__gte=OuterRef("at"), **SAME)
    asked_back = Message.objects.filter(at__gte=OuterRef("at"), from_asker=False, **SAME)
    return Message.objects.filter(
        ~Exists(wordings), ~Exists(asked_back), question=OuterRef("pk"), from_asker=True
    )


def by(user: User) -> QuerySet[Answer]:
    """The wordings of a question that the lawyer wrote any of."""
    return Answer.objects.filter(question=OuterRef("pk"), writers=user)
