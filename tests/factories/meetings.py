"""Worksheets of a month, and decisions over them."""

import uuid
from datetime import date

import factory
from django.utils import timezone

from partnership.meetings.models import Decision, WorksheetMonth
from portal.places.models import Area
from tests.factories.places import AreaFactory


class MonthFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = WorksheetMonth
        django_get_or_create = ("month",)

    month = date(2026, 11, 1)


class DecisionFactory(factory.django.DjangoModelFactory):
    """One of an employment area, read today."""

    class Meta:
        model = Decision

    area = factory.SubFactory(AreaFactory, kind=Area.Kind.EMPLOYMENT_AREA)
    read_on = factory.LazyFunction(timezone.localdate)
    body = "Integration group"
    decided = "An evening group is opened."
    language = "en"
    key = factory.LazyFunction(uuid.uuid4)
