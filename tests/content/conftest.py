import pytest

from portal.caching.fragments import cache


@pytest.fixture(autouse=True)
def nothing_kept():
    """Fragments of one test's pages are not another's."""
    cache.clear()


@pytest.fixture
def editor(people, client):
    client.force_login(people["editor"])
    return people["editor"]
