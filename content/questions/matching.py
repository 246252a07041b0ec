"""What may answer a question before it is sent: answers, guidance and sections of the law."""

import re
from collections import Counter
from collections.abc import Iterable

from django.core import signing
from django.utils.translation import gettext as _

from law.citations import cited
from law.models import Section
from portal import search_api
from portal.languages import in_language
from portal.search_api import Found

from .validity import KIND

KINDS = (KIND, "guidance", "section")
MOST = 6
OF_A_WORD = 12  # one word by itself orders what it finds only roughly
SALT = "questions.match"
_WORD = re.compile(r"[^\W\d_]{4,}(?:-[^\W\d_]+)*")


def matches(title: str, text: str, language: str, user) -> list[Found]:
    """At most six things that `user` may see and that may answer the question, best first.

    Sections that are named by their number come first. The search wants all the words that it is
    given; so it is asked for the title as it stands, and then for its longest words one by one:
    what has more of them comes before what has fewer.
    """
    found: dict[str, Found] = {one.url: one for one in named_sections(f"{title}\n{text}", language)}
    for one in search_api.find(title, KINDS, language, user, MOST):
        found.setdefault(one.url, one)
    if len(found) < MOST:
        for one in _by_words(title or text, language, user):
            found.setdefault(one.url, one)
    return [one for one in found.values() if one.language == language][:MOST]


def named_sections(text: str, language: str) -> list[Found]:
    """The sections of the Integration Act that the text names by their number, in force."""
    numbers = set(cited(text))
    if not numbers:
        return []
    sections = Section.objects.real().in_force().filter(number__in=numbers)
    sections = sections.select_related("act")[:MOST]
    with in_language(language):
        return [
            Found(
                "section",
                _("%(section)s: %(heading)s")
                % {"section": one.label[:1].upper() + one.label[1:], "heading": one.name},
                one.get_absolute_url(),
                "",
                language,
            )
            for one in sections
        ]


def _by_words(text: str, language: str, user) -> list[Found]:
    words = sorted(set(map(str.casefold, _WORD.findall(text))), key=lambda word: (-len(word), word))
    hits: Counter[str] = Counter()
    seen: dict[str, Found] = {}
    for word in words[:5]:
        for place, one in enumerate(search_api.find(word, KINDS, language, user, OF_A_WORD)):
            seen.setdefault(one.url, one)
            hits[one.url] += 2 * OF_A_WORD - place
    wanted = 2 if len(words) > 1 else 1  # one common word among many is no match
    return [seen[url] for url, score in hits.most_common() if score > 2 * OF_A_WORD * (wanted - 1)]


def signed(found: Iterable[Found]) -> list[tuple[Found, str]]:
    """Each with a token by which a reader says that it was the answer."""
    return [
        (one, signing.dumps([one.kind, one.title, one.url, one.language], salt=SALT, compress=True))
        for one in found
    ]


def of_token(token: str) -> Found:
    """What a token was made for. Raises signing.BadSignature for one that we did not make."""
    kind, title, url, language = signing.loads(token, salt=SALT)
    return Found(kind, title, url, "", language)
