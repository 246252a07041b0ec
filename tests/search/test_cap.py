"""More documents have the words than are ranked: the best of them are, whenever they were written.

With PROOF_SIZE=full at the size and the limit of production: 20,000 documents, 2,000 candidates.
"""

import os
from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from portal.search_api import Entry
from search import index, queries
from search.queries import Question, reader, search
from tests.factories.search import indexed

pytestmark = pytest.mark.django_db
FULL = os.environ.get("PROOF_SIZE") == "full"
MANY = 20_000 if FULL else 12


@pytest.fixture(autouse=True)
def few_candidates(monkeypatch):
    if not FULL:
        monkeypatch.setattr(queries, "CAP", 5)
        monkeypatch.setattr(queries.Engines.candidates, "__defaults__", (5,))


def written(number=MANY, language="fi", **fields):
    """So many documents that say “Helsinki” in passing."""
    for first in range(0, number, 1000):
        index.write(
            Entry(
                kind="guidance",
                key=f"many{each}",
                language=language,
                title=f"Toinen {each}",
                path=f"/{language}/many{each}/",
                **{"body": "Helsinki mainitaan ohimennen.", **fields},
            )
            for each in range(first, min(first + 1000, number))
        )


def first(language="fi"):
    found = search(Question("helsinki"), reader(AnonymousUser()), language)
    assert found.capped
    return found.results[0].title


def test_the_best_page_is_a_candidate_though_it_is_the_newest(reindexed):
    written()
    indexed("Uusi", body="Helsinki. Helsinki. Helsinki.")
    reindexed()

    assert first() == "Uusi"


def test_weight_counts_when_the_best_are_chosen(reindexed):
    written()
    indexed("Toinen ohje", body="Helsinki mainitaan ohimennen.", boost=3)
    reindexed()

    assert first() == "Toinen ohje"


def test_a_page_in_the_readers_language_is_a_candidate(reindexed):
    written(body="Helsinki. Helsinki. Helsinki.")
    indexed("Sidan", language="sv", body="Helsinki nämns bara i förbigående.", boost=0.8)
    reindexed()

    assert first("sv") == "Sidan"


def test_what_holds_is_a_candidate_before_what_held(reindexed):
    written(body="Helsinki. Helsinki. Helsinki.", holds_to=date(2020, 1, 1))
    indexed("Uusi", body="Helsinki mainitaan ohimennen.", boost=0.8)
    reindexed()

    assert first() == "Uusi"
