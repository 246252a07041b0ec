"""Spaces as people set them: none before a comma, none inside brackets."""

import re

_BEFORE = re.compile(r"\s+(?=[.,;:](?:[\s)]|$)|\))")
_AFTER = re.compile(r"(?<=\()\s+")


def tidied(words: str) -> str:
    """Words with single spaces, and none where Finnish and Swedish have none."""
    return _AFTER.sub("", _BEFORE.sub("", " ".join(words.split())))
