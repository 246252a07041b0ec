import pytest
from django.core.cache import cache

from tests.factories.accounts import UserFactory


@pytest.fixture
def editor(db):
    return UserFactory(role="editor")


@pytest.fixture(autouse=True)
def nobody_has_sent_yet():
    cache.clear()
