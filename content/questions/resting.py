"""Answers on the page of each section that they rest on, and on the work lists of its changes."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from content.resting import changed, dependants, describe, items
from portal.law.resting import Kind

from . import telling
from .models import AnswerPage
from .validity import KIND

ANSWERS = Kind(
    KIND,
    _("Legal questions and answers"),
    partial(items, [AnswerPage], changed),
    partial(dependants, [AnswerPage]),
    describe,
    opened=telling.opened,
    settled=telling.settled,
)
