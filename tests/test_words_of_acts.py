"""A button, the page that it leads to and the letter about it name an act with the same words."""

from types import SimpleNamespace

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from bs4 import BeautifulSoup
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from partnership.organisations.models import Membership
from tests.factories.accounts import UserFactory
from tests.factories.partnership import InvitationFactory, MembershipFactory

pytestmark = pytest.mark.django_db
LANGUAGES = ["fi", "sv", "en"]


@pytest.fixture
def read(client):
    """`read(name, *selectors)`: the words of the elements of a page, in the active language."""

    def read(name, *selectors, **kwargs):
        language = translation.get_language()
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        answer = client.get(
            reverse(name, kwargs=kwargs), follow=True, headers={"accept-language": language}
        )
        page = BeautifulSoup(answer.content, "html.parser")
        return [" ".join(page.select_one(one).get_text().split()) for one in selectors]

    return read


def subject(letter, **context):
    """The subject of a letter, in the active language."""
    return render_to_string(f"letters/{letter}.subject.txt", context).strip()


@pytest.fixture(params=LANGUAGES)
def language(request):
    with translation.override(request.param):
        yield request.param


def to(name):
    """The link to an address in the main part of a page."""
    return f"main a[href^='{reverse(name)}']"


def test_making_an_account_has_one_name(language, read):
    title, button = read("account_signup", "h1", "main form button")

    assert title == button
    for page in ("account_login", "questions:ask", "organisations:join"):
        assert read(page, to("account_signup")) == [title], page


def test_signing_in_has_one_name(language, read):
    title, button = read("account_login", "h1", "main form button")

    assert title == button
    assert read("account_signup", to("account_login")) == [title]


def test_joining_has_one_name_before_and_after_signing_in(language, read, client):
    (button,) = read("organisations:index", to("organisations:join"))

    assert read("organisations:join", "h1") == [button]
    client.force_login(UserFactory())
    assert read("organisations:join", "h1") == [button]
    assert read("organisations:mine", to("organisations:join")) == [button]


def test_asking_has_one_name_before_and_after_signing_in(language, read, client):
    before = read("questions:ask", "h1")
    client.force_login(UserFactory())

    assert read("questions:ask", "h1") == before


def test_giving_feedback_has_one_name(language, read):
    path = reverse("feedback:form")

    assert read("account_login", f"footer a[href^='{path}']") == read("feedback:form", "h1")


def test_a_forgotten_password_is_chosen_anew_in_letter_and_pages(language, read, client):
    wanted = subject("account/password_reset_key")

    assert read("account_reset_password", "h1") == [wanted]
    assert read("account_reset_password_from_key", "h1", uidb36="1", key="no-key") == [wanted]


def test_the_page_of_a_working_link_has_the_words_of_its_letter(language, client):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    person = UserFactory(language=language)
    key = default_token_generator.make_token(person)
    address = reverse(
        "account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(person), "key": key}
    )
    page = BeautifulSoup(
        client.get(address, follow=True, headers={"accept-language": language}).content,
        "html.parser",
    )

    assert page.h1.text == subject("account/password_reset_key")
    assert page.select_one("main form button").text == page.h1.text


def test_an_invitation_has_one_name_in_letter_and_page(language, client):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    membership = MembershipFactory(status=Membership.Status.ACTIVE)
    person = UserFactory(language=language)
    invitation = InvitationFactory(organisation=membership.organisation, email=person.email)
    client.force_login(person)

    page = client.get(reverse("organisations:invitation", kwargs={"token": invitation.token}))

    said = subject("organisations/invitation", organisation=membership.organisation)
    assert BeautifulSoup(page.content, "html.parser").h1.text == said


def test_following_is_confirmed_in_letter_page_and_button(language):
    """The first word of each is the verb."""
    letter = subject("notices/confirm", title="X")
    page = render_to_string(
        "notices/confirm.html",
        {
            "target": SimpleNamespace(title="X"),
            "frequency": SimpleNamespace(label=""),
            "crumbs": [],
        },
    )
    html = BeautifulSoup(page, "html.parser")

    assert html.title.text.startswith(letter)
    assert html.h1.text.split()[0] == letter.split()[0]
    assert html.select_one("main form button").text == letter.split()[0]
    assert subject("account/email_confirmation").split()[0] == letter.split()[0]
