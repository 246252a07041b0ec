"""Breaks in a series are written in /cms/ in three languages, with their history."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.log_actions import registry

from monitoring.datasets import breaks
from monitoring.datasets.models import Break
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
TEXTS = {
    "text_fi": "Rekisteri vaihtui.",
    "text_sv": "Registret byttes.",
    "text_en": "New register.",
}


@pytest.fixture
def desk(client, people):
    client.force_login(people["statistician"])
    return client


def url(dataset, *further):
    return reverse(
        f"dataset_structures:{'break' if further else 'breaks'}", args=[dataset.pk, *further]
    )


def test_a_break_is_announced_worded_anew_and_taken_away_with_its_history(desk, released):
    dataset = released.dataset
    assert desk.post(url(dataset), {"period": "2024", **TEXTS}).status_code == 302
    one = Break.objects.get()
    assert (str(one.period), one.text_sv) == ("2024", "Registret byttes.")
    assert "New register." in desk.get("/en/datasets/example-clients/").content.decode()

    desk.post(url(dataset, one.pk), {"period": "2023", **TEXTS, "text_en": "Another register."})
    one.refresh_from_db()
    assert (str(one.period), one.text_en) == ("2023", "Another register.")

    desk.post(url(dataset, one.pk), {"remove": "1"})
    assert not Break.objects.exists()
    lines = [entry.data for entry in registry.get_logs_for_instance(dataset).order_by("pk")]
    told = [line for line in lines if "break" in line]
    assert [line["before"].get("text_en", "") for line in told] == [
        "",
        "New register.",
        "Another register.",
    ]
    assert "Break in the series edited" in desk.get(url(dataset)).content.decode()


@pytest.mark.parametrize("period", ["2024Q1", "soon", "", "99999"])
def test_what_is_no_period_of_the_dataset_is_refused_at_its_field(desk, dataset, period):
    answer = desk.post(url(dataset), {"period": period, **TEXTS})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["period"]
    assert answer.context["form"].data["text_fi"] == "Rekisteri vaihtui."
    assert not Break.objects.exists()


def test_a_period_has_one_break(dataset):
    person = UserFactory()
    breaks.save(dataset, None, period="2024", texts=TEXTS, by=person)

    with pytest.raises(ValidationError):
        breaks.save(dataset, None, period="2024", texts=TEXTS, by=person)
