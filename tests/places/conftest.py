import shutil

import pytest

from portal.places import reading, services
from portal.places.models import Area, Belonging
from search.models import Change
from tests.databases import Rows


@pytest.fixture(scope="session")
def rows_of_finland():
    return Rows(lambda: services.import_places(reading.read()), Area, Belonging, Change)


@pytest.fixture
def finland(db, rows_of_finland):
    """Every area of the shipped data."""
    rows_of_finland.bring()


@pytest.fixture
def folder(tmp_path):
    """A copy of the shipped files, to be broken."""
    return shutil.copytree(reading.DATA, tmp_path / "data")
