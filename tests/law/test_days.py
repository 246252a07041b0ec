"""A change that comes on several days is one change a day; each is told on its own."""

import json
from datetime import date

import pytest
import time_machine
from django.core.management import call_command

from law import following, impact_reviews
from law.models import AmendmentEffect, Section
from portal.mail.models import Letter
from portal.notifications import activity, digests
from portal.notifications.models import Event
from portal.scheduling import schedule
from tests.factories.accounts import UserFactory
from tests.factories.content import ArticleFactory, law_box
from tests.factories.law import AMENDMENT, SectionVersionFactory
from tests.factories.notices import FollowFactory

pytestmark = pytest.mark.django_db


def follow():
    """Somebody has followed section 14 since before the acts of these tests."""
    with time_machine.travel("2027-01-02 12:00+02:00"):
        FollowFactory(kind="section", subject="681/2023:14")


def told():
    """How the letters to followers begin that the worker has written since the last time."""
    before = set(Letter.objects.values_list("pk", flat=True))
    while activity.fan_out():
        pass
    digests.write_due()
    letters = Letter.objects.exclude(pk__in=before).order_by("pk")
    return [letter.subject.partition(":")[0] for letter in letters]


def part(number, day, finnish, swedish):
    text = {"fi": finnish, "sv": swedish}
    return {
        "number": "14",
        "in_force_from": day,
        "subsections": [{"number": number, "text": text}],
    }


TWO_DAYS = AMENDMENT | {
    "changed": [
        part(1, "2027-03-15", "Kunta arvioi kahdessa kuukaudessa.", "Inom två månader."),
        part(2, "2027-09-01", "Kunta arvioi kuukaudessa.", "Inom en månad."),
    ]
}


@pytest.fixture
def section(the_act):
    section = Section.objects.get(number="14")
    SectionVersionFactory(
        section=section,
        text_fi=[{"text": "Vanha.", "items": []}, {"text": "Toinen.", "items": []}],
        text_sv=[{"text": "Gammal.", "items": []}, {"text": "Andra.", "items": []}],
    )
    return section


@pytest.fixture
def take_in(tmp_path):
    def run(content):
        file = tmp_path / "invented-150-2027.json"
        file.write_text(json.dumps(content))
        call_command("import_law", str(file))

    return run


def text_of(client, path):
    return " ".join(client.get(path).content.decode().replace("\xa0", " ").split())


@time_machine.travel("2027-03-20 12:00+02:00")
def test_an_act_of_two_days_has_a_change_a_review_a_banner_and_a_letter_for_each(
    section, take_in, client
):
    page = ArticleFactory(body=[law_box(section)])
    FollowFactory(kind="section", subject="681/2023:14")

    take_in(TWO_DAYS)

    first, second = AmendmentEffect.objects.order_by("day")
    assert [str(one.day) for one in (first, second)] == ["2027-03-15", "2027-09-01"]
    assert second.before == first.after and second.after.valid_from == second.day
    assert first.before != first.after
    for effect in (first, second):
        assert [one.subject for one in effect.reviews.filter(kind="guidance")] == [str(page.pk)]
    assert Event.objects.filter(kind="amended").count() == 2
    shown = text_of(client, page.url_path)
    assert "Section 14 was amended on 15 March 2027." in shown
    assert "Section 14 will change on 1 September 2027." in shown

    impact_reviews.confirm(
        "guidance", str(page.translation_key), by=UserFactory(role="lawyer"), effect=first
    )
    assert "Section 14 will change on 1 September 2027" in text_of(client, page.url_path)
    take_in(TWO_DAYS)
    assert AmendmentEffect.objects.count() == 2


def test_the_banner_is_another_on_the_day_by_itself(section, take_in, client):
    page = ArticleFactory(body=[law_box(section)])
    with time_machine.travel("2027-03-14 23:30+02:00", tick=False):
        take_in(AMENDMENT)
        before = client.get(page.url_path)
        assert "Section 14 will change on 15 March 2027" in text_of(client, page.url_path)

    with time_machine.travel("2027-03-15 00:30+02:00", tick=False):
        assert "Section 14 was amended on 15 March 2027" in text_of(client, page.url_path)
        again = client.get(page.url_path, HTTP_IF_NONE_MATCH=before.get("ETag", ""))
    assert again.status_code == 200


def test_followers_hear_of_the_change_when_it_is_known_and_on_its_day_once(section, take_in):
    follow()

    with time_machine.travel("2027-02-10 12:00+02:00"):
        take_in(TWO_DAYS)
        assert following.tell_of_the_day() == 0
        assert told() == ["2 changes in what you follow"]
    with time_machine.travel("2027-03-14 23:30+02:00"):
        assert following.tell_of_the_day() == 0
    with time_machine.travel("2027-03-15 00:30+02:00"):
        assert following.tell_of_the_day() == 1
        assert following.tell_of_the_day() == 0
        assert told() == ["Now in force"]
    with time_machine.travel("2027-09-20 12:00+03:00"):  # the worker was away for some weeks
        assert following.tell_of_the_day() == 1
        assert following.tell_of_the_day() == 0
        assert told() == ["Now in force"]
    keys = {entry.key for entry in Event.objects.all()}
    assert len(keys) == 4


def test_a_change_that_is_known_after_its_day_is_told_once(section, take_in):
    follow()

    with time_machine.travel("2027-03-20 12:00+02:00"):
        take_in(AMENDMENT)
        assert following.tell_of_the_day() == 0
        assert told() == ["Amended"]


def test_a_day_that_is_moved_to_a_later_one_is_told_when_it_comes(section, take_in):
    with time_machine.travel("2027-03-20 12:00+02:00"):
        take_in(AMENDMENT)
        effect = AmendmentEffect.objects.get()
        effect.day = date(2027, 5, 1)
        effect.save()
        assert following.tell_of_the_day() == 0
    with time_machine.travel("2027-05-02 12:00+03:00"):
        assert following.tell_of_the_day() == 1


def test_the_schedule_has_it():
    assert "law.following.tell_of_the_day" in {entry.function for entry in schedule()}
