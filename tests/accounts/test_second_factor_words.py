"""The pages of the second factor are in our words and in the reader's language."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from bs4 import BeautifulSoup
from django.conf import settings
from django.urls import reverse

from tests.access.test_empty_forms import enter
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
PAGES = [
    *("mfa_index", "mfa_list_webauthn", "mfa_reauthenticate", "mfa_deactivate_totp"),
    *("mfa_view_recovery_codes", "mfa_generate_recovery_codes"),
    *("mfa_edit_webauthn", "mfa_remove_webauthn"),
]
OF_A_KEY = ("mfa_edit_webauthn", "mfa_remove_webauthn")
OTHERS_WORDS = {
    "fi": ["tunnistin", "turva-avai", "Not used", "Määrittelemätön"],
    "sv": ["Not used", "Ospecificerad", "Authenticator"],
    "en": ["two-factor", "unspecified", "are you sure", "authenticator code"],
}


@pytest.fixture
def said(client):
    """`said(name, language, role)`: the pieces of words of the title and main part of a page."""

    def said(name, language, role=None):
        person = UserFactory(role=role, language=language)
        enter(client, person)
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        key = Authenticator.objects.create(
            user=person, type=Authenticator.Type.WEBAUTHN, data={"name": "k", "credential": {}}
        )
        RecoveryCodes.activate(person)
        address = reverse(name, args=[key.pk] if name in OF_A_KEY else [])
        answer = client.get(address, headers={"accept-language": language})
        page = BeautifulSoup(answer.content, "html.parser")
        return {
            " ".join(one.split())
            for one in [page.title.text, *page.main.find_all(string=True)]
            if one.strip()
        }

    return said


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_the_second_factor_has_our_words(said, name, language):
    words = " | ".join(said(name, language, "editor"))

    assert [one for one in OTHERS_WORDS[language] if one.casefold() in words.casefold()] == []
