"""Nothing in /cms/ is English in Finnish and Swedish, and nothing of it is another product's."""

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
    if not path.exists():
        return set()
    return {(one.msgctxt, one.msgid) for one in polib.pofile(str(path)) if one.translated()}


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_every_word_of_wagtail_is_translated(language):
    name = Path(language) / "LC_MESSAGES" / "django.po"
    own = said(BASE_DIR / "locale" / name) | said(BASE_DIR / "locale" / "cms" / name)
    missing = [
        (catalogue.parent.parent.parent.parent.name, one.msgid)
        for catalogue in CATALOGUES
        for one in polib.pofile(str(catalogue))
        if (one.msgctxt, one.msgid) not in own | said(catalogue.parent.parent.parent / name)
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
