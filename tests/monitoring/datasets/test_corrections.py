"""A correction is known wherever the value is shown: listed before, marked, told, and public."""

from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core import mail
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page, ReferenceIndex

from monitoring.datasets import example, revisions, services, uses
from monitoring.datasets.cubes import Cube
from monitoring.datasets.models import Dataset, Release
from monitoring.datasets.observations import published
from portal.notifications.models import Event
from portal.operations import worker
from portal.places.models import Area
from portal.scheduling import schedule
from tests.factories.accounts import UserFactory
from tests.factories.content import ArticleFactory
from tests.factories.notices import FollowFactory
from tests.monitoring.datasets.making import MOMENT, approved, correct
from tests.queries import queries_of_page

pytestmark = pytest.mark.django_db
CHANGES = "/en/datasets/corrections/"


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def corrected(released, figures) -> Release:
    """A second release, of one value that was wrong: 100 becomes 130, and the sums over it."""
    return correct(released, figures, TA03_M_Y55T64=130)


def bring(dataset, figures, name="next.csv") -> Release:
    return services.bring(dataset, BytesIO(example.as_csv(figures)), name)


def test_what_is_corrected_is_told_with_the_old_and_the_new_value(corrected):
    told = revisions.of_releases([corrected])[corrected.pk]

    # the cell, its sums over sex, age and areas
    assert told.number == 8
    lines = {revisions.sentence(one) for one in told.first}
    assert "Area 03, Men, 55–64 years, 2024: 100 → 130" in lines
    assert "Area 03, 2024: 1,000 → 1,030" in lines


def test_a_first_release_has_revised_nothing(released):
    assert revisions.of_releases([released]) == {}
    assert not revisions.corrections().exists()


def test_a_withdrawn_value_is_told_without_a_number(released, figures):
    second = correct(released, figures, TA03_M_Y55T64=3)

    told = {one.place: one for one in revisions.of_releases([second])[second.pk].first}

    wrong = told["Area 03, Men, 55–64 years"]
    assert wrong.withdrawn
    assert not wrong.old
    assert not wrong.new
    assert "withdrawn, was wrong" in revisions.sentence(wrong)


def test_a_frozen_figure_says_what_has_become_of_it(released, figures):
    dataset, before = released.dataset, released.released_at
    cube = Cube.of(dataset)
    third = cube.areas.by_code["TA03"].area_id
    sex, age = cube.others
    cell = cube.cell([sex.by_code["M"].position, age.by_code["Y55T64"].position])
    dataset.refresh_from_db()
    key = (dataset.times[0], third, cell)
    for number, day in ((130, 1), (125, 2)):
        figures["TA03", 2024, "M", "Y55T64"] = number
        later = approved(bring(dataset, figures, f"{day}.csv"))
        services.publish(later, now=before + timedelta(days=day))

    (one,) = revisions.since(dataset, before, [key])
    assert (one.old, one.new) == (100, 125)
    assert one.day == before + timedelta(days=2)
    (one,) = revisions.since(dataset, before + timedelta(days=1), [key])
    assert (one.old, one.new) == (130, 125)
    assert not revisions.since(dataset, before + timedelta(days=2), [key])


def test_each_use_is_listed_before_the_release(client, dataset, released, figures):
    figures["TA03", 2024, "M", "Y55T64"] = 130
    second = bring(dataset, figures)

    listed = {str(place.title) for _name, places in uses.uses_of(second) for place in places}
    client.force_login(UserFactory(is_superuser=True))
    page = client.get(reverse("dataset_releases:inspect", args=[second.pk])).content.decode()

    assert {"Its page", "CSV", "SVG", "XLSX", "JSON", "PxWebApi 2", "Corrected figures"} <= listed
    assert "Where the changed values show" in page
    assert f'href="/en/datasets/{dataset.slug}/"' in page


def test_what_adds_values_only_touches_nothing(dataset, released, figures):
    areas = sorted({area for area, *_rest in figures})
    second = bring(dataset, dict.fromkeys(example.values(areas, years=(2025,)), 100))

    assert uses.uses_of(second) == []


def test_touched_are_the_areas_and_periods_whose_published_values_change(
    dataset, released, figures
):
    figures["TA03", 2024, "M", "Y55T64"] = 130
    second = bring(dataset, figures)
    before = uses.touched(second)
    approved(second)
    services.publish(second)

    keys = set(Area.objects.filter(pk__in=before.areas).values_list("key", flat=True))
    assert keys == {"FI", "TA03"}
    assert uses.touched(second) == before


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "revised since"), ("fi", "korjattu"), ("sv", "rättad")],
)
def test_the_page_and_the_changelog_say_what_was_revised(client, corrected, language, words):
    with translation.override(language):
        pages = [reverse("datasets:changelog"), corrected.dataset.get_absolute_url()]
    for page in pages:
        text = client.get(page).content.decode()
        assert words in text
        assert "100 → 130" in text
        assert "It was wrong" in text


def test_the_feed_and_the_api_tell_the_same(client, corrected):
    feed = client.get(f"{CHANGES}feed.atom").content.decode()
    answer = client.get("/api/v1/changelog?language=en").json()

    assert "Area 03, Men, 55–64 years, 2024: 100 → 130" in feed
    assert f"#release-{corrected.pk}" in feed
    (item,) = answer["items"]
    assert (item["dataset"], item["number"]) == (corrected.dataset.slug, 8)
    words = {"place": "Area 03, Men, 55–64 years", "period": "2024", "old": "100", "new": "130"}
    assert {**words, "withdrawn": False} in item["revisions"]
    assert client.get("/api/v1/changelog?dataset=nothing").status_code == 400
    assert client.get(f"/api/v1/changelog?dataset={corrected.dataset.slug}").status_code == 200


def test_nothing_hidden_is_in_the_changelog(client, released, figures):
    """TA01_F_Y15T24 is 2 and hidden; it becomes 3, and nothing says so."""
    correct(released, figures, TA01_F_Y15T24=3, TA03_M_Y55T64=130)

    for page in (CHANGES, f"{CHANGES}feed.atom", "/api/v1/changelog?language=en"):
        text = client.get(page).content.decode()
        assert "Area 01, Women, 15–24" not in text


def test_the_changelog_costs_the_same_for_one_correction_and_for_several(
    client, corrected, released, figures
):
    few = queries_of_page(client, CHANGES)
    for number in (140, 150, 160):
        correct(released, figures, TA03_M_Y55T64=number)

    assert queries_of_page(client, CHANGES) == few


def test_within_a_minute_every_use_is_marked_and_followers_are_told(client, released, figures):
    """What the worker does in its first turns after the minute of the release."""
    follow = FollowFactory(kind="area", subject="TA03")
    FollowFactory(kind="dataset", subject=released.dataset.slug)
    url = released.dataset.get_absolute_url()
    assert "revised since" not in client.get(url).content.decode()
    figures["TA03", 2024, "M", "Y55T64"] = 130
    second = bring(released.dataset, figures)
    approved(second)
    assert uses.followers_of(second) == 2

    services.release_due(MOMENT)

    assert "revised since" in client.get(url).content.decode()
    event = Event.objects.get(thing=str(second.pk))
    assert "100 → 130" in event.notes["en"]
    assert "100 → 130" in event.notes["fi"]
    assert follow.pk


def test_pages_that_show_the_dataset_are_listed_in_their_language(dataset, released, figures):
    """Whatever block leads there: Wagtail's index of references knows it."""
    article = ArticleFactory(title="Who are the clients", live=True)
    draft = ArticleFactory(title="Not out yet", live=False)
    for page in (article, draft):
        refer(page, dataset)
    figures["TA03", 2024, "M", "Y55T64"] = 130
    second = bring(dataset, figures)

    (pages,) = (places for name, places in uses.uses_of(second) if name == "Pages")

    assert [(place.title, place.language) for place in pages] == [("Who are the clients", "en")]


def refer(page, dataset):
    """As a block with a chooser of datasets is indexed."""
    ReferenceIndex.objects.create(
        content_type=ContentType.objects.get_for_model(type(page)),
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id=str(page.pk),
        to_content_type=ContentType.objects.get_for_model(Dataset),
        to_object_id=str(dataset.pk),
        model_path="body.item.dataset",
        content_path=f"body.{page.pk}.dataset",
        content_path_hash=uuid4(),
    )


def test_the_worker_releases_marks_and_writes_in_its_turns(client, released, figures, monkeypatch):
    """Turn after turn, as it does by itself; what is on the schedule comes within half a minute."""
    (due,) = (entry for entry in schedule() if entry.name == "releases_due")
    assert due.every <= timedelta(seconds=30)
    monkeypatch.setattr(worker, "schedule", lambda: [due])
    follow = FollowFactory(kind="area", subject="TA03")
    figures["TA03", 2024, "M", "Y55T64"] = 130
    approved(bring(released.dataset, figures))

    ours = worker.Worker()
    while ours.turn():
        pass

    assert "revised since" in client.get(released.dataset.get_absolute_url()).content.decode()
    assert "100 → 130" in client.get(CHANGES).content.decode()
    (letter,) = [one for one in mail.outbox if follow.follower.email in one.to]
    assert "Area 03, Men, 55–64 years, 2024: 100 → 130" in letter.body


@pytest.mark.parametrize(
    ("language", "words"), [("en", "was 1,000"), ("fi", "oli 1\xa0000"), ("sv", "var 1\xa0000")]
)
def test_a_cell_says_what_it_was_in_whatever_shows_it(client, corrected, language, words):
    """The words of a cell are what tables, charts, files and frames write beside its value."""
    selection = {"REF_AREA": ["TA03"], "SEX": ["_T"], "AGE": ["_T"], "TIME_PERIOD": ["2024"]}
    ((*_where, cell),) = published(Cube.of(corrected.dataset), selection).rows()

    with translation.override(language):
        assert words in cell.words
        page = client.get(corrected.dataset.get_absolute_url()).content.decode()
    assert words in page


def test_a_withdrawn_cell_says_no_number_and_a_value_as_ever_says_nothing(released, figures):
    second = correct(released, figures, TA03_M_Y55T64=3)
    cube = Cube.of(second.dataset)
    of_men = {"SEX": ["M"], "AGE": ["Y55T64"], "TIME_PERIOD": ["2024"]}
    wrong, other = (
        cell.words
        for code in ("TA03", "TA02")
        for *_where, cell in published(cube, {"REF_AREA": [code], **of_men}).rows()
    )

    assert wrong.startswith("withdrawn on ")
    assert "100" not in wrong
    assert other == ""


def test_a_frame_on_another_site_says_by_itself_that_its_figure_is_revised(
    client, released, figures
):
    frame = f"/embed/dataset/?slug={released.dataset.slug}&kind={{}}&language=en"
    over_time, of_areas = frame.format("bars&area=TA03"), frame.format("dots")
    elsewhere = frame.format("bars&area=TA02")
    assert "Revised since" not in client.get(of_areas).content.decode()

    correct(released, figures, TA03_M_Y55T64=130)

    for address in (over_time, of_areas):
        assert "Revised since" in client.get(address).content.decode(), address
    assert "Revised since" not in client.get(elsewhere).content.decode()
