"""The account pages speak as the rest of the site: in sentences, and in one word for a thing."""

import re

import pytest

from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db

OPEN = [
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/password/reset/key/1-not-a-key/",
    "/accounts/confirm-email/",
    "/accounts/confirm-email/not-a-key/",
    "/accounts/inactive/",
    "/accounts/3rdparty/login/cancelled/",
]
SIGNED_IN = [
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/reauthenticate/",
    "/accounts/logout/",
    "/accounts/2fa/",
    "/accounts/3rdparty/",
]
NAMES = re.compile(r"Helsinki|JavaScript|Integration (Act|portal)|Demo|Example Person \d+")
NOT_OURS = {
    "en": re.compile(r"(?<!-)\bemail\b|token|verif", re.IGNORECASE),
    "sv": re.compile(r"\bepost|\bmail|vänligen", re.IGNORECASE),
    "fi": re.compile(r"turva-avain|klikkaa|passkey", re.IGNORECASE),
}


def words_of(page):
    """What is read on the page's own part, piece by piece."""
    main = re.search(r"<main.*?</main>", page, re.DOTALL)[0]
    main = re.sub(r"<(script|template|style).*?</\1>", "", main, flags=re.DOTALL)
    pieces = (" ".join(piece.split()) for piece in re.split(r"<[^>]+>", main))
    return [piece for piece in pieces if piece]


@pytest.mark.parametrize("language", NOT_OURS)
@pytest.mark.parametrize("path", OPEN + SIGNED_IN)
def test_account_pages_are_in_our_words(path, language, client):
    if path in SIGNED_IN:
        client.force_login(UserFactory(language=language, email="reader@example.org"))

    page = client.get(path, headers={"accept-language": language}).text

    for piece in words_of(page):
        piece = NAMES.sub("", piece)
        assert not NOT_OURS[language].search(piece), piece
        if language == "en" and "@" not in piece:
            inside = re.findall(r"(?<![.?!:] )(?<!^)\b[A-Z][a-z]+", piece)
            assert not inside, f"not a sentence: {piece}"
