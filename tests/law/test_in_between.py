"""Sections that were away for a time, and checked words whose ground moves: in any order."""

from datetime import date

import pytest
import time_machine

from law import amending, incoming, services
from law.models import AmendmentEffect, Section, SectionVersion
from portal.errors import BrokenFileError
from tests.factories.accounts import UserFactory
from tests.factories.law import IncomingAmendmentFactory

from .acts import amend, effects, invented_act, on, part, refused, said, whole

pytestmark = pytest.mark.django_db

AWAY = {"repealed": ["3"]}
BACK = {"added": [whole("3", "Uusi")]}


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-06-01 12:00+03:00"):
        yield


@pytest.fixture(autouse=True)
def act(db):
    return invented_act()


def away_from_september_to_november():
    assert on("2026-08-31", "3") == ["Alku 3:1.", "Alku 3:2."]
    assert on("2026-09-01", "3") == on("2026-10-31", "3") == []
    assert on("2026-11-01", "3") == ["Uusi fi."]
    assert effects("3") == [(10, date(2026, 9, 1)), (20, date(2026, 11, 1))]
    told = {one.amendment.number: (one.repeals, one.adds) for one in AmendmentEffect.objects.all()}
    assert told == {10: (True, False), 20: (False, True)}


def test_section_that_is_added_again_has_no_words_in_between():
    amend("10/2026", "2026-09-01", **AWAY)
    amend("20/2026", "2026-11-01", **BACK)

    away_from_september_to_november()


def test_repeal_that_comes_after_the_section_is_added_again_is_kept():
    amend("20/2026", "2026-11-01", **BACK)
    amend("10/2026", "2026-09-01", **AWAY)

    away_from_september_to_november()
    amend("10/2026", "2026-09-01", **AWAY)
    away_from_september_to_november()


def test_repeal_of_the_chapter_that_comes_late_is_kept_too():
    amend("20/2026", "2026-11-01", **BACK)
    amend("10/2026", "2026-09-01", repealed_chapters=["2"])

    assert on("2026-10-31", "3") == on("2026-10-31", "4") == on("2026-11-01", "4") == []
    assert on("2026-11-01", "3") == ["Uusi fi."]


@pytest.mark.parametrize("numbers", [("10/2026", "20/2026"), ("20/2026", "10/2026")])
def test_act_that_changes_the_section_while_it_is_away_is_refused(numbers):
    contents = {"10/2026": ("2026-09-01", AWAY), "20/2026": ("2026-11-01", BACK)}
    for number in numbers:
        day, content = contents[number]
        amend(number, day, **content)

    refused(
        "changed, entry 1",
        "repealed by 10/2026 from 2026-09-01",
        number="15/2026",
        day="2026-10-01",
        changed=[whole("3", "Välissä")],
    )


def test_repeal_that_moves_takes_the_days_in_between_along(act):
    lawyer = UserFactory(role="lawyer")
    waiting = IncomingAmendmentFactory(act=act, said=said(**AWAY))
    amend("20/2026", "2026-11-01", **BACK)
    before = list(Section.objects.order_by("pk").values())
    incoming.take_into_use(waiting, by=lawyer)

    incoming.set_day(waiting, by=lawyer, day=date(2026, 10, 1))
    assert on("2026-09-30", "3") and not on("2026-10-01", "3")
    with pytest.raises(BrokenFileError, match="section 3, 2026-12-01"):
        incoming.set_day(waiting, by=lawyer, day=date(2026, 12, 1))

    incoming.undo(waiting, by=lawyer)
    assert list(Section.objects.order_by("pk").values()) == before
    assert on("2026-10-31", "3") == ["Alku 3:1.", "Alku 3:2."]


def correct(version, words):
    text = [{"text": words, "items": []}]
    lawyer = UserFactory(role="lawyer")
    services.check_wording(version, {"text_fi": text, "text_sv": text}, by=lawyer)
    version.refresh_from_db()
    assert not version.needs_legal_review


def test_corrected_words_are_put_to_doubt_when_a_day_moves_under_them():
    amend("10/2026", "2026-09-01", changed=[part("3", 1, "Ensin.", "Först.")])
    amend("20/2026", "2026-11-01", changed=[part("3", 2, "Toinen.", "Andra.")])
    later = SectionVersion.objects.get(amendment__number=20)
    untouched = SectionVersion.objects.get(section__number="2")
    for version in (later, untouched):
        correct(version, "Korjattu.")

    amending.move_day(later.section.versions.get(amendment__number=10).amendment, date(2026, 12, 1))

    later.refresh_from_db()
    assert later.needs_legal_review and later.text_fi[0]["text"] == "Korjattu."
    untouched.refresh_from_db()
    assert not untouched.needs_legal_review


def test_corrected_words_that_come_back_are_kept_and_put_to_doubt_when_their_ground_changes():
    amend(changed=[part("3", 2, "Väli.", "Mellan.")], valid_until="2026-12-31")
    back = SectionVersion.objects.get(valid_from=date(2027, 1, 1))
    correct(back, "Korjattu.")

    amend(changed=[part("3", 2, "Väli.", "Mellan.")], valid_until="2026-12-31")
    back.refresh_from_db()
    assert not back.needs_legal_review and back.text_fi[0]["text"] == "Korjattu."

    first = SectionVersion.objects.get(section__number="3", amendment=None)
    SectionVersion.objects.filter(pk=first.pk).update(
        text_fi=[{"text": "Toisin.", "items": []}, first.text_fi[1]]
    )
    amend("20/2026", "2026-10-01", changed=[part("3", 1, "Pysyvä.", "Bestående.")])
    back.refresh_from_db()
    assert back.needs_legal_review


def test_page_of_an_act_says_that_the_whole_of_it_is_repealed(client):
    said = "The whole act will be repealed on 1 September 2026."
    amend(repealed=["1", "2", "3"])
    page = client.get("/en/law/900-2026/").content.decode().replace("\xa0", " ")
    assert "The whole act" not in page

    amend("20/2026", "2026-09-01", repeals_act=True)

    page = client.get("/en/law/900-2026/").content.decode().replace("\xa0", " ")
    assert said in page
    with time_machine.travel("2026-09-02 12:00+03:00"):
        page = client.get("/fi/laki/900-2026/").content.decode().replace("\xa0", " ")
    assert "Koko säädös on kumottu 1.9.2026." in page
