"""docs/vocabulary.md names what there is: a name that the code no longer has fails here."""

import re
from pathlib import Path
from pydoc import locate

import pytest
from django.conf import settings

PAGE = Path(settings.BASE_DIR) / "docs" / "vocabulary.md"
ROOMS = ("portal", "law", "monitoring", "partnership", "content", "search")
NAMED = re.findall(r"`([a-z_]+(?:[./]\w+)+)", PAGE.read_text(encoding="utf-8"))
OURS = sorted({name for name in NAMED if re.split("[./]", name)[0] in ROOMS})
# What the log says, which has no place in the code of its own name.
LOGGED = {"law.open", "law.gone"}


def test_the_page_names_something_of_most_rooms():
    assert {re.split("[./]", name)[0] for name in OURS} >= {
        "portal",
        "law",
        "monitoring",
        "content",
    }


@pytest.mark.parametrize("name", [name for name in OURS if name not in LOGGED])
def test_what_the_vocabulary_names_is_there(name):
    if "/" in name:
        assert (Path(settings.BASE_DIR) / name).exists()
    else:
        assert locate(name) is not None
