"""The business register behind the join form: every answer of it, and none, lets people go on."""

import json
import re
import time
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import pytest

from partnership.organisations import register
from partnership.organisations.models import Draft
from tests.factories.partnership import OrganisationFactory

pytestmark = pytest.mark.django_db
JOIN = "/en/partners/join/"
NUMBER = "1234567-1"


def company(number=NUMBER, **changes):
    names = [
        {"name": "Old Name ry", "type": "1", "endDate": "2020-01-01"},
        {"name": "Side Name", "type": "2"},
        {"name": "Uusi  Yhdistys\nry", "type": "1"},
    ]
    return {"businessId": {"value": number}, "names": names, **changes}


def answer_of(*companies):
    return json.dumps({"totalResults": len(companies), "companies": list(companies)})


class StandIn:
    """What it answers to each question, in turn; the last one again and again."""

    def __init__(self):
        self.answers = [(200, answer_of(company()), {})]
        self.asked = []
        self.wait = 0
        self.drips = False

    def next(self, path):
        self.asked.append(parse_qs(urlsplit(path).query))
        time.sleep(self.wait)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@contextmanager
def running(stand_in):
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            status, text, headers = stand_in.next(self.path)
            body = text if isinstance(text, bytes) else text.encode()
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                for piece in [bytes([one]) for one in body] if stand_in.drips else [body]:
                    self.wfile.write(piece)
                    self.wfile.flush()
                    time.sleep(0.05 if stand_in.drips else 0)
            except OSError:
                pass

        def log_message(self, *args):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v3"
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def stand_in(settings):
    one = StandIn()
    with running(one) as url:
        settings.BUSINESS_REGISTER_URL = url
        yield one


def test_tells_the_official_name_that_is_in_use(stand_in):
    assert register.look_up(NUMBER) == register.Company(NUMBER, "Uusi Yhdistys ry")
    assert stand_in.asked == [{"businessId": [NUMBER]}]


def test_tells_when_the_company_ended(stand_in):
    stand_in.answers = [(200, answer_of(company(endDate="2025-12-31")), {})]

    assert register.look_up(NUMBER).ended == date(2025, 12, 31)


@pytest.mark.parametrize(
    "answer",
    [(200, answer_of(), {}), (200, answer_of(company("7654321-9")), {}), (404, "", {})],
    ids=["nothing", "another one", "404"],
)
def test_knows_nothing_of_a_number(stand_in, answer):
    stand_in.answers = [answer]

    assert register.look_up(NUMBER) is None


ODD = {
    "no JSON": "<html>",
    "a list": "[]",
    "no companies": "{}",
    "companies are words": '{"companies": "x"}',
    "deep": "[" * 50_000,
    "no names": answer_of(company(names=None)),
    "names of another form": answer_of(company(names=[1, None, {"name": 5, "type": "1"}])),
    "not UTF-8": b'{"companies": "\xff"}',
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_odd_answer_is_no_answer(stand_in, text):
    stand_in.answers = [(200, text, {})]

    with pytest.raises(register.RegisterAway):
        register.look_up(NUMBER)


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504, 403, 302])
def test_trouble_leaves_it_alone_for_a_while(stand_in, status):
    stand_in.answers = [(status, "", {"Retry-After": "600"}), (200, answer_of(company()), {})]

    for _time in range(3):
        with pytest.raises(register.RegisterAway):
            register.look_up(NUMBER)

    assert len(stand_in.asked) == 1


@pytest.mark.parametrize(("asked", "pause"), [("600", 600), ("99999", 3600), ("1", 60), ("x", 60)])
def test_is_left_alone_as_long_as_it_says(stand_in, asked, pause, monkeypatch):
    kept = []
    monkeypatch.setattr(register.cache, "set", lambda key, value, seconds: kept.append(seconds))
    stand_in.answers = [(429, "", {"Retry-After": asked})]

    with pytest.raises(register.RegisterAway):
        register.look_up(NUMBER)

    assert kept == [pause]


HANGS = 20  # seconds: far from what is waited, and from what the register takes


@pytest.mark.parametrize("drips", [False, True], ids=["silent", "drips"])
def test_slow_one_is_not_waited_for(stand_in, drips, monkeypatch):
    monkeypatch.setattr(register, "SECONDS", 0.3)
    stand_in.drips = drips
    stand_in.wait = 0 if drips else 60
    started = time.monotonic()

    with pytest.raises(register.RegisterAway):
        register.look_up(NUMBER)

    assert time.monotonic() - started < HANGS


def test_down(settings):
    settings.BUSINESS_REGISTER_URL = "http://127.0.0.1:9/v3"

    with pytest.raises(register.RegisterAway):
        register.look_up(NUMBER)


def test_examples_stand_in_when_no_address_is_set():
    assert register.look_up("9900008-5").name == "Esimerkkipolku Oy (esimerkki)"
    assert register.look_up("9900016-5").ended == date(2025, 12, 31)
    with pytest.raises(register.RegisterAway):
        register.look_up(NUMBER)


class TestForm:
    @pytest.fixture(autouse=True)
    def person(self, enter):
        return enter()

    def press(self, client, **typed):
        return client.post(JOIN, {"look_up": "1", **typed}, follow=True)

    def test_name_is_filled_in_and_what_was_typed_stays(self, client, stand_in):
        page = self.press(client, business_id="FI12345671", description="We meet.").text

        assert 'value="Uusi Yhdistys ry"' in page
        assert 'value="1234567-1"' in page
        assert Draft.objects.get().fields["description"] == "We meet."
        assert "The business register has the name" in page

    def test_ended_company_is_said_to_be(self, client, stand_in):
        stand_in.answers = [(200, answer_of(company(endDate="2025-12-31")), {})]

        page = self.press(client, business_id=NUMBER).text

        assert re.search(r"ended on 31.December.2025", page)

    @pytest.mark.parametrize("language", ["en", "fi", "sv"])
    @pytest.mark.parametrize("answer", [(200, answer_of(), {}), (503, "", {})])
    def test_without_an_answer_one_goes_on_by_hand(self, client, stand_in, answer, language):
        stand_in.answers = [answer]
        path = {"en": JOIN, "fi": "/fi/kumppanit/liity/", "sv": "/sv/partner/ga-med/"}[language]

        page = client.post(
            path, {"look_up": "1", "business_id": NUMBER, "name_fi": "Own Name"}, follow=True
        )

        assert page.status_code == 200
        assert 'value="Own Name"' in page.text
        assert "alert--warning" in page.text

    def test_wrong_number_is_not_asked_for(self, client, stand_in):
        page = self.press(client, business_id="1234567-2", description="We meet.").text

        assert "check digit" in page
        assert Draft.objects.get().fields["description"] == "We meet."
        assert stand_in.asked == []

    def test_one_that_is_here_already_is_not_asked_for(self, client, stand_in):
        OrganisationFactory(business_id=NUMBER)

        page = self.press(client, business_id=NUMBER)

        assert page.redirect_chain[-1][0] == f"/en/partners/join/ask/{NUMBER}/"
        assert stand_in.asked == []

    def test_questions_of_an_hour_are_limited(self, client, stand_in, person, monkeypatch):
        monkeypatch.setattr("partnership.organisations.views.registering.AN_HOUR", 2)

        answers = [self.press(client, business_id=NUMBER).status_code for _time in range(3)]

        assert answers == [200, 200, 429]
        assert Draft.objects.get(user=person).fields["name_fi"] == "Uusi Yhdistys ry"
