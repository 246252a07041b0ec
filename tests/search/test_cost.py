"""What a search asks of the database, and what it keeps: nothing that can be out of date."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from law.impact_reviews import with_open_reviews
from search import queries
from search.engines import Filters, embedded
from search.models import PUBLIC
from search.queries import Question, reader, search
from tests.factories.search import indexed
from tests.factories.topics import TopicFactory

pytestmark = pytest.mark.django_db


def found(text, **chosen):
    return search(Question(text), reader(AnonymousUser(), **chosen), "fi")


def statements_of(event):
    with CaptureQueriesContext(
        connection,
    ) as captured:
        event()
    return [query["sql"] for query in captured]


def test_few_candidates_are_not_put_into_an_order_and_many_are():
    for number in range(3):
        indexed(f"Kunta {number}")
    engine, filters = embedded.embedded(), Filters(audiences=[PUBLIC], own="fi")
    match = Question("kunta").match

    few = statements_of(lambda: engine.candidates(match, filters, 3))
    many = statements_of(lambda: engine.candidates(match, filters, 2))

    assert [("ORDER BY" in statement) for statement in few] == [False]
    assert [("ORDER BY" in statement) for statement in many] == [False, True]
    assert len(engine.candidates(match, filters, 2)) == 2


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the plan of SQLite")
@pytest.mark.parametrize("ordered", [False, True])
def test_sqlite_looks_the_words_up_first_and_once(ordered):
    indexed("Kunta")
    engine, filters = embedded.embedded(), Filters(audiences=[PUBLIC], own="fi")
    match = Question("kunta").match
    [statement] = statements_of(lambda: engine._found(match, filters, 10, in_order=ordered))

    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {statement}")
        plan = [row[3] for row in cursor.fetchall()]

    assert plan[0].startswith("SCAN search_words VIRTUAL TABLE")
    assert plan[1].startswith("SEARCH d USING INTEGER PRIMARY KEY")


def test_a_thing_counts_once_for_a_choice_whatever_its_documents_have():
    indexed("Kunta", "fi", thing="page:1", topics=["TA01", "TA02"], areas=["MK01"])
    indexed("Kunta", "sv", thing="page:1", topics=["TA02"], areas=["MK01"])
    indexed("Kunta", "fi", thing="page:2", topics=["TA02"])

    facets = found("kunta").facets

    assert facets["topic"] == {"TA01": 1, "TA02": 2}
    assert facets["area"] == {"MK01": 1}
    assert facets["language"] == {"fi": 2, "sv": 1}


def test_who_waits_to_be_checked_is_asked_once_in_a_version(monkeypatch):
    asked = []
    monkeypatch.setattr(
        queries, "with_open_reviews", lambda pairs: asked.append(pairs) or with_open_reviews(pairs)
    )
    indexed("Kunta")

    found("kunta")
    found("kunta")
    assert len(asked) == 1

    TopicFactory()
    found("kunta")
    assert len(asked) == 2


def test_a_page_of_results_is_read_with_one_query_of_few_columns():
    for number in range(12):
        indexed(f"Kunta {number}", body="Kunnan tehtävät")
    found("kunta")

    read = [sql for sql in statements_of(lambda: found("kunta")) if "search_text w" in sql]

    assert len(read) == (2 if connection.vendor == "postgresql" else 1)
    assert "body_terms" not in read[-1]
