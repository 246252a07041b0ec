"""A newer catalogue that names an act has changed the law: what rests on its sections is asked."""

import json

import pytest
import time_machine
from django.core.management import call_command

from law import impact_reviews, parsers, services
from law.models import AmendmentEffect, ImpactReview, Section
from tests.factories.accounts import UserFactory
from tests.factories.content import ArticleFactory, law_box
from tests.factories.law import AMENDMENT, before_amendment

pytestmark = pytest.mark.django_db
State = ImpactReview.State


@pytest.fixture
def newer(the_act, tmp_path):
    """The shipped catalogue of a later release, which names act 150/2027 of section 14."""
    said = json.loads(parsers.SHIPPED.read_text())
    said["meta"]["consolidated_to"] = "150/2027"
    said["meta"]["amendments"].append(
        {
            "number": "150/2027",
            "proposal": "",
            "given_on": "2027-02-01",
            "in_force_from": "2027-03-15",
        }
    )
    for chapter in said["chapters"]:
        for section in chapter["sections"]:
            if section["number"] == "14":
                section["amended_by"] = [*section.get("amended_by", []), "150/2027"]
    file = tmp_path / "integration_act.json"
    file.write_text(json.dumps(said))
    return file


@pytest.fixture
def act_150(tmp_path):
    file = tmp_path / "invented-150-2027.json"
    file.write_text(json.dumps(AMENDMENT))
    return file


@pytest.fixture
def page(the_act):
    section = Section.objects.get(number="14")
    before_amendment(section)
    return ArticleFactory(body=[law_box(section)])


def states_of(page):
    return list(ImpactReview.objects.filter(subject=str(page.pk)).values_list("state", flat=True))


@time_machine.travel("2027-03-20 12:00+02:00")
def test_what_rests_on_the_sections_that_it_names_says_so(page, newer, act_150, client):
    services.import_act(parsers.read(newer))

    effect = AmendmentEffect.objects.get()
    assert (effect.section.number, effect.after, str(effect.day)) == ("14", None, "2027-03-15")
    assert states_of(page) == [State.OPEN]
    shown = client.get(page.url_path).content.decode().replace("\xa0", " ")
    assert "Section 14 was amended on 15 March 2027" in shown

    services.import_act(parsers.read(newer))
    assert AmendmentEffect.objects.count() == 1

    call_command("import_law", str(act_150))
    call_command("import_law", str(act_150))
    effect = AmendmentEffect.objects.get()
    assert effect.after.amendment.reference == "150/2027"
    assert effect.before.amendment is None
    assert states_of(page) == [State.OPEN]


@time_machine.travel("2027-03-20 12:00+02:00")
def test_it_keeps_what_the_act_itself_has_opened(page, newer, act_150):
    call_command("import_law", str(act_150))
    impact_reviews.confirm("guidance", str(page.translation_key), by=UserFactory())

    services.import_act(parsers.read(newer))

    assert AmendmentEffect.objects.count() == 1
    assert states_of(page) == [State.CONFIRMED]


def test_the_first_catalogue_opens_nothing(the_act):
    assert not AmendmentEffect.objects.exists()
