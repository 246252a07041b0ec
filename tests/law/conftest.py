import shutil

import pytest

from law import parsers, starter
from law.models import Act, Amendment, Chapter, Decree, Section
from search.models import Change
from tests.databases import Rows
from tests.law import invented


@pytest.fixture(scope="session")
def rows_of_the_act():
    return Rows(starter.load, Act, Amendment, Chapter, Section, Decree, Change)


@pytest.fixture
def the_act(db, rows_of_the_act):
    """The shipped Act with the portal's summaries."""
    rows_of_the_act.bring()


@pytest.fixture
def lawyer(enter):
    return enter("lawyer")


@pytest.fixture
def file(tmp_path):
    """A copy of the shipped Act, to be broken."""
    return shutil.copy(parsers.SHIPPED, tmp_path / "act.json")


@pytest.fixture
def standin(settings):
    """A stand-in for Finlex at FINLEX_URL, with an invented act; nobody else is asked anything."""
    with invented.watched(settings) as standin:
        yield standin
