"""Datasets on the site and in /cms/."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from monitoring.datasets import example, services
from monitoring.datasets.inbox import waiting_for
from monitoring.datasets.models import Observation, Release
from tests.factories.accounts import UserFactory
from tests.monitoring.datasets.making import approved
from tests.queries import queries_of_page

pytestmark = pytest.mark.django_db
PAGE = f"/en/datasets/{example.SLUG}/"


@pytest.fixture
def desk(client, people):
    client.force_login(people["statistician"])
    return client


def send(client, content):
    file = SimpleUploadedFile("file.csv", content, content_type="text/csv")
    sent = {"dataset": example.SLUG, "file": file}
    return client.post(reverse("dataset_releases:send"), sent)


def test_a_dataset_is_there_from_its_first_release_on(client, dataset):
    assert client.get(PAGE).status_code == 404
    assert dataset.name not in client.get("/en/datasets/").content.decode()


def test_the_table_shows_values_and_why_others_are_not_there(client, released):
    html = client.get(f"{PAGE}?TIME_PERIOD=2024&AGE=Y15T24").content.decode()

    assert "Area 01" in html
    assert "Suppressed: too few people" in html
    assert "Example figures" in html and "invented" in html
    assert "selected>15–24 years" in html


@pytest.mark.parametrize("query", ["TIME_PERIOD=1999", "AGE=Y1", "TIME_PERIOD="])
def test_what_there_is_not_is_named(client, released, query):
    answer = client.get(f"{PAGE}?{query}")

    assert answer.status_code == 400
    assert query.split("=")[0] in answer.content.decode()


def test_the_file_has_what_the_page_has_and_says_that_it_is_an_example(client, released):
    text = b"".join(client.get(f"{PAGE[:-1]}.csv").streaming_content).decode("utf-8-sig")

    lines = text.splitlines()
    assert lines[0] == "REF_AREA,SEX,AGE,TIME_PERIOD,OBS_VALUE,OBS_STATUS,NOTE"
    assert "TA01,F,Y15T24,2024,,suppressed,Example" in lines
    assert "TA03,M,Y55T64,2024,100,,Example" in lines
    assert len(lines) == 1 + 72


def test_more_periods_and_releases_cost_a_page_no_more_queries(client, released, figures):
    few = queries_of_page(client, PAGE)
    for year in range(2016, 2022):
        more = {(area, year, *rest): n for (area, _year, *rest), n in figures.items()}
        content = BytesIO(example.as_csv(more))
        services.publish(approved(services.bring(released.dataset, content, f"{year}.csv")))

    assert queries_of_page(client, PAGE) <= few


def test_a_file_goes_from_the_desk_to_the_public_by_two_people(client, people, dataset, figures):
    other = UserFactory(role="statistician")
    client.force_login(people["statistician"])
    sent = send(client, example.as_csv(figures))
    release = Release.objects.get()
    assert sent.url == reverse("dataset_releases:inspect", args=[release.pk])
    page = client.get(sent.url)
    assert "TA01 F Y15T24" in page.content.decode()
    assert "2024: 3,000 persons." in page.content.decode()
    client.post(
        sent.url,
        {
            "move": "propose",
            "release_at": "2025-03-03T08:00",
            "reason": "The year 2024",
            "seen": release.version_token,
        },
    )
    release.refresh_from_db()
    assert release.state == Release.State.PROPOSED
    assert not waiting_for(people["statistician"]).exists()
    assert "another person approves it" in client.get(sent.url).content.decode()
    client.post(sent.url, {"move": "approve", "seen": release.version_token})
    release.refresh_from_db()
    assert release.state == Release.State.PROPOSED

    client.force_login(other)
    assert list(waiting_for(other)) == [release]
    client.post(sent.url, {"move": "approve", "seen": release.version_token})
    assert services.release_due() == 1

    client.logout()
    assert "The year 2024" in client.get(PAGE).content.decode()
    assert Observation.objects.count() == 72


def test_a_broken_file_is_told_of_at_the_desk(desk, dataset):
    answer = send(desk, b"REF_AREA,SEX,AGE,TIME_PERIOD,OBS_VALUE\nTA99,F,Y15T24,2024,1\n")

    assert answer.status_code == 422
    assert "TA99" in answer.content.decode()
    assert not Release.objects.exists()


def test_the_queue_costs_the_same_queries_however_long(desk, released, figures):
    queue = reverse("dataset_releases:index")
    few = queries_of_page(desk, queue)
    for number in range(6):
        figures["TA03", 2024, "M", "Y55T64"] = 120 + number
        content = BytesIO(example.as_csv(figures))
        services.publish(approved(services.bring(released.dataset, content, f"{number}.csv")))

    assert queries_of_page(desk, queue) <= few


def test_a_returned_release_shows_what_was_said(desk, people, dataset, figures):
    content = BytesIO(example.as_csv(figures))
    release = services.bring(dataset, content, "file.csv", by=people["statistician"])
    services.propose(release, by=people["statistician"], release_at=release.checked_at)
    services.give_back(release, by=UserFactory(), answer="The year is wrong")

    html = desk.get(reverse("dataset_releases:inspect", args=[release.pk])).content.decode()

    assert "The year is wrong" in html
    assert list(waiting_for(people["statistician"])) == [release]


def test_the_desk_asks_what_is_to_be_done_with_values_that_are_taken_back(desk, released, figures):
    figures["TA03", 2024, "M", "Y55T64"] = 2
    sent = send(desk, example.as_csv(figures))
    release = Release.objects.latest("pk")
    proposal = {"move": "propose", "release_at": "2025-03-03T08:00", "reason": "Counted twice"}

    proposal["seen"] = release.version_token
    answer = desk.post(sent.url, proposal, follow=True).content.decode()
    assert "choose what is to be done" in answer
    desk.post(sent.url, {**proposal, "choice": "withdraw"})

    release.refresh_from_db()
    assert (release.state, release.choice) == (Release.State.PROPOSED, "withdraw")
    assert "Take back what was wrong" in desk.get(sent.url).content.decode()
