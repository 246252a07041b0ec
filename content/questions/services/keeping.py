"""What is no longer kept: questions whose time in the register is over."""

from datetime import date

from django.utils import timezone

from content.questions.models import Question


def clear(today: date | None = None) -> int:
    """Delete questions that are over and kept long enough; returns how many.

    Their numbers stay given, and so do the log of events and the public answers, which name nobody.
    """
    old = Question.objects.kept_long_enough(today or timezone.localdate())
    _total, by_model = old.delete()
    return by_model.get(Question._meta.label, 0)
