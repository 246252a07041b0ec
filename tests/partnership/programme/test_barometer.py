"""The barometer: short, asked once of each, told by group as the rules of disclosure let it be,
and no answer can be tied to an invitation from what is kept."""

import itertools
import json
import re
from datetime import timedelta

import pytest
import structlog
import time_machine
from bs4 import BeautifulSoup
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import override

from monitoring.disclosure.protection import protect
from partnership.programme import barometer_results as results
from partnership.programme.barometer import (
    LONGEST,
    MOST_QUESTIONS,
    MOST_WORDS,
    published,
    questionnaire,
)
from partnership.programme.barometer_example import invented
from partnership.programme.errors import NotOpen
from partnership.programme.models import (
    BarometerBox,
    BarometerInvitation,
    BarometerKey,
    BarometerRound,
)
from partnership.programme.services import barometer as services
from portal.forms import FASTEST
from portal.mail.models import Letter
from portal.places.models import Area
from tests.factories.accounts import UserFactory
from tests.factories.partnership import MembershipFactory
from tests.factories.places import AreaFactory
from tests.factories.programme import BarometerRoundFactory, in_days
from tests.queries import queries_of_page

pytestmark = pytest.mark.django_db
LINK = re.compile(r"https://portal\.example\.org(/\S+/answer/([0-9a-f]{32})/)")


@pytest.fixture
def regions():
    """The country and three regions."""
    AreaFactory(kind=Area.Kind.COUNTRY, code="FI")
    return [AreaFactory(kind=Area.Kind.REGION) for _each in range(3)]


@pytest.fixture
def team():
    return UserFactory(role="programme")


def invited(round, number, by):
    """Keys of as many letters, in the order of the letters."""
    guests = [services.Guest(f"guest{at}@example.org", "en") for at in range(number)]
    services.invite(round, guests, by=by)
    texts = Letter.objects.order_by("pk").values_list("text", flat=True)
    return [LINK.search(text)[2] for text in texts if LINK.search(text)]


def an_answer(asked, at=0):
    """One of many different answers."""
    return {
        question.key: question.options[(at + place) % len(question.options)].key
        for place, question in enumerate(asked.questions)
    }


def sent(client, key, given):
    """What a person does: opens the link, reads, chooses and presses."""
    address = f"/en/programme/barometer/answer/{key}/"
    page = BeautifulSoup(client.get(address).content, "html.parser")
    opened = page.select_one("input[name=opened]")["value"]
    with time_machine.travel(timezone.now() + FASTEST + timedelta(seconds=2)):
        return client.post(address, {"opened": opened, **given})


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_it_takes_less_than_four_minutes(language, record_property):
    for code in range(1, 20):  # as many regions as there are, with two words each
        AreaFactory(
            kind=Area.Kind.REGION, code=f"{code:02}", name_fi="a b", name_sv="a b", name_en="a b"
        )
    AreaFactory(kind=Area.Kind.COUNTRY, code="FI")
    asked = questionnaire()

    words, time = asked.words_in(language), asked.takes(language)

    said = f"{len(asked.questions)} questions, {words} words, {time.seconds} of 240 seconds"
    record_property(f"barometer in {language}", said)
    assert len(asked.questions) <= MOST_QUESTIONS
    assert words <= MOST_WORDS
    assert time < LONGEST
    assert all(len(question.options) > 1 for question in asked.questions)


def test_a_link_shows_the_button_sends_and_a_second_use_says_so(client, regions, team):
    round = BarometerRoundFactory()
    (key,) = invited(round, 1, team)

    for _twice in range(2):
        page = client.get(f"/en/programme/barometer/answer/{key}/")
        client.post(f"/en/programme/barometer/answer/{key}/", {})
    assert not BarometerBox.objects.exists()
    assert page.content.decode().count('type="radio"') == sum(
        len(question.options) for question in questionnaire().questions
    )

    answer = sent(client, key, an_answer(questionnaire()))
    assert answer["Location"] == "/en/programme/barometer/thanks/"
    assert "Thank you for your answer" in client.get(answer["Location"]).content.decode()
    assert BarometerBox.objects.get().counts["count||all"] == 1

    again = client.get(f"/en/programme/barometer/answer/{key}/")
    assert "This link has been used" in again.content.decode()
    client.post(f"/en/programme/barometer/answer/{key}/", an_answer(questionnaire()))
    assert BarometerBox.objects.get().counts["count||all"] == 1


def test_an_answer_that_lacks_one_keeps_what_was_chosen(client, regions, team):
    (key,) = invited(BarometerRoundFactory(), 1, team)
    given = an_answer(questionnaire())
    del given["useful"]

    answer = sent(client, key, given)

    page = BeautifulSoup(answer.content, "html.parser")
    assert answer.status_code == 422
    assert page.select_one(f"input[name=known][value={given['known']}]").has_attr("checked")
    assert page.select_one(".error-summary a[href='#id_useful']") or "useful" in str(
        page.select_one("[class*=error]")
    )


def everything():
    """All rows of all tables as the database has them, with the numbers it gives them itself."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.endswith(("_data", "_idx", "_docsize", "_config", "_content")):
                continue
            if table.startswith("sqlite_"):
                continue
            hidden = "rowid, " if connection.vendor == "sqlite" else ""
            cursor.execute(f'SELECT {hidden}* FROM "{table}"')
            found[table] = cursor.fetchall()
    return found


def test_no_answer_can_be_tied_to_an_invitation(client, regions, team):
    """Whoever answered what, in whatever order: what is kept is the same to the last column."""
    round = BarometerRoundFactory()
    keys = invited(round, 3, team)
    Letter.objects.update(text="", html="")  # as they are once they have been sent
    asked = questionnaire()
    answers = [an_answer(asked, at) for at in range(3)]
    kept = []
    for order in itertools.permutations(range(3)):
        with transaction.atomic():
            for place in (2, 0, 1):
                assert sent(client, keys[place], answers[order[place]]).status_code == 302
            kept.append(everything())
            transaction.set_rollback(True)

    assert kept[0]["programme_barometerbox"]
    assert all(each == kept[0] for each in kept)


def test_keys_stand_in_an_order_that_is_not_that_of_the_letters(team):
    round = BarometerRoundFactory()
    keys = invited(round, 30, team)

    kept = list(BarometerKey.objects.values_list("pk", flat=True))

    assert sorted(kept) == sorted(services.fingerprint(key) for key in keys)
    with connection.cursor() as cursor:
        cursor.execute("SELECT fingerprint FROM programme_barometerkey")
        assert [row[0] for row in cursor.fetchall()] == sorted(kept)
    columns = {field.name for field in BarometerKey._meta.get_fields()}
    assert columns == {"fingerprint", "round", "used"}
    assert not any("@" in str(row) for row in BarometerInvitation.objects.values_list())


def test_nothing_of_an_answer_is_logged(client, regions, team, caplog):
    (key,) = invited(BarometerRoundFactory(), 1, team)
    given = an_answer(questionnaire()) | {"kind": "religious-community"}

    with structlog.testing.capture_logs() as lines:
        sent(client, key, given)

    words = json.dumps(lines, default=str) + caplog.text
    assert key not in words
    assert services.fingerprint(key) not in words
    assert "religious-community" not in words


def test_each_address_gets_one_letter_in_its_language(client, team):
    round = BarometerRoundFactory()
    owner = MembershipFactory(
        status="active", organisation__language="sv"
    ).organisation.representatives.get()
    client.force_login(team)

    page = f"/cms/barometer-invitations/{round.pk}/"
    for _twice in range(2):
        client.post(page, {"move": "members"})
        pasted = f"one@example.org, {owner.user.email.upper()}\nTWO@example.org"
        client.post(page, {"move": "list", "language": "fi", "addresses": pasted})

    letters = dict(Letter.objects.values_list("to", "language"))
    assert letters == {owner.user.email: "sv", "one@example.org": "fi", "TWO@example.org": "fi"}
    assert Letter.objects.filter(holds_key=True).count() == 3
    assert BarometerRound.objects.get().invited == 3
    refused = client.post(page, {"move": "list", "language": "fi", "addresses": "nobody"})
    assert refused.status_code == 422
    assert "“nobody” is not an e-mail address" in refused.content.decode()


def test_it_is_open_by_its_days(client, regions, team):
    round = BarometerRoundFactory(closes_on=in_days(0))
    (key,) = invited(round, 1, team)
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        page = client.get(f"/en/programme/barometer/answer/{key}/").content.decode()
        assert "The barometer is not open" in page
        with pytest.raises(NotOpen):
            services.answer(key, an_answer(questionnaire()))
        with pytest.raises(NotOpen):
            services.invite(round, [], by=team)


def test_the_short_address_leads_to_the_readers_language(client):
    answer = client.get("/barometer/x/", headers={"accept-language": "sv"})
    assert answer["Location"].startswith("/sv/")


def closed(counts):
    round = BarometerRoundFactory(opens_on=in_days(-30), closes_on=in_days(-1))
    BarometerBox.objects.create(round=round, counts=counts)
    BarometerKey.objects.create(round=round, fingerprint="x", used=True)
    BarometerInvitation.objects.create(round=round, fingerprint="y")
    assert services.close_due() == 1
    assert services.close_due() == 0
    round.refresh_from_db()
    return round


def test_a_round_that_is_over_keeps_nothing_but_what_is_published(regions):
    counts = invented(questionnaire())
    round = closed(counts)

    for model in (BarometerBox, BarometerKey, BarometerInvitation):
        assert not model.objects.exists()
    told = results.Results(round)
    assert told.answers == 412
    question = told.by_group[0]
    for _by, rows in told.groups(question):
        for row in rows:
            kept = counts[f"{question.key}|good|{row.key}"]
            assert row.good in (None, kept)


def test_small_groups_are_hidden_and_what_would_give_them_away(regions):
    """One of two regions has three answers: it is hidden, and so is another beside it."""
    asked = questionnaire()
    counts = {}
    for at in range(60):
        given = an_answer(asked) | {"region": regions[0].key, "kind": "association"}
        given |= {"size": "small", "known": "agree" if at % 2 else "disagree"}
        if at < 3:
            given["region"] = regions[1].key
        elif at < 20:
            given["region"] = regions[2].key
        services.count(counts, asked, given)

    kept = results.protected(asked, counts)

    by_region = {area.key: kept["groups"][f"region:{area.key}"]["answers"] for area in regions}
    assert by_region[regions[1].key] is None
    assert list(by_region.values()).count(None) >= 2
    assert kept["answers"] == 60
    table = results.table_of(asked, counts)
    assert not protect(table, results.RULES).exposed
    hidden = protect(table, results.RULES).hidden
    shown = {cell.key: cell.value for cell in table.cells if cell.key not in hidden}
    for total, parts in table.relations:
        unknown = [key for key in (total, *parts) if key not in shown]
        assert len(unknown) != 1, "one hidden number of a sum can be reckoned"


def test_too_few_answers_are_not_told(client, regions):
    counts = {}
    for at in range(3):
        services.count(counts, questionnaire(), an_answer(questionnaire(), at))
    round = closed(counts)

    assert round.results["country"] == {}
    page = client.get("/en/programme/barometer/")
    assert "Too few answered" in page.content.decode()
    rows = client.get("/en/programme/barometer.json").json()["items"]
    assert [row["number"] for row in rows] == [None]


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_page_shows_results_beside_the_rounds_of_before(client, regions, language):
    closed(invented(questionnaire()))
    with override(language):
        address = {"fi": "/fi/ohjelma/", "sv": "/sv/programmet/", "en": "/en/programme/"}
        page = client.get("/en/programme/barometer/").content.decode()
    assert address
    assert page.count("<svg") >= 2
    assert "412 answers" in page
    assert "The whole country" in page
    assert "Almost 800 answers" in page
    assert "375 answers" in page
    assert [one.answers for one in published()] == [375, 800]


def test_files_and_the_api_have_the_same_numbers(client, regions):
    round = closed(invented(questionnaire()))
    rows = client.get("/en/programme/barometer.json").json()["items"]
    answer = client.get("/api/v1/programme/barometer?limit=100").json()

    assert rows[0]["number"] == 412
    assert answer["items"][0]["number"] == 412
    assert all(row["hidden"] == (row["number"] is None) for row in rows)
    text = client.get("/en/programme/barometer.csv").content.decode()
    assert text.count("\n") == len(rows) + 1
    assert round.name in text
    bad = client.get("/en/programme/barometer/?question=region")
    assert bad.status_code == 400
    assert client.get("/en/programme/barometer/?round=0").status_code == 400


def test_another_round_costs_no_query(client, regions):
    closed(invented(questionnaire()))
    few = queries_of_page(client, "/en/programme/barometer/")
    for _each in range(5):
        BarometerRoundFactory()
    assert queries_of_page(client, "/en/programme/barometer/") == few
