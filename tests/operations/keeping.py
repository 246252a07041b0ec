"""What tests of whole answers share: that answers are kept, and which were made."""

import pytest

from portal import page_cache
from portal.page_cache import answers

ROOM = 4_000_000


@pytest.fixture
def keeping(settings):
    """Answers are kept in these tests, and none of another test's."""
    settings.KEPT_ANSWERS_BYTES = ROOM
    answers.clear()
    yield
    answers.clear()


@pytest.fixture
def rendered(monkeypatch):
    """The addresses of the answers that were made and kept since the test began."""
    made = []
    keep = page_cache.Answers.put

    def noted(self, key, answer, room):
        made.append(key)
        keep(self, key, answer, room)

    monkeypatch.setattr(page_cache.Answers, "put", noted)
    return made


def body(response):
    return response.content.decode()
