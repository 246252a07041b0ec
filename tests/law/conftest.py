import shutil

import pytest

from portal.law import reading, starter


@pytest.fixture
def the_act(db):
    """The shipped Act with the portal's summaries."""
    starter.load()


@pytest.fixture
def lawyer(enter):
    return enter("lawyer")


@pytest.fixture
def file(tmp_path):
    """A copy of the shipped Act, to be broken."""
    return shutil.copy(reading.SHIPPED, tmp_path / "act.json")
