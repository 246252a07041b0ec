"""The search in the API: what everybody may find, and nothing else."""

import pytest

from tests.factories.search import indexed
from tests.queries import queries_of

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/search"


def test_it_finds_what_the_search_finds_in_the_language_asked_for(client):
    indexed("Kunta & valtio", "fi", kind="news", path="/fi/kunta/", body="Kunnan tehtävät & muut.")
    indexed("Kommun", "sv", path="/sv/kommun/")

    [hit] = client.get(ADDRESS, {"q": "kunnat"}).json()["items"]

    assert (hit["title"], hit["kind"], hit["applies"]) == ("Kunta & valtio", "news", "present")
    assert hit["url"].endswith("/fi/kunta/") and hit["snippet"] == "Kunnan tehtävät & muut."


def test_it_has_pages_and_filters(client):
    for number in range(12):
        indexed(f"Kunta {number}", kind="news" if number < 5 else "guidance")

    page = client.get(ADDRESS, {"q": "kunta", "page": 2}).json()
    assert (len(page["items"]), page["meta"]["total"]) == (2, 12)
    news = client.get(ADDRESS, {"q": "kunta", "kind": "news", "limit": 3}).json()
    assert (len(news["items"]), news["meta"]["total"]) == (3, 5)


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ({"q": "k" * 201}, "q"),
        ({"q": "kunta", "kind": "nothing"}, "kind"),
        ({"q": "kunta", "area": "TA99"}, "area"),
        ({"q": "kunta", "topic": "none"}, "topic"),
        ({"q": "kunta", "page": "9"}, "page"),
        ({"q": "kunta", "limit": "51"}, "limit"),
    ],
)
def test_what_cannot_be_is_named(client, query, parameter):
    indexed("Kunta")

    answer = client.get(ADDRESS, query)

    assert answer.status_code == 400
    assert parameter in [error["parameter"] for error in answer.json()["errors"]]


def test_what_not_everybody_may_find_is_not_there_whoever_asks(admin_client):
    indexed("Kanaria", audience="staff")

    assert admin_client.get(ADDRESS, {"q": "kanaria"}).json()["meta"]["total"] == 0


def test_more_things_cost_no_more_queries(client):
    def cost():
        return queries_of(lambda: client.get(ADDRESS, {"q": "kunta", "limit": 50}))

    for number in range(12):
        indexed(f"Kunta {number}")
    cost()
    few = cost()
    for number in range(12, 30):
        indexed(f"Kunta {number}")
    cost()

    assert cost() <= few
