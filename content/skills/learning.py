"""Courses that a person began or completed, for “My learning” on the desk."""

from typing import Any

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from content.pages.learning import Card
from portal.languages import in_language

from .models import CoursePage, Enrolment


def of_person(user: Any, language: str) -> list[Card]:
    """A card for each course of theirs that is published in the language: two queries."""
    rows = Enrolment.objects.filter(user=user).annotate(
        done=Count("lessonprogress_set", filter=Q(lessonprogress_set__done_at__isnull=False))
    )
    enrolments = list(rows.order_by("-started_at", "-pk"))
    pages = {
        page.translation_key: page
        for page in CoursePage.objects.visible_to(user)
        .in_language(language)
        .filter(translation_key__in={one.course for one in enrolments})
        .defer_streamfields()
    }
    with in_language(language):
        return [
            Card(page.title, page.url_path, page.summary, _note(one))
            for one in enrolments
            if (page := pages.get(one.course))
        ]


def _note(enrolment: Any) -> str:
    if enrolment.completed_at:
        day = date_format(timezone.localdate(enrolment.completed_at))
        return _("Completed on %(day)s") % {"day": day}
    return _("Lessons done: %(number)s") % {"number": enrolment.done}
