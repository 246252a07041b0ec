"""What the law asks of the authority of an area, and its check when the law changes."""

import pytest
from django.forms.models import model_to_dict
from django.urls import reverse

from law.duties import starter
from law.duties.models import Duty
from law.duties.references import KEY
from law.models import ImpactReview
from portal.languages import LANGUAGES
from portal.places.models import Area
from tests.factories.law import SectionFactory, opened_change
from tests.factories.places import AreaFactory
from tests.queries import queries_of_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def village():
    return AreaFactory(kind=Area.Kind.MUNICIPALITY)


def a_duty(number="14", **given):
    words = {f"text_{one}": f"Assess without delay ({one})." for one in LANGUAGES}
    return Duty.objects.create(
        **{"key": f"duty-{Duty.objects.count()}", "kind": "municipality", **words} | given,
        section=SectionFactory(number=number),
    )


def page_of(client, area):
    return client.get(f"/en/areas/{area.key}/").content.decode().replace("\xa0", " ")


def test_an_area_says_what_the_law_asks_of_its_authority_with_the_section(village, client):
    duty = a_duty(question="when")
    a_duty(kind="county", text_en="Only of counties.")

    page = page_of(client, village)

    assert "What the law asks" in page
    assert "By when" in page
    assert "Assess without delay (en)." in page
    assert f'href="{duty.section.get_absolute_url()}"'.replace("/fi/laki/", "/en/law/") in page
    assert "Only of counties." not in page


def test_a_region_has_no_authority_and_no_such_section(client):
    a_duty()

    assert "What the law asks" not in page_of(client, AreaFactory(kind=Area.Kind.REGION))


def test_a_changed_section_opens_a_check_and_readers_are_told(village, client, people):
    duty = a_duty()
    effect = opened_change(section=duty.section)

    [review] = ImpactReview.objects.filter(kind=KEY)
    assert (review.subject, review.owner) == (str(duty.pk), "lawyer")
    assert "Being checked after a change in the law" in page_of(client, village)

    client.force_login(people["lawyer"])
    listed = client.get(reverse("law_changes:change", args=[effect.pk])).content.decode()
    assert "Assess without delay" in listed
    kept = {name: value for name, value in model_to_dict(duty).items() if value is not None}
    answer = client.post(
        reverse(Duty.snippet_viewset.get_url_name("edit"), args=[duty.pk]),
        kept | {"text_en": "Assess within a month."},
    )

    assert answer.status_code == 302
    client.logout()
    page = page_of(client, village)
    assert "Assess within a month." in page
    assert "Being checked after a change in the law" not in page


def test_a_deleted_duty_leaves_no_open_check():
    duty = a_duty()
    opened_change(section=duty.section)

    duty.delete()

    assert not ImpactReview.objects.filter(kind=KEY, state=ImpactReview.State.OPEN).exists()


def test_six_duties_cost_the_queries_of_one(village, client):
    a_duty()
    of_one = queries_of_page(client, f"/en/areas/{village.key}/")
    for number in range(5):
        a_duty(number=str(20 + number))

    assert queries_of_page(client, f"/en/areas/{village.key}/") == of_one


def test_the_starter_duties_answer_what_when_and_who_pays_of_a_municipality():
    for number in ("3", "8", "10", "13", "14", "19", "20", "22", "42", "44", "59", "61", "64"):
        SectionFactory(number=number)

    starter.load()
    starter.load()

    duties = Duty.objects.filter(kind="municipality")
    assert set(duties.values_list("question", flat=True)) == {"what", "when", "cost"}
    for duty in Duty.objects.all():
        assert len({duty.text_fi, duty.text_sv, duty.text_en}) == 3
