"""The figures of an area: what is published of it, in a fixed number of queries."""

from decimal import Decimal

import pytest
from django.utils.translation import override

from monitoring.areas.choosing import headline_datasets
from monitoring.areas.figures import figure_of, headline_figures
from monitoring.areas.models import HeadlineFigure
from monitoring.areas.movement import Verdict
from monitoring.datasets import revisions
from monitoring.datasets.models import Observation
from monitoring.datasets.observations import UnknownCode
from portal.places.models import Area
from tests.factories.datasets import RELEASED, changed, released_dataset

TOTAL = 0


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


@pytest.fixture
def area(eight_areas):
    return eight_areas[1]


def set_value(dataset, area, time, value, status=""):
    rows = Observation.objects.current().filter(dataset=dataset, area=area, time=time, cell=TOTAL)
    rows.update(value=value, status=status)


def test_a_figure_has_its_past_the_country_and_five_similar_areas(six_datasets, area):
    set_value(six_datasets[0], area, 2023, 8)
    figure, *others = headline_figures(area)

    assert len(others) == 5
    assert (figure.value, figure.reason, figure.period) == (Decimal(10), "", "2024")
    assert figure.text == "10\u00a0persons"
    assert [(one.period.name, one.value) for one in figure.history] == [("2023", 8), ("2024", 10)]
    assert figure.before.value == 8
    assert figure.country.value == 10
    assert [one.area.name for one in figure.similar] == [f"Area {n}" for n in range(2, 7)]
    assert figure.example


def test_six_figures_cost_what_one_costs(six_datasets, area, django_assert_max_num_queries):
    with django_assert_max_num_queries(11):
        assert len(headline_figures(area)) == 6
    with django_assert_max_num_queries(11):
        figure_of(six_datasets[0], area)


def test_a_figure_says_why_it_is_not_there(six_datasets, area):
    set_value(six_datasets[0], area, 2024, None, "suppressed")
    figure = headline_figures(area)[0]

    assert (figure.value, figure.reason) == (None, "suppressed")
    assert figure.text == figure.reason_text == "Suppressed: too few people"
    assert figure.movement.verdict == Verdict.UNKNOWN
    assert figure.sentence() == (
        f"{figure.dataset.name}: Area 1’s figure is missing in 2024 (suppressed: too few people)."
    )


def test_what_was_never_brought_is_said_to_be_missing(six_datasets, area):
    Observation.objects.filter(area=area).delete()

    assert headline_figures(area)[0].reason == "not-collected"


def test_a_revised_figure_says_since_when_and_can_be_asked_about(six_datasets, area):
    changed(six_datasets[0], 40, area=area, cell=TOTAL, time=2024)
    figure = headline_figures(area)[0]

    assert figure.revised_since == RELEASED.replace(month=4)
    assert "was 10" in figure.revised_words
    [revision] = revisions.since(six_datasets[0], RELEASED, figure.cells)
    assert (revision.old, revision.new) == (10, 40)


def test_a_figure_of_an_earlier_release_is_as_it_was_then(six_datasets, area):
    first = six_datasets[0].releases.get()
    changed(six_datasets[0], 40, area=area, cell=TOTAL, time=2024)

    assert figure_of(six_datasets[0], area).value == 40
    assert figure_of(six_datasets[0], area, release=first).value == 10


def test_a_figure_of_another_period_and_another_code(six_datasets, area):
    women = Observation.objects.filter(dataset=six_datasets[0], area=area, cell=1, time=2023)
    women.update(value=3)
    figure = figure_of(six_datasets[0], area, period="2023", codes={"SEX": "F"})

    assert figure.value == 3
    assert figure.name.endswith(", Women")
    with pytest.raises(UnknownCode):
        figure_of(six_datasets[0], area, codes={"SEX": "X"})
    with pytest.raises(UnknownCode):
        figure_of(six_datasets[0], area, period="1999")


def test_a_figure_can_be_drawn_and_leads_to_its_dataset(six_datasets, area):
    figure = headline_figures(area)[0]

    assert figure.chart().can_be_drawn
    assert figure.url == "/en/datasets/figure-1/?REF_AREA=TA01"


def test_the_country_is_not_compared_with_itself(six_datasets, eight_areas):
    figure = headline_figures(eight_areas[0])[0]

    assert figure.country is None
    assert figure.similar == ()


def test_keha_chooses_the_figures_of_a_kind_of_area(six_datasets, area):
    kind = Area.Kind.EMPLOYMENT_AREA
    assert [one.slug for one in headline_datasets(kind)] == [one.slug for one in six_datasets]
    for position, dataset in enumerate([six_datasets[4], six_datasets[1]]):
        HeadlineFigure.objects.create(kind=kind, dataset=dataset, position=position)

    assert [one.dataset.slug for one in headline_figures(area)] == ["figure-5", "figure-2"]
    assert len(headline_datasets(Area.Kind.REGION)) == 6


def test_a_dataset_that_is_not_published_is_no_figure(six_datasets, area):
    released_dataset([], slug="a-draft")
    dataset = six_datasets[0]
    dataset.released_at = None
    dataset.save()

    assert "figure-1" not in [one.slug for one in headline_datasets(area.kind)]
