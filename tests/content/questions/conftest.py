import uuid

import pytest

from content.questions import matching
from portal.caching.fragments import cache
from tests.factories.topics import AudienceFactory


@pytest.fixture(autouse=True)
def figures_of_no_other_test():
    """The figures are kept for a minute, and what a test made of them is rolled back."""
    cache.clear()


@pytest.fixture
def asker(enter):
    return enter()


@pytest.fixture
def filled(db):
    AudienceFactory(key="municipality")
    return {
        "key": str(uuid.uuid4()),
        "title": "By when must an assessment be made?",
        "text": "Is it three years from the first permit?",
        "audience": "municipality",
        "language": "en",
        "publishing": "yes",
    }


@pytest.fixture
def nothing_found(monkeypatch):
    monkeypatch.setattr(matching, "matches", lambda *args: [])
