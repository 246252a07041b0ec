"""What is no longer kept: questions whose time is over, and the tie to who has been erased."""

from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from wagtail.models import ModelLogEntry

from content.questions import own_answers
from content.questions.models import Absence, Draft, Message, Question
from portal.accounts.models import User

from . import asking

BY_ASKERS = ["questions.receive", "questions.add", "questions.withdraw"]


@transaction.atomic
def clear(today: date | None = None) -> int:
    """Delete questions that are over and kept long enough; returns how many.

    Their numbers stay given, and so do the public answers and the log of events, which no longer
    says who the askers were.
    Drafts that nobody has touched for Draft.TIME_KEPT go too: nobody has screened what is in them.
    So do absences that are over.
    """
    Draft.objects.filter(saved_at__lt=timezone.now() - Draft.TIME_KEPT).delete()
    Absence.objects.filter(until__lt=today or timezone.localdate()).delete()
    old = Question.objects.kept_long_enough(today or timezone.localdate())
    keys = [str(pk) for pk in old.values_list("pk", flat=True)]
    _by_askers().filter(object_id__in=keys).update(user=None)
    own_answers.forget(keys)
    _total, by_model = old.delete()
    return by_model.get(Question._meta.label, 0)


@transaction.atomic
def forget(asker: User) -> int:
    """Take away all that ties questions to their asker; returns how many were tied.

    What is open and nobody else may see is withdrawn first, because its answer could reach nobody.
    The questions themselves stay in the register for their time: their texts were screened when
    they were sent. The log tells what happened, and no longer by whom.
    """
    mine = Question.objects.filter(asker=asker)
    seen_by_others = Q(shared=True, secret=False, organisation__isnull=False)
    for question in mine.open().exclude(seen_by_others).order_by("pk"):
        asking.withdraw(question, by=asker)
    Draft.objects.filter(user=asker).delete()
    Message.objects.filter(author=asker, from_asker=True).update(author=None)
    _by_askers().filter(user=asker).update(user=None)
    return mine.update(asker=None, private_reason="")


def _by_askers():
    kind = ContentType.objects.get_for_model(Question)
    return ModelLogEntry.objects.filter(content_type=kind, action__in=BY_ASKERS)
