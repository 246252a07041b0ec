from datetime import date

import pytest

from law.models import SectionVersion
from partnership.organisations.models import Membership
from portal.caching.fragments import cache
from portal.places.models import Area
from tests.factories.commitments import CommitmentFactory
from tests.factories.content import law_box
from tests.factories.courses import CourseFactory, lesson_of
from tests.factories.datasets import released_dataset
from tests.factories.events import EventFactory
from tests.factories.law import AmendmentFactory, PendingBillFactory, SectionFactory
from tests.factories.monitoring import IndicatorFactory, ObservationFactory
from tests.factories.partnership import MembershipFactory, OrganisationFactory
from tests.factories.places import AreaFactory, BelongingFactory
from tests.factories.programme import CallFactory, MeasureFactory, OfferFactory
from tests.factories.questions import answer_page


@pytest.fixture(autouse=True)
def nobody_has_asked_yet():
    cache.clear()


@pytest.fixture
def data(db):
    """At least one of all that the API tells of; the values of path parameters by their names."""
    section = SectionFactory(number="14", summary_fi="Lyhyesti.")
    SectionVersion.objects.create(
        section=section,
        amendment=AmendmentFactory(act=section.act),
        valid_from=date(2025, 1, 1),
        heading_fi="Otsikko",
        heading_sv="Rubrik",
        text_fi=[{"text": "Teksti.", "items": ["1) kohta"]}],
        text_sv=[{"text": "Text.", "items": ["1) punkt"]}],
        source="Finlex",
        fetched_on=date(2025, 6, 1),
    )
    area = AreaFactory(code="05", valid_from=date(2025, 1, 1))
    BelongingFactory(
        whole=area, part__kind=Area.Kind.MUNICIPALITY, part__code="091", valid_from=date(2025, 1, 1)
    )
    partner = OrganisationFactory(slug="partner", areas=[area])
    MembershipFactory(organisation=partner, status=Membership.Status.ACTIVE)
    ObservationFactory(indicator=IndicatorFactory(slug="rate"))
    answer_page("fi", slug="answer", body=[law_box(section)])
    released_dataset([area], years=(2024,), slug="clients")
    lesson_of(CourseFactory(language="fi", slug="course"))
    return {
        "course": "course",
        "act": "681-2023",
        "section": "14",
        "bill": PendingBillFactory(sections=[section]).pk,
        "area": area.key,
        "organisation": "partner",
        "commitment": CommitmentFactory(organisation=partner, areas=[area]).pk,
        "event": EventFactory().slug,
        "measure": MeasureFactory(responsible=partner).slug,
        "call": CallFactory(areas=[area]).slug,
        "offer": OfferFactory(organisation=partner, areas=[area]).pk,
        "indicator": "rate",
        "dataset": "clients",
        "question": "answer",
    }
