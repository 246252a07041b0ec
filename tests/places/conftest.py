import shutil

import pytest

from portal.places import reading, services


@pytest.fixture
def finland(db):
    """Every area of the shipped data."""
    services.take_in(reading.read())


@pytest.fixture
def folder(tmp_path):
    """A copy of the shipped files, to be broken."""
    return shutil.copytree(reading.DATA, tmp_path / "data")
