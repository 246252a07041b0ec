"""Whole answers from memory: the same as new ones, for whom they are meant, and never too old."""

import re
import subprocess
import sys
import threading

import pytest
from django.contrib import messages
from django.db import connection
from django.http import HttpResponse, QueryDict, StreamingHttpResponse
from django.middleware.csrf import get_token
from django.test import Client
from django.test.utils import CaptureQueriesContext

from content.pages.models import GuidanceArticlePage
from portal import page_cache
from portal.caching.cache_version import never_shown
from portal.page_cache import KeptHeaders
from portal.settings import BASE_DIR
from tests.at_once import at_once
from tests.factories.accounts import UserFactory
from tests.factories.content import NewsFactory
from tests.factories.law import SectionFactory
from tests.factories.partnership import MembershipFactory
from tests.operations.keeping import ROOM, body

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keeping")]


def test_the_second_reader_gets_the_first_ones_answer_with_one_query(
    client, rendered, django_assert_num_queries
):
    first = client.get("/en/")

    with django_assert_num_queries(1):
        second = Client().get("/en/")

    assert len(rendered) == 1
    assert second.content == first.content
    ids = {"X-Request-ID"}
    assert {k: v for k, v in first.headers.items() if k not in ids} == {
        k: v for k, v in second.headers.items() if k not in ids
    }
    assert "default-src 'none'" in second["Content-Security-Policy"]
    assert first["X-Request-ID"] != second["X-Request-ID"]


def test_what_one_reader_is_told_besides_is_not_told_to_the_next(client):
    client.get("/en/")
    second = client.get("/en/")
    second.headers["X-Own"] = "for one"
    del second.headers["ETag"]

    third = client.get("/en/")

    assert "X-Own" not in third.headers
    assert "ETag" in third.headers


def test_compressed_and_plain_are_two_answers(client, rendered):
    packed = {"accept-encoding": "gzip"}
    client.get("/en/", headers=packed)
    plain = client.get("/en/")
    again = client.get("/en/", headers=packed)

    assert again["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain
    assert plain["ETag"] == again["ETag"]
    assert len(rendered) == 2


def test_who_has_the_answer_already_is_told_so(client):
    tag = client.get("/en/")["ETag"]

    response = client.get("/en/", headers={"if-none-match": tag})

    assert (response.status_code, response.content) == (304, b"")
    assert response["ETag"] == tag
    assert "Content-Security-Policy" in response
    assert client.get("/en/", headers={"if-none-match": '"other"'}).status_code == 200


def test_head_has_the_headers_of_get_and_keeps_nothing(client, rendered):
    assert client.head("/en/").status_code == 200
    assert rendered == []

    got = client.get("/en/")
    assert client.head("/en/")["ETag"] == got["ETag"]


PUBLISH = """
from tests.factories.content import NewsFactory
NewsFactory(title="Canary", slug="canary")
"""


@pytest.mark.django_db(transaction=True)
def test_what_another_process_publishes_shows_with_the_next_request(client, test_database):
    client.get("/en/news/")
    assert "Canary" not in body(client.get("/en/news/"))

    subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", PUBLISH],
        cwd=BASE_DIR,
        env=test_database.environment(),
        check=True,
    )

    assert "Canary" in body(client.get("/en/news/"))


@pytest.mark.django_db(transaction=True)
def test_an_answer_of_before_is_not_kept_as_one_of_after(client, monkeypatch):
    """A change is committed while an answer is being made from what was read before it."""
    client.get("/en/news/")
    NewsFactory(title="First")
    put = page_cache.Answers.put

    def slow(self, key, answer, room):
        monkeypatch.setattr(page_cache.Answers, "put", put)
        NewsFactory(title="Canary")
        put(self, key, answer, room)

    monkeypatch.setattr(page_cache.Answers, "put", slow)
    assert "Canary" not in body(client.get("/en/news/"))

    assert "Canary" in body(client.get("/en/news/"))


class TestParameters:
    def test_one_that_the_view_does_not_read_makes_no_new_answer(self, client, rendered):
        plain = client.get("/en/law/")
        others = [client.get(f"/en/law/?utm_source={word}") for word in ("a", "<b>", "")]

        assert {other.content for other in others} == {plain.content}
        assert len(rendered) == 1

    def test_the_first_ones_unread_parameter_is_not_shown_to_others(self, client):
        assert "canary" not in body(client.get("/en/law/?utm_source=canary"))
        assert "canary" not in body(client.get("/en/law/"))

    def test_those_that_it_reads_do_in_whatever_order(self, client, rendered):
        for number in range(21):
            MembershipFactory(status="active", organisation__kind="association" if number else "")
        one = client.get("/en/partners/?kind=association&page=1")
        two = client.get("/en/partners/?page=1&kind=association&x=1")
        three = client.get("/en/partners/?page=1")

        assert one.content == two.content
        assert one.content != three.content
        assert len(rendered) == 2

    @pytest.mark.parametrize(
        "path", ["/en/partners/?q=a", "/en/areas/?q=a", "/en/glossary/?q=a", "/en/search/?q=a"]
    )
    def test_a_search_is_not_kept(self, path, client, rendered):
        assert client.get(path).status_code == 200
        assert rendered == []

    @pytest.mark.parametrize("query", ["x=%ff", "x=%00", "page=%ff"])
    def test_junk_is_refused_with_an_answer_in_memory(self, query, client):
        client.get("/en/law/")

        assert client.get(f"/en/law/?{query}").status_code == 400

    def test_a_redirect_keeps_the_query(self, client):
        SectionFactory(number="32a")

        response = client.get("/en/law/681-2023/32A/?utm_source=letter")

        assert response["Location"].endswith("/32a/?utm_source=letter")

    def test_languages_are_apart(self, client):
        pages = [body(client.get(f"/{language}/")) for language in ("fi", "sv", "en")]

        assert [re.search(r'<html lang="(\w+)"', page)[1] for page in pages] == ["fi", "sv", "en"]


class TestNeverKept:
    def test_signed_in_readers_get_their_own(self, client, rendered):
        member = UserFactory(first_name="Canary")
        client.force_login(member)
        assert "Canary" in body(client.get("/en/"))
        assert rendered == []

        assert "Canary" not in body(Client().get("/en/"))
        assert "Canary" in body(client.get("/en/"))
        assert "no-store" in client.get("/en/")["Cache-Control"]

    @pytest.mark.parametrize("path", ["/en/nowhere/", "/en/partners/?kind=none", "/en/law/1-2/"])
    def test_refusals(self, path, client, rendered):
        assert client.get(path).status_code >= 400
        assert rendered == []

    @pytest.mark.parametrize("path", ["/en/about/feedback/", "/accounts/login/", "/", "/livez"])
    def test_forms_and_what_has_not_declared_itself(self, path, client, rendered):
        client.get(path)
        assert rendered == []

    def test_posts(self, client, rendered):
        client.post("/en/")
        assert rendered == []

    def test_requests_with_credentials(self, client, rendered):
        client.get("/en/", headers={"authorization": "Bearer canary"})
        assert rendered == []

    def test_a_foreign_host_is_refused_with_an_answer_in_memory(self, client):
        client.get("/en/")
        assert client.get("/en/", headers={"host": "example.com"}).status_code == 400

    def test_a_waiting_message_is_shown_to_its_reader_alone(self, client, rendered):
        client.cookies["messages"] = "canary"
        client.get("/en/")
        assert rendered == []

    @pytest.mark.parametrize("cookie", ["csrf", "__Host-csrf", "language", "other"])
    def test_other_cookies_make_no_difference(self, cookie, client):
        plain = client.get("/en/").content
        client.cookies[cookie] = "canary"
        assert client.get("/en/").content == plain

    @pytest.mark.parametrize(
        "answer",
        [
            lambda request: HttpResponse(get_token(request)),
            lambda request: messages.info(request, "canary") or HttpResponse("x"),
            lambda request: StreamingHttpResponse(["x"]),
            lambda request: HttpResponse("x", headers={"Cache-Control": "private"}),
            lambda request: HttpResponse("x", headers={"Vary": "Accept-Language"}),
            lambda request: HttpResponse("x", status=201),
        ],
        ids=["token", "message", "stream", "private", "varies", "not 200"],
    )
    @pytest.mark.parametrize("cookie", ["", "csrf", "__Host-csrf"])
    def test_answers_for_one_reader(self, cookie, answer, client, rendered, monkeypatch):
        monkeypatch.setattr(
            "content.pages.views.pages.serve", lambda request, path: answer(request)
        )
        if cookie:
            client.cookies[cookie] = "a" * 32
        client.get("/en/").close()
        assert rendered == []


def test_off_by_its_setting(client, settings, rendered):
    settings.KEPT_ANSWERS_BYTES = 0

    assert "ETag" not in client.get("/en/")
    assert rendered == []


def test_memory_is_bounded_and_the_least_used_leave_first():
    store = page_cache.Answers()
    answer = page_cache.Answer(b"x" * 8000, KeptHeaders({}))
    for key in ("a", "b", "c"):
        store.put(key, answer, 3 * answer.size)
    store.get("a")
    store.put("d", answer, 3 * answer.size)

    assert store.get("b") is None
    assert all(store.get(key) for key in ("a", "c", "d"))
    assert store.size == 3 * answer.size

    store.put("big", page_cache.Answer(b"x" * 100_000, KeptHeaders({})), 3 * answer.size)
    assert (store.size, store.get("big")) == (0, None)


def test_one_thread_makes_an_answer_and_the_others_wait():
    store, making, made = page_cache.Answers(), threading.Event(), []

    def reader():
        with store.one_maker("key"):
            if not store.get("key"):
                making.wait(0.2)
                made.append("key")
                store.put("key", page_cache.Answer(b"x", KeptHeaders({})), ROOM)

    at_once(reader, reader, reader)

    assert made == ["key"]
    assert store.being_made == {}


@pytest.fixture
def addresses(starter_site):
    """Addresses of every kind that the starter content has, from the site map and beside it."""
    found = re.findall(r"<loc>https?://[^/]+(/en/[^<]*)</loc>", body(Client().get("/sitemap.xml")))
    kinds = {}
    for path in found:
        parameters = page_cache.parameters_of(path)
        if parameters is not None:
            kinds.setdefault((path.split("/")[2], path.count("/"), parameters), path)
    article = GuidanceArticlePage.objects.live().filter(locale__language_code="en").first()
    return [
        *kinds.values(),
        f"{article.url_path}history/",
        f"{article.url_path}history/1/",
        "/en/law/681-2023/14/inline/",
    ]


class TestEveryKindOfPage:
    def test_shows_only_what_makes_a_new_edition_when_it_changes(self, addresses, client):
        made_on_showing = {"media_rendition"}
        assert len(addresses) > 10
        for path in addresses:
            with CaptureQueriesContext(connection) as captured:
                assert client.get(path).status_code == 200, path
            words = " ".join(query["sql"] for query in captured)
            tables = set(re.findall(r'(?:FROM|JOIN) "?(\w+)', words))
            assert tables & never_shown() - made_on_showing <= {"running_edition"}, path

    def test_reads_no_parameter_that_it_has_not_declared(self, addresses, client, monkeypatch):
        asked = set()

        class Noting(QueryDict):
            def __getitem__(self, name):
                asked.add(name)
                return super().__getitem__(name)

            def __contains__(self, name):
                asked.add(name)
                return super().__contains__(name)

            def getlist(self, name, default=None):
                asked.add(name)
                return super().getlist(name, default)

        monkeypatch.setattr("django.core.handlers.wsgi.QueryDict", Noting)
        for path in addresses:
            asked.clear()
            client.get(path)
            declared = page_cache.parameters_of(path)
            assert asked - {"page"} <= declared.read | declared.sought, path

    def test_is_kept(self, addresses, client, rendered):
        for number, path in enumerate(addresses, start=1):
            client.get(path)
            assert len(rendered) == number, path


def test_a_kept_answer_opens_no_connection():
    """Opening one costs twenty times what the answer does; Django's default closes it each time."""
    assert connection.settings_dict["CONN_MAX_AGE"] > 0
