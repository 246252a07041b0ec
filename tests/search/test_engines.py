"""Elasticsearch that fails, comes back, and is told what it missed."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command

from search import queue
from search.engines import elastic
from search.engines.breaker import Breaker
from search.models import Change, Document
from search.queries import Question, answering, reader, search
from tests.factories.law import SectionFactory
from tests.factories.search import indexed

pytestmark = pytest.mark.django_db


def found(text):
    return search(Question(text), reader(AnonymousUser()), "fi")


def test_breaker_rests_after_a_failure_and_lets_one_try():
    now = [0.0]
    breaker = Breaker(rest=30, clock=lambda: now[0])
    breaker.failed()
    now[0] = 29
    assert not breaker.closed
    now[0] = 30
    assert breaker.closed
    assert not breaker.closed
    breaker.worked()
    assert breaker.closed


def test_a_server_that_is_away_is_replaced_by_the_database_within_a_second(settings):
    indexed("Kunta")
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9/portal"

    first = found("kuntien")

    assert elastic.ANSWER_WITHIN < 1
    assert first.reduced
    assert [each.title for each in first.results] == ["Kunta"]
    assert not elastic.breaker.closed
    assert answering() == "database, elasticsearch is away"


@pytest.mark.elastic
def test_a_server_without_our_index_is_replaced_by_the_database(settings, elasticsearch):
    indexed("Kunta")
    settings.ELASTICSEARCH_URL = elasticsearch + "-other"

    assert found("kunta").reduced
    assert found("kunta").total == 1


@pytest.mark.elastic
def test_changes_reach_the_server_through_the_queue(elasticsearch):
    section = SectionFactory(name_fi="Kunnan tehtävät")

    queue.drain()
    assert found("kunta").total == 1
    section.delete()
    queue.drain()

    assert not Change.objects.exists()
    asked = {"query": {"term": {"kind": "section"}}}
    assert elastic.client().count(index=elastic.alias(), body=asked)["count"] == 0


@pytest.mark.elastic
def test_what_the_server_missed_is_replayed_when_it_is_back(settings, elasticsearch):
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9/portal"
    SectionFactory(name_fi="Kunnan tehtävät")
    queue.drain()
    assert Change.objects.filter(written_at__isnull=False).exists()
    assert found("kunta").total == 1

    settings.ELASTICSEARCH_URL = elasticsearch
    elastic.breaker.worked()
    queue.drain()

    assert not Change.objects.exists()
    again = found("kunta")
    assert (again.total, again.reduced) == (1, False)


@pytest.mark.elastic
def test_the_worker_tells_a_server_that_is_back_everything_in_one_turn(elasticsearch):
    elastic.breaker.failed()
    SectionFactory(), SectionFactory()
    queue.drain()
    assert Change.objects.count() > 1

    elastic.breaker.opened_at -= elastic.breaker.rest
    elastic.replay(at_once=1)

    assert not Change.objects.exists()
    assert elastic.breaker.closed


@pytest.mark.elastic
def test_readyz_notices_the_server_that_is_back_before_anybody_searches(
    client, settings, elasticsearch, monkeypatch
):
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9/portal"
    monkeypatch.setattr(elastic, "ASKED_ANEW", 0)
    assert client.get("/readyz").json()["search"] == "database, elasticsearch is away"

    settings.ELASTICSEARCH_URL = elasticsearch

    assert client.get("/readyz").json()["search"] == "elasticsearch"
    assert elastic.breaker.closed


def test_readyz_asks_a_server_that_hangs_once_in_five_seconds(settings, monkeypatch):
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9/portal"
    elastic.breaker.failed()
    monkeypatch.setattr(elastic, "client", lambda within: pytest.fail("asked again"))

    assert answering() == "database, elasticsearch is away"


@pytest.mark.elastic
def test_every_document_of_the_server_has_an_audience(elasticsearch):
    indexed("Kunta")
    indexed("Kunta salassa", audience="staff")
    elastic.rebuild()

    hits = elastic.client().search(index=elastic.alias(), size=100)["hits"]["hits"]

    assert sorted(hit["_source"]["audience"] for hit in hits) == ["public", "staff"]


@pytest.mark.elastic
def test_a_rebuilt_index_takes_the_place_of_the_old_one(elasticsearch, capsys):
    SectionFactory()
    before = set(elastic.client().indices.get(index=f"{elastic.alias()}-*"))

    call_command("search_index", rebuild=True)

    after = set(elastic.client().indices.get(index=f"{elastic.alias()}-*"))
    assert len(after) == 1
    assert before.isdisjoint(after)
    assert elastic.client().count(index=elastic.alias())["count"] == Document.objects.count()


def test_a_rebuild_without_the_server_says_so_and_leaves_the_database_answering(settings, capsys):
    SectionFactory(name_fi="Kunnan tehtävät")
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9/portal"

    with pytest.raises(CommandError, match="database answers"):
        call_command("search_index", rebuild=True)

    assert found("kunnan tehtävät").results[0].title.endswith("Kunnan tehtävät")
