"""What the API offers: each room names its router once, in its resources.py."""

from dataclasses import dataclass

from portal.resources import having


@dataclass(frozen=True)
class OpenData:
    """What a resource can do that has a part in the API.

    `word` is the first part of its addresses (/api/v1/law/…) and its heading on the page about the
    API, `router` the dotted name of its router, whose operations follow docs/api.md. `order` places
    it among the others.
    """

    word: str
    router: str
    order: int = 100


def routers() -> list[tuple[str, str]]:
    """The words with their routers, in order."""
    parts = sorted(having(OpenData).values(), key=lambda part: part.order)
    return [(part.word, part.router) for part in parts]
