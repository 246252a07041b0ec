"""What the addresses of the matrix are filled with."""

import importlib
import pkgutil

import pytest

from tests.access import worlds


@pytest.fixture
def world(people):
    """The rows that the lines name; `people` gets those who act for organisations."""
    values = {}
    for module in pkgutil.iter_modules(worlds.__path__):
        more = importlib.import_module(f"{worlds.__name__}.{module.name}").build(people)
        assert not values.keys() & more.keys(), f"{module.name} names what another one has named"
        values |= more
    for role in ("org_owner", "org_member", "other_org_owner"):
        people.setdefault(role, people["member"])
    return values
