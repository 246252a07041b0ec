"""One person proposes, another approves, and the worker releases at the minute."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.utils import timezone

from monitoring.datasets import example, following, services
from monitoring.datasets.cubes import Cube
from monitoring.datasets.models import Observation, Release, SourceValue
from portal.concurrency import Stale
from portal.notifications.models import Event
from portal.places.models import Area
from portal.workflow import TransitionNotAllowed
from tests.factories.accounts import UserFactory
from tests.factories.monitoring import AreaFactory
from tests.factories.notices import FollowFactory
from tests.monitoring.datasets.making import MOMENT, approved, correct, public

pytestmark = pytest.mark.django_db
State = Release.State
EVENTS = {
    "propose": lambda one: services.propose(one, by=UserFactory(), release_at=MOMENT, reason="x"),
    "approve": lambda one: services.approve(one, by=UserFactory()),
    "give_back": lambda one: services.give_back(one, by=UserFactory(), answer="Look again"),
    "drop": lambda one: services.drop(one, by=UserFactory()),
    "publish": services.publish,
}
# Written out by hand, so that a change in MOVES has to be meant twice.
ALLOWED = {
    ("propose", State.CHECKED): State.PROPOSED,
    ("propose", State.RETURNED): State.PROPOSED,
    ("approve", State.PROPOSED): State.APPROVED,
    ("give_back", State.PROPOSED): State.RETURNED,
    ("give_back", State.APPROVED): State.RETURNED,
    ("drop", State.CHECKED): State.DROPPED,
    ("drop", State.RETURNED): State.DROPPED,
    ("publish", State.APPROVED): State.RELEASED,
}


@pytest.fixture
def brought(dataset, figures):
    return services.bring(dataset, BytesIO(example.as_csv(figures)), "file.csv", by=UserFactory())


def code(cube, sex, age):
    axes = cube.others
    return cube.cell([axes[0].by_code[sex].position, axes[1].by_code[age].position])


@pytest.mark.parametrize("event", EVENTS)
@pytest.mark.parametrize("state", State)
def test_each_event_in_each_state(brought, event, state):
    Release.objects.filter(pk=brought.pk).update(state=state)
    brought.refresh_from_db()

    if (event, state) in ALLOWED:
        EVENTS[event](brought)
        after = ALLOWED[event, state]
    else:
        with pytest.raises(TransitionNotAllowed):
            EVENTS[event](brought)
        after = state

    brought.refresh_from_db()
    assert brought.state == after


def test_nobody_approves_what_they_brought_or_proposed(brought):
    proposer = UserFactory()
    services.propose(brought, by=proposer, release_at=MOMENT)

    for same in (proposer, brought.checked_by):
        with pytest.raises(services.SamePerson):
            services.approve(brought, by=same)
    services.approve(brought, by=UserFactory())

    with pytest.raises(IntegrityError), transaction.atomic():
        Release.objects.update(decided_by=proposer)


def test_an_approval_of_what_has_changed_since_it_was_read_is_refused(brought):
    services.propose(brought, by=UserFactory(), release_at=MOMENT)
    seen = brought.version_token
    services.give_back(brought, by=UserFactory(), answer="Another day")
    services.propose(brought, by=UserFactory(), release_at=MOMENT + timedelta(days=1))

    with pytest.raises(Stale):
        services.approve(brought, by=UserFactory(), expect=seen)


def test_nothing_is_public_before_its_minute_and_all_of_it_from_then_on(brought):
    approved(brought)

    assert services.release_due(MOMENT - timedelta(minutes=1)) == 0
    assert not Observation.objects.exists()
    assert services.release_due(MOMENT) == 1

    assert Observation.objects.count() == 72
    assert services.release_due(MOMENT) == 0
    brought.dataset.refresh_from_db()
    assert (brought.dataset.released_at, brought.dataset.times) == (MOMENT, [2024])


def test_what_was_never_proposed_is_dropped_after_a_week(brought):
    assert services.forget_unproposed(timezone.now() + timedelta(days=6)) == 0
    assert services.forget_unproposed(timezone.now() + timedelta(days=8)) == 1
    assert not SourceValue.objects.exists()


def test_a_correction_says_why(released, figures):
    figures["TA02", 2024, "M", "Y25T34"] = 150
    second = services.bring(released.dataset, BytesIO(example.as_csv(figures)), "second.csv")

    with pytest.raises(services.ReasonMissing):
        services.propose(second, by=UserFactory(), release_at=MOMENT, reason=" ")


def test_small_counts_are_hidden_and_others_with_them(released):
    cube, shown = Cube.of(released.dataset), public()

    small = shown["TA01", code(cube, "F", "Y15T24")]
    assert (small.value, small.status) == (None, "suppressed")
    assert released.small == 1
    # In each sum in which it stands, something else is hidden too.
    for total, parts in cube.relations():
        places = [cube.words(key) for key in (total, *parts)]
        if ["TA01", "F", "Y15T24"] in places:
            missing = [
                key
                for key in (total, *parts)
                if shown[cube.code_of_area[key.area].code, key.cell].value is None
            ]
            assert len(missing) >= 2
    assert released.others == sum(row.value is None for row in shown.values()) - 1


def test_the_public_rows_hold_no_hidden_value(released):
    assert not Observation.objects.filter(status="suppressed", value__isnull=False).exists()
    hidden = SourceValue.objects.exclude(hidden="")
    assert hidden.count() == Observation.objects.filter(status="suppressed").count() > 1


def test_a_correction_marks_what_it_changed_and_keeps_what_was(released, figures):
    second = correct(released, figures, TA03_M_Y55T64=130)
    cube, shown = Cube.of(released.dataset), public()

    changed = shown["TA03", code(cube, "M", "Y55T64")]
    assert (changed.value, changed.revised, changed.release) == (130, True, second)
    assert not shown["TA03", code(cube, "F", "Y55T64")].revised
    before = Observation.objects.get(until=second, area__key="TA03", cell=changed.cell)
    assert (before.value, before.release) == (100, released)


def test_what_was_published_stays_published_and_what_was_hidden_hidden(released, figures):
    before = {key for key, row in public().items() if row.value is not None}

    correct(released, figures, TA03_M_Y55T64=130)

    assert {key for key, row in public().items() if row.value is not None} == before


def test_a_published_value_that_becomes_small_is_taken_back(released, figures):
    second = correct(released, figures, TA03_M_Y55T64=1)
    cube = Cube.of(released.dataset)

    row = public()["TA03", code(cube, "M", "Y55T64")]
    assert (row.value, row.status, row.revised) == (None, "suppressed", True)
    assert second.withdrawn >= 1


def test_protection_is_left_out_where_a_dataset_has_no_rule(open_dataset, figures):
    figures["TA01", 2024, "F", "Y15T24"] = 2
    content = BytesIO(example.as_csv(figures))

    services.publish(approved(services.bring(open_dataset, content, "file.csv")))

    assert not Observation.objects.filter(value__isnull=True).exists()


def test_the_example_has_two_releases_and_is_made_once(three_areas):
    example.load()
    example.load()

    first, second = Release.objects.order_by("pk")
    assert (first.kind, second.kind) == (Release.Kind.PUBLISHED, Release.Kind.CORRECTED)
    assert first.dataset.example
    assert public(revised=True)


def test_the_example_of_all_areas_is_protected_in_time(db):
    AreaFactory()
    for number in range(1, 46):
        AreaFactory(kind=Area.Kind.EMPLOYMENT_AREA, code=f"{number:02}")

    example.load()

    assert public(status="suppressed")
    assert Release.objects.filter(state=State.RELEASED).count() == 2


def test_those_who_follow_an_area_are_told_of_new_and_of_corrected_figures(
    dataset, figures, three_areas
):
    for area in three_areas[1:]:
        FollowFactory(kind="area", subject=area.key)
    content = BytesIO(example.as_csv(figures))
    first = approved(services.bring(dataset, content, "first.csv"))
    assert not Event.objects.exists()

    services.publish(first)
    second = correct(first, figures, TA03_M_Y55T64=130)

    told = {event.thing: (event.kind, event.targets) for event in Event.objects.all()}
    assert told[str(first.pk)][0] == "figures"
    assert told[str(second.pk)] == (
        "corrected",
        [["dataset", example.SLUG], ["area", "FI"], ["area", "TA03"]],
    )
    assert following.find([str(second.pk)], AnonymousUser(), "sv")[str(second.pk)].title == (
        dataset.name_sv
    )


def second_of(released, figures, **changes):
    """A correction that has been brought and not proposed: `TA03_M_Y55T64=2`."""
    for key, value in changes.items():
        area, sex, age = key.split("_")
        figures[area, 2024, sex, age] = value
    content = BytesIO(example.as_csv(figures))
    return services.bring(released.dataset, content, "second.csv")


def propose(release, choice="", reason="They were counted twice"):
    services.propose(release, by=UserFactory(), release_at=MOMENT, reason=reason, choice=choice)


def test_two_people_choose_where_published_values_are_taken_back(released, figures):
    second = second_of(released, figures, TA03_M_Y55T64=2)
    assert second.withdrawn

    with pytest.raises(services.ChoiceMissing):
        propose(second)
    with pytest.raises(services.TrueValuesHidden):
        propose(second, Release.Choice.PUBLISH)
    propose(second, Release.Choice.WITHDRAW)
    services.approve(second, by=UserFactory())
    services.publish(second)

    cell = code(Cube.of(released.dataset), "M", "Y55T64")
    assert public()["TA03", cell].status == "suppressed"


def test_the_true_value_is_published_where_the_dataset_allows_it(released, figures):
    released.dataset.true_values = True
    released.dataset.save()
    second = second_of(released, figures, TA03_M_Y55T64=2)
    propose(second, Release.Choice.PUBLISH)
    assert not second.withdrawn
    services.approve(second, by=UserFactory())
    services.publish(second)

    cell = code(Cube.of(released.dataset), "M", "Y55T64")
    assert public()["TA03", cell].value == 2
    assert public()["TA01", code(Cube.of(released.dataset), "F", "Y15T24")].value is None


def test_a_small_value_that_is_out_is_named_and_chosen_about(open_dataset, figures):
    """It was published before the dataset had its rule."""
    figures["TA01", 2024, "F", "Y15T24"] = 2
    content = BytesIO(example.as_csv(figures))
    first = services.bring(open_dataset, content, "first.csv")
    services.publish(approved(first))
    open_dataset.smallest_shown = 5
    open_dataset.save()
    second = second_of(first, figures, TA02_M_Y55T64=101)
    assert second.exposed == ["TA01 F Y15T24 2024: 2"]

    with pytest.raises(services.ChoiceMissing):
        propose(second)
    with pytest.raises(services.ReasonMissing):
        propose(second, Release.Choice.WITHDRAW, reason="")
    propose(second, Release.Choice.WITHDRAW)
    services.approve(second, by=UserFactory())
    services.publish(second)
    third = second_of(first, figures, TA02_M_Y55T64=102)
    assert third.exposed == []
    assert not third.must_choose


def test_what_two_people_published_true_stands_and_is_not_asked_again(released, figures):
    released.dataset.true_values = True
    released.dataset.save()
    second = second_of(released, figures, TA03_M_Y55T64=2)
    propose(second, Release.Choice.PUBLISH)
    services.approve(second, by=UserFactory())
    services.publish(second)

    third = second_of(released, figures, TA02_F_Y25T34=150)
    assert not third.must_choose
    propose(third)
    services.approve(third, by=UserFactory())
    services.publish(third)

    cell = code(Cube.of(released.dataset), "M", "Y55T64")
    assert public()["TA03", cell].value == 2
    # another small value in its place is another question
    assert second_of(released, figures, TA03_M_Y55T64=3).must_choose


def test_the_release_says_what_protection_looked_at_and_how_long_it_took(client, released):
    assert released.linked == 72
    assert released.seconds > 0
    client.force_login(UserFactory(is_superuser=True))
    page = client.get(f"/cms/dataset-releases/{released.pk}/").content.decode()
    assert "72" in page
