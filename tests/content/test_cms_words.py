"""Nothing in /cms/ is English in Finnish and Swedish, and nothing of it is another product's."""

import gettext
from pathlib import Path

import polib
import pytest
import wagtail
import wagtail_localize
from bs4 import BeautifulSoup
from django.urls import reverse

from portal.settings import BASE_DIR
from tests.factories.accounts import UserFactory

LIBRARIES = [Path(wagtail.__file__).parent, Path(wagtail_localize.__file__).parent]
NOT_HERE = {  # apps of Wagtail that the portal does not install
    "forms",
    "frontend_cache",
    "modeladmin",
    "routable_page",
    "search_promotions",
    "simple_translation",
    "styleguide",
    "table_block",
}
CATALOGUES = sorted(
    each
    for library in LIBRARIES
    for each in library.glob("**/locale/en/LC_MESSAGES/django.po")
    if not NOT_HERE.intersection(each.parts)
)


def said(path):
    """What a compiled catalogue translates, as (context, msgid)."""
    if not path.exists():
        return set()
    with path.open("rb") as file:
        keys = gettext.GNUTranslations(file)._catalog
    words = {key[0] if isinstance(key, tuple) else key for key in keys}
    return {tuple(word.split("\4", 1)) if "\4" in word else (None, word) for word in words}


@pytest.fixture(scope="module")
def english():
    """Every string of the libraries, by its catalogue."""
    return {
        catalogue: [(one.msgctxt, one.msgid) for one in polib.pofile(str(catalogue))]
        for catalogue in CATALOGUES
    }


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_every_word_of_wagtail_is_translated(language, english):
    name = Path(language) / "LC_MESSAGES" / "django.mo"
    own = said(BASE_DIR / "locale" / name) | said(BASE_DIR / "locale" / "cms" / name)
    missing = [
        (catalogue.parent.parent.parent.parent.name, word)
        for catalogue, words in english.items()
        for word in {*words} - own - said(catalogue.parent.parent.parent / name)
    ]

    assert len(CATALOGUES) > 10
    assert missing == []


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "waits"), [("fi", "Mikä odottaa minua"), ("sv", "väntar")])
def test_the_first_page_is_the_portals_own(client, language, waits):
    client.force_login(UserFactory(role="editor", language=language))

    page = client.get(reverse("wagtailadmin_home")).content.decode()

    soup = BeautifulSoup(page, "html.parser")
    for unseen in soup(["script", "noscript", "template"]):
        unseen.decompose()
    shown = soup.get_text(" ")
    assert waits in shown
    assert "Wagtail" not in shown and "Search" not in shown
    assert "releases.wagtail.org" not in page and "guide.wagtail" not in page
