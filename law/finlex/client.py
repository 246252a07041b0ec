"""What Finlex's open data gives out: acts as given, consolidated versions, and lists of both.

One request each. Every function raises CouldNotFetchError, also for an answer with nothing in it:
that says nothing of the law, least of all that it was repealed.
"""

import json
import re
from collections.abc import Callable
from datetime import date
from typing import NamedTuple
from urllib.parse import urlencode

from django.conf import settings

from portal.outbound import Answer, CouldNotFetchError, NotThereError, Outbound

LANGUAGES = {"fi": "fin", "sv": "swe"}
LATEST = "latest"
A_PAGE = 10  # the longest that is given out
ONE = re.compile(r"/akn/fi/act/statute(?:-consolidated)?/(\d{4})/(\d{1,4})/(fin|swe)@(\d{8})?$")


class Listed(NamedTuple):
    """A row of a list: an act, in a language, and its version where it is a consolidated text."""

    number: int
    year: int
    language: str
    version: str


class Finlex:
    """The open data at FINLEX_URL; at most `most` requests, a second apart.

    `contact` and `url` stand for the settings of their names where a run has its own; `allowed` is
    asked before each request.
    """

    def __init__(
        self,
        most: int,
        *,
        contact: str = "",
        url: str = "",
        allowed: Callable[[], bool] = lambda: True,
    ) -> None:
        self.outbound = Outbound(
            url or settings.FINLEX_URL,
            contact or settings.FINLEX_CONTACT,
            most=most,
            pause=settings.FINLEX_PAUSE_SECONDS,
            allowed=allowed,
        )

    def statute(self, address: str, etag: str = "") -> Answer:
        """The XML at an address of `original_at` or `consolidated_at`."""
        answer = self.outbound.get(address, accept="application/xml", etag=etag)
        if not answer.unchanged and "<akomaNtoso" not in answer.text:
            raise NotThereError(address, "the answer has nothing in it")
        return answer

    def amending_acts(self, words: str, since: date, until: date) -> list[Listed]:
        """Amending acts published since a day whose Finnish title has these words."""
        return self._list(
            "akn/fi/act/statute/list",
            categoryStatute="amending-statute",
            titleContains=words,
            publishedSince=f"{since}T00:00:00Z",
            startYear=since.year,
            endYear=until.year,
            langAndVersion="fin@",
        )

    def versions(self, number: int, year: int) -> list[Listed]:
        """The consolidated versions that there are of an act, in every language."""
        rows = self._list(
            "akn/fi/act/statute-consolidated/list",
            documentNumber=number,
            startYear=year,
            endYear=year,
        )
        return [one for one in rows if (one.number, one.year) == (number, year) and one.version]

    def _list(self, path: str, **asked: str | int) -> list[Listed]:
        rows: list[Listed] = []
        page = 1
        while True:
            query = urlencode({"format": "json", "page": page, "limit": A_PAGE, **asked})
            answer = self.outbound.get(f"{path}?{query}", accept="application/json")
            try:
                found = json.loads(answer.text)
                uris = [one["akn_uri"] for one in found]
            except (ValueError, TypeError, KeyError) as error:
                raise CouldNotFetchError(path, "the list cannot be read") from error
            for uri in uris:
                if match := ONE.search(str(uri)):
                    year, number, language, version = match.groups()
                    rows.append(Listed(int(number), int(year), _code(language), version or ""))
            if len(uris) < A_PAGE:
                return rows
            page += 1


def original_at(number: int, year: int, language: str) -> str:
    """Where the act is as it was given, below FINLEX_URL."""
    return f"akn/fi/act/statute/{year}/{number}/{LANGUAGES[language]}@"


def consolidated_at(number: int, year: int, language: str, version: str = LATEST) -> str:
    """Where a consolidated version is, below FINLEX_URL; without a version that would be any."""
    if not version:
        raise ValueError("a consolidated text is never asked for without its version")
    return f"akn/fi/act/statute-consolidated/{year}/{number}/{LANGUAGES[language]}@{version}"


def _code(language: str) -> str:
    return next(code for code, name in LANGUAGES.items() if name == language)
