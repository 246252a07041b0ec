"""With the right password and no second factor, an account that has one gets in nowhere."""

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import hotp_value, yield_hotp_counters_from_time
from django.contrib.auth.views import LoginView
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse

from tests.factories.accounts import SECRET, UserFactory

pytestmark = pytest.mark.django_db

PASSWORD = "a long enough password"
PRIVATE = ["/cms/", "/cms/pages/", "/accounts/profile/", "/accounts/2fa/", "/cms/account/"]


def sign_in(client, user, path="/accounts/login/"):
    return client.post(path, {"login": user.email, "password": PASSWORD})


def code_text(steps=0):
    """The code of now, or of so many steps of 30 seconds later."""
    _, now, _ = yield_hotp_counters_from_time()
    return f"{hotp_value(SECRET, now + steps):06d}"


@pytest.fixture
def editor():
    return UserFactory(role="editor", password=PASSWORD)


def test_password_alone_leads_to_the_second_step(client, editor):
    response = sign_in(client, editor)

    assert response["Location"] == reverse("mfa_authenticate")


@pytest.mark.parametrize("path", PRIVATE)
def test_password_alone_opens_nothing(client, editor, path):
    sign_in(client, editor)

    response = client.get(path)

    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize(
    "door", ["/cms/login/", "/fi/_util/login/", "/sv/_util/login/", "/en/_util/login/"]
)
def test_wagtails_own_doors_take_no_password(client, editor, door):
    response = client.post(
        door, {"username": editor.email, "password": PASSWORD, "login": editor.email}
    )

    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "place",
    [
        "/fi/_util/authenticate_with_password/1/1/",
        "/en/_util/authenticate_with_password/1/1/",
        "/documents/authenticate_with_password/1/",
    ],
)
def test_shared_passwords_have_no_place(client, place):
    assert client.get(place).status_code == 404
    assert client.post(place, {"password": PASSWORD}).status_code == 404


def test_a_link_signs_nobody_out(client, editor):
    client.force_login(editor)

    assert client.get("/cms/logout/").status_code == 405
    assert client.get("/cms/").status_code == 200

    client.post("/cms/logout/")
    assert client.get("/cms/").status_code == 302


def test_the_app_s_code_opens_cms(client, editor):
    sign_in(client, editor)

    client.post(reverse("mfa_authenticate"), {"code": code_text()})

    assert client.get("/cms/").status_code == 200


def test_wrong_code_opens_nothing(client, editor):
    sign_in(client, editor)

    client.post(reverse("mfa_authenticate"), {"code": "000000"})

    assert client.get("/cms/").status_code == 302


def test_a_new_password_does_not_go_round_the_second_factor(client, editor):
    client.force_login(editor)
    client.logout()
    client.post("/accounts/password/reset/", {"email": editor.email})

    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("path", ["/cms/", "/cms/pages/", "/en/", "/fi/", "/sv/"])
def test_staff_without_one_are_led_to_set_it_up(client, path):
    newcomer = UserFactory(role="lawyer", second_factor=False)
    client.force_login(newcomer)

    response = client.get(path)

    assert response.status_code == 302
    assert response["Location"] == reverse("mfa_index")


def test_staff_without_one_are_let_in_by_demo_mode_which_says_so(client, settings):
    settings.STAFF_NEED_SECOND_FACTOR = False
    newcomer = UserFactory(role="lawyer", second_factor=False)
    client.force_login(newcomer)

    response = client.get("/cms/")

    assert response.status_code == 200
    assert "Demo mode" in response.content.decode()


def test_members_of_the_public_need_none(client):
    client.force_login(UserFactory())

    assert client.get("/accounts/profile/").status_code == 200


def test_cms_is_refused_in_words_to_those_without_a_role(client):
    client.force_login(UserFactory())

    response = client.get("/cms/", follow=True)

    assert response.status_code == 403
    assert "<h1" in response.text


def sign_in_views(patterns, prefix="/"):
    for pattern in patterns:
        here = prefix + str(pattern.pattern).lstrip("^").rstrip("$")
        if isinstance(pattern, URLResolver):
            yield from sign_in_views(pattern.url_patterns, here)
        elif isinstance(pattern, URLPattern):
            view = getattr(pattern.callback, "view_class", None)
            if view and issubclass(view, LoginView):
                yield here


def test_no_other_sign_in_view_can_be_reached():
    reachable = [
        path
        for path in sign_in_views(get_resolver().url_patterns)
        if issubclass(resolve(path).func.view_class, LoginView)
    ]

    assert reachable == []


@pytest.mark.parametrize(("steps", "status"), [(-2, 200), (-1, 302), (0, 302), (1, 302), (2, 200)])
def test_a_code_counts_one_step_before_and_after_its_time(client, editor, steps, status):
    """RFC 6238, section 5.2: a code typed as its 30 seconds end arrives in the next."""
    with time_machine.travel("2026-11-30T12:00:15Z", tick=False):
        sign_in(client, editor)
        response = client.post(reverse("mfa_authenticate"), {"code": code_text(steps)})

    assert response.status_code == status
