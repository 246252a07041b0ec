"""Statisticians choose in /cms/ which figures stand on the pages of a kind of area."""

import pytest
from django.urls import reverse

from monitoring.areas.choosing import headline_datasets


@pytest.fixture
def desk(client, people):
    client.force_login(people["statistician"])
    return client


def test_a_chosen_dataset_stands_in_the_place_of_the_usual_ones(six_datasets, desk):
    fields = {"kind": "region", "dataset": six_datasets[2].pk, "position": 0}
    assert desk.post(reverse("headline_figures:add"), fields).status_code == 302

    assert [one.slug for one in headline_datasets("region")] == ["figure-3"]
    assert len(headline_datasets("employment_area")) == 6
    again = desk.post(reverse("headline_figures:add"), fields)
    assert again.status_code == 200, "the same twice"
    assert "figure-3" in [one.slug for one in headline_datasets("region")]
