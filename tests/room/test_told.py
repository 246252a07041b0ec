"""docs/developer.md tells this room step by step: the lines that it quotes are the room's own."""

import re

import pytest
from django.conf import settings

PAGE = (settings.BASE_DIR / "docs" / "developer.md").read_text()
QUOTED = re.findall(r"```python\n\s*# (tests/room/\S+)\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize(("file", "lines"), QUOTED, ids=[file for file, _lines in QUOTED])
def test_what_is_quoted_stands_in_the_file_in_this_order(file, lines):
    rest = [line.strip() for line in (settings.BASE_DIR / file).read_text().splitlines()]
    for line in filter(None, map(str.strip, lines.splitlines())):
        assert line in rest, line
        rest = rest[rest.index(line) + 1 :]


def test_something_is_quoted():
    assert len(QUOTED) >= 5
