"""A change that comes on several days is one change a day; each is told on its own."""

import json

import pytest
import time_machine
from django.core.management import call_command

from law import impact_reviews
from law.models import AmendmentEffect, Section
from portal.notifications.models import Event
from tests.factories.accounts import UserFactory
from tests.factories.content import ArticleFactory, law_box
from tests.factories.law import AMENDMENT, SectionVersionFactory
from tests.factories.notices import FollowFactory

pytestmark = pytest.mark.django_db


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
