"""The Nu Html Checker finds no error in any page of the crawl, in three languages."""

import json
import subprocess

import pytest

from portal.languages import LANGUAGES
from tests import services
from tests.factories.accounts import UserFactory

from .test_accessibility import open_to_all, signed_in, without_language

pytestmark = [pytest.mark.nu, pytest.mark.django_db(transaction=True)]

LET_PASS = "CSS:"  # what styles may say is the stylesheets' own matter


def said(folder):
    """What the checker says of the files in a folder: (file, line, message) each."""
    command = ["java", "-Xss2m", "-jar", services.nu(), "--errors-only", "--format", "json"]
    done = subprocess.run([*command, str(folder)], capture_output=True, text=True)
    return [
        (each["url"].rsplit("/", 1)[-1], each.get("lastLine"), each["message"])
        for each in json.loads(done.stderr)["messages"]
        if not each["message"].startswith(LET_PASS)
    ]


@pytest.mark.timeout(600)
def test_nothing_is_found_in_any_page(client, starter_site, tmp_path):
    places = {}

    def keep(addresses, language):
        client.cookies["language"] = language
        for address in addresses:
            response = client.get(address)
            if response.headers.get("Content-Type", "").startswith("text/html"):
                name = f"{len(places):03}.html"
                places[name] = f"{language} {address}"
                (tmp_path / name).write_bytes(response.content)

    for language in LANGUAGES:
        client.logout()
        keep([*open_to_all(language), *without_language()], language)
        client.force_login(UserFactory(is_superuser=True, language=language))
        keep(signed_in(language), language)

    assert len(places) > 100
    assert [(places[name], *rest) for name, *rest in said(tmp_path)] == []
