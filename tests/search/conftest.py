import pytest

from portal.caching import memory
from search.engines import elastic
from tests import services


@pytest.fixture(autouse=True)
def fresh_breaker(monkeypatch):
    """What one test did to Elasticsearch is not held against it in the next."""
    monkeypatch.setattr(elastic.breaker, "opened_at", None)
    monkeypatch.setattr(elastic.breaker, "told_at", None)


@pytest.fixture(autouse=True)
def fresh_memory():
    """How many documents there were in one test is not believed in the next."""
    memory.forget()


@pytest.fixture
def elasticsearch(settings, worker_id, db):
    """An Elasticsearch with an index of its own for this process, as ELASTICSEARCH_URL."""
    settings.ELASTICSEARCH_URL = f"{services.elasticsearch()}/test-{worker_id}"
    elastic.rebuild()
    yield settings.ELASTICSEARCH_URL
    indices = elastic.client(within=10).indices
    indices.delete(index=list(indices.get(index=f"test-{worker_id}-search-*")))


@pytest.fixture(params=["database", pytest.param("elastic", marks=pytest.mark.elastic)])
def reindexed(request, db):
    """Call it when the documents are made: then the engine under test knows them."""
    if request.param == "elastic":
        request.getfixturevalue("elasticsearch")
        return elastic.rebuild
    return lambda: None
