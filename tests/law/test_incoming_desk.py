"""The pages in /cms/ on which a lawyer decides on an amending act."""

import json

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.users.models import UserProfile

from law import incoming
from law.models import Act, AmendmentEffect, IncomingAmendment, Section
from portal.notifications import activity, digests
from portal.notifications.models import Follow
from tests.factories.accounts import UserFactory
from tests.factories.content import ArticleFactory, law_box
from tests.factories.law import AMENDMENT, IncomingAmendmentFactory, before_amendment
from tests.factories.notices import FollowFactory

pytestmark = pytest.mark.django_db
LIST = "/cms/law-incoming/"
State = IncomingAmendment.State


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2027-02-10 12:00+02:00"):
        yield


@pytest.fixture
def waiting(the_act):
    section = Section.objects.get(number="14")
    before_amendment(section)
    ArticleFactory(keeper="editor", body=[law_box(section)])
    FollowFactory()
    return IncomingAmendmentFactory(act=section.act, proposal="HE 12/2026 vp")


def text_of(response):
    return " ".join(response.content.decode().split())


def grows_by(look, more):
    """How many queries more it takes to look after there is more to be seen."""
    numbers = []
    for _turn in range(2):
        look()
        with CaptureQueriesContext(connection) as asked:
            look()
        numbers.append(len(asked))
        more()
    return numbers[1] - numbers[0]


def send(client, waiting, move, **typed):
    waiting.refresh_from_db()
    data = {"move": move, "seen": waiting.version_token, **typed}
    return client.post(f"{LIST}{waiting.pk}/", data, follow=True)


def test_the_list_says_what_waits_and_an_empty_one_that_nothing_does(the_act, lawyer, client):
    assert "No amending act has come." in text_of(client.get(LIST))

    act = Section.objects.get(number="14").act
    IncomingAmendmentFactory(act=act)
    IncomingAmendment.objects.create(act=act, number=8, year=2027, sections=["14", "15"])

    page = text_of(client.get(LIST))
    assert page.index("150/2027") < page.index("8/2027")
    assert "A decision" in page and "Its words: not there yet" in page and "2 sections" in page


def test_the_page_shows_both_sides_what_rests_on_it_and_who_is_told(waiting, lawyer, client):
    page = text_of(client.get(f"{LIST}{waiting.pk}/"))

    assert ">kolmen<" in page and ">kahden<" in page
    assert page.count('class="law-side"') == 4 and "<del" in page and "<ins" in page
    assert "will change on 15 March 2027" in page
    assert "Editors of the portal: 1 check" in page
    assert "1 follower of the sections gets a letter." in page
    assert "https://www.eduskunta.fi/valtiopaivaasiakirjat/HE+12/2026" in page
    assert not AmendmentEffect.objects.exists()


def test_taken_into_use_then_undone_until_a_letter_is_out(waiting, lawyer, client):
    page = text_of(send(client, waiting, "take"))
    assert "The act has been taken into use." in page and AmendmentEffect.objects.exists()
    assert "Undo the use of the act" in page and "Editors of the portal: 1 check" in page

    assert "The law is as it was" in text_of(send(client, waiting, "undo"))
    assert not AmendmentEffect.objects.exists()

    send(client, waiting, "take")
    activity.fan_out()
    digests.write_due()
    page = text_of(client.get(f"{LIST}{waiting.pk}/"))
    assert "a letter has told of it already" in page and "Undo the use of the act" not in page
    assert "a letter has told of it already" in text_of(send(client, waiting, "undo"))
    assert AmendmentEffect.objects.exists()


def test_dismissed_with_a_reason_that_is_asked_for(waiting, lawyer, client):
    response = client.post(f"{LIST}{waiting.pk}/", {"move": "dismiss", "reason": ""})
    assert response.status_code == 422

    page = text_of(send(client, waiting, "dismiss", reason="Given by mistake."))

    assert "The act has been dismissed." in page and "Given by mistake." in page
    assert "waits for a decision again" in text_of(send(client, waiting, "reopen"))


def test_what_was_read_has_changed_meanwhile(waiting, lawyer, client):
    response = client.post(f"{LIST}{waiting.pk}/", {"move": "take", "seen": "another"}, follow=True)

    assert "The act has changed since you opened it." in text_of(response)
    assert not AmendmentEffect.objects.exists()


def test_a_problem_is_said_with_its_place_and_nothing_is_offered(waiting, lawyer, client):
    IncomingAmendment.objects.update(
        state=State.ANNOUNCED, rows=None, sections=["14"], problem="file.xml: line 8: unread"
    )

    page = text_of(client.get(f"{LIST}{waiting.pk}/"))

    assert "file.xml: line 8: unread" in page and "/en/law/681-2023/14/" in page
    assert 'value="take"' not in page and 'value="dismiss"' in page


def test_an_act_without_its_day_waits_for_it(waiting, lawyer, client):
    rows = waiting.rows | {"in_force_from": None}
    IncomingAmendment.objects.update(rows=rows, in_force_from=None)
    assert "The day it comes into force" in text_of(client.get(LIST))
    page = text_of(client.get(f"{LIST}{waiting.pk}/"))
    assert "left to a decree" in page and 'value="take"' not in page
    assert '<input type="date" name="day"' in page

    page = text_of(send(client, waiting, "day", day="2027-04-01"))

    assert "1 April 2027" in page and 'value="take"' in page
    send(client, waiting, "take")
    assert str(AmendmentEffect.objects.get().day) == "2027-04-01"


def test_a_superuser_reads_and_does_not_decide(waiting, client):
    client.force_login(UserFactory(is_superuser=True))

    page = text_of(client.get(f"{LIST}{waiting.pk}/"))

    assert "A lawyer decides on it." in page and 'value="take"' not in page
    send(client, waiting, "take")
    assert not AmendmentEffect.objects.exists()


def test_the_pages_speak_three_languages(waiting, client):
    for language, words in (
        ("fi", "Ota käyttöön"),
        ("sv", "Ta i bruk"),
        ("en", "Take into use"),
    ):
        person = UserFactory(role="lawyer")
        profile = UserProfile.get_for_user(person)
        profile.preferred_language = language
        profile.save()
        client.force_login(person)
        assert words in text_of(client.get(f"{LIST}{waiting.pk}/"))


def test_more_acts_ask_for_no_more_queries(waiting, lawyer, client):
    def more():
        for number in range(5):
            last = IncomingAmendment.objects.count() + number
            said = AMENDMENT | {"number": f"{200 + last}/2027"}
            IncomingAmendmentFactory(act=waiting.act, said=said)

    assert grows_by(lambda: client.get(LIST), more) == 0


def test_more_sections_ask_for_few_more_queries_once_in_use(waiting, lawyer, client):
    incoming.take_into_use(waiting, by=lawyer)
    page = f"{LIST}{waiting.pk}/"

    def more():
        for number in ("15", "16", "17", "18", "19"):
            AmendmentEffect.objects.get_or_create(
                section=Section.objects.get(number=number), amendment=waiting.amendment
            )

    assert grows_by(lambda: client.get(page), more) == 0


def test_corrected_words_are_seen_beside_those_in_use_and_taken(waiting, lawyer, client):
    send(client, waiting, "take")
    corrected = json.loads(json.dumps(waiting.rows).replace("kahden", "yhden"))
    IncomingAmendment.objects.update(rows=corrected, state=State.READY)

    page = text_of(client.get(f"{LIST}{waiting.pk}/"))

    assert "The words of section 14 have been corrected" in page.replace("\xa0", " ")
    assert ">kahden<" in page and ">yhden<" in page and ">kolmen<" not in page
    assert 'value="take"' in page and 'value="dismiss"' in page and 'value="undo"' not in page

    page = text_of(send(client, waiting, "take"))

    assert "The act has been taken into use." in page
    version = Section.objects.get(number="14").versions.on("2027-03-15").get()
    assert "yhden" in version.text_fi[0]["text"]


def test_nothing_of_an_invented_act_leads_to_finlex_here_either(waiting, lawyer, client):
    Follow.objects.all().delete()
    assert "www.finlex.fi" in text_of(client.get(f"{LIST}{waiting.pk}/"))
    Act.objects.filter(pk=waiting.act_id).update(example=True)

    page = text_of(client.get(f"{LIST}{waiting.pk}/"))

    assert "finlex.fi" not in page and "eduskunta.fi" not in page
    assert "Nobody follows these sections." in page
    assert page.index('href="#sections-section">Read') < page.index('id="sections-section"')
