import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from content.checklists import merging, services, starter
from content.checklists.models import Checklist, Item, ItemAnswer, OwnChecklist
from content.checklists.references import describe
from content.checklists.resources import tasks
from law import impact_reviews
from portal.accounts.roles import EDITOR
from tests.factories.law import AmendmentEffectFactory, SectionFactory
from tests.factories.partnership import RepresentativeFactory

pytestmark = pytest.mark.django_db
State = ItemAnswer.State


@pytest.fixture
def checklist():
    row = Checklist.objects.create(
        slug="list", name_fi="Lista", name_sv="Lista", name_en="List", published=True
    )
    words = {"checklist": row, "who": "together"}
    section = SectionFactory(number="14")
    Item.objects.create(
        key="law", position=1, text_fi="Arvio", section=section, statutory=True, **words
    )
    Item.objects.create(key="own", position=2, text_fi="Muu", **words)
    return row


@pytest.fixture
def owner():
    return RepresentativeFactory(role="owner").user


@pytest.fixture
def own(checklist, owner) -> OwnChecklist:
    organisation = owner.representations.get().organisation
    return services.begin(checklist, organisation, None, 2026)


def send(client, row: ItemAnswer, seen=None, **given):
    data = {"state": "done", "words": "Päätös", "link": "", "seen": seen or row.version_token}
    where = reverse("checklists:answer", args=["list", row.own_id, row.pk])
    return client.post(where, {f"i{row.pk}-{name}": it for name, it in (data | given).items()})


def test_opened_once_however_often_it_is_pressed(client, checklist, owner):
    client.force_login(owner)
    whose = owner.representations.get().organisation_id
    for _press in range(2):
        answer = client.post(checklist.get_absolute_url(), {"whose": whose})
        assert answer.status_code == 302
    assert OwnChecklist.objects.get().answers.count() == 2


def test_a_stale_answer_is_refused_with_both_versions(client, own, owner):
    client.force_login(owner)
    row = own.answers.first()
    seen = row.version_token
    assert send(client, row, seen).status_code == 302
    refused = send(client, row, seen, words="Toinen", state="work")
    assert refused.status_code == 409
    assert b"P\xc3\xa4\xc3\xa4t\xc3\xb6s" in refused.content and b"Toinen" in refused.content
    row.refresh_from_db()
    assert (row.state, row.words, row.by) == (State.DONE, "Päätös", owner)


@pytest.mark.parametrize("given", [{"words": "Asiakas 131052-308T"}, {"state": "not", "words": ""}])
def test_no_client_is_named_and_what_does_not_apply_has_a_reason(client, own, owner, given):
    client.force_login(owner)
    row = own.answers.first()
    assert send(client, row, **given).status_code == 422
    row.refresh_from_db()
    assert row.state == State.OPEN


def test_private_until_shown_and_only_its_people_answer(client, own, owner):
    client.force_login(RepresentativeFactory(role="owner").user)
    assert client.get(own.get_absolute_url()).status_code == 404
    OwnChecklist.objects.update(public=True)
    assert client.get(own.get_absolute_url()).status_code == 200
    assert send(client, own.answers.first()).status_code == 403


def test_the_law_reopens_what_rests_on_it_and_only_that(own, owner):
    own.answers.update(state=State.DONE, words="Päätös", by=owner)
    services.sign(own, by=owner)
    effect = AmendmentEffectFactory(section=Item.objects.get(key="law").section)
    impact_reviews.open_tasks([effect])
    law, other = own.answers.all()
    assert (law.state, law.reopened_by, law.words) == (State.OPEN, effect, "Päätös")
    assert (other.state, other.reopened_by) == (State.DONE, None)
    own.refresh_from_db()
    assert own.signed_at is None
    assert [task.url for task in tasks(owner)] == [own.get_absolute_url()]


def test_the_editors_settle_the_review_of_an_item(checklist, owner):
    subject = str(checklist.items.first().pk)
    assert not describe([subject], owner, "en")[subject].may_confirm
    owner.groups.add(Group.objects.get_or_create(name=EDITOR)[0])
    assert describe([subject], owner, "en")[subject].may_confirm


def test_next_year_starts_from_this_and_each_is_confirmed(client, own, owner):
    own.answers.update(state=State.DONE, words="Päätös", by=owner)
    own.answers.create(text="Oma", state=State.DONE)
    following = services.next_year(own)
    assert services.next_year(own) == following
    assert (
        list(following.answers.values_list("state", "words", "to_confirm"))
        == [
            ("done", "Päätös", True),
            ("done", "Päätös", True),
            ("done", "", True),
        ]
        or following.answers.filter(to_confirm=True, state="done").count() == 3
    )
    with pytest.raises(services.NotReady):
        services.sign(following, by=owner)


def test_the_page_costs_the_same_with_many_items(client, own, owner, django_assert_max_num_queries):
    client.force_login(owner)
    client.get(own.get_absolute_url())
    Item.objects.bulk_create(
        Item(checklist=own.checklist, key=f"k{n}", position=n, who="together", text_fi="K")
        for n in range(3, 40)
    )
    items = own.checklist.items.filter(position__gt=2)
    ItemAnswer.objects.bulk_create(ItemAnswer(own=own, item=item) for item in items)
    with django_assert_max_num_queries(30):
        assert client.get(own.get_absolute_url()).status_code == 200


def test_csv_has_each_item_and_no_formula(client, own, owner):
    own.answers.update(words="=1+1")
    client.force_login(owner)
    told = client.get(reverse("checklists:export", args=["list", own.pk])).content.decode()
    assert told.count(",'=1+1,") == 2


def test_starter_lists_rest_on_the_law_in_three_languages():
    for number in ("3", "10", "13", "14", "20", "22", "42", "44", "45", "47", "59", "70"):
        SectionFactory(number=number)
    starter.load()
    starter.load()
    programme = Checklist.objects.get(slug="municipal-integration-programme")
    coming = Checklist.objects.get(slug="before-2027")
    assert programme.items.filter(statutory=True, section__isnull=False).count() == 12
    assert coming.items.count() == 8 and not coming.items.filter(statutory=True).exists()
    assert all(item.text_fi and item.text_sv and item.text_en for item in Item.objects.all())


def test_of_two_organisations_that_become_one_the_answers_of_both_are_left(checklist, own):
    other = RepresentativeFactory(role="owner").user.representations.get().organisation
    twin = services.begin(checklist, other, None, 2026)
    first, second = own.answers.order_by("item__position")
    ItemAnswer.objects.filter(pk=first.pk).update(state=State.WORK, words="Ours")
    twin.answers.filter(item=first.item).update(state=State.DONE, words="Theirs")
    twin.answers.filter(item=second.item).update(state=State.DONE, words="Theirs too")
    ItemAnswer.objects.create(own=twin, text="Their own item")

    merging.settle(own.organisation, other)

    assert not OwnChecklist.objects.filter(pk=twin.pk).exists()
    left = {answer.title: (answer.state, answer.words) for answer in own.answers.all()}
    assert left == {
        first.title: ("work", "Ours"),
        second.title: ("done", "Theirs too"),
        "Their own item": ("open", ""),
    }
