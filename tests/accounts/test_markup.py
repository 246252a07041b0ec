"""What allauth adds to a page stands in its body: a head holds no words and no form."""

import pytest

pytestmark = pytest.mark.django_db


def test_scripts_of_passkeys_and_their_form_stand_in_the_body(client):
    head, body = client.get("/accounts/login/").content.decode().split("</head>")

    assert "<noscript>" not in head
    assert "<form" not in head
    assert "webauthn.js" in body
    assert 'id="mfa_login"' in body


@pytest.mark.parametrize("page", ["signup", "login", "password/reset"])
def test_an_empty_box_holds_no_second_label(client, page):
    main = client.get(f"/accounts/{page}/").content.decode().split("<main")[1]

    assert '<input type="email" name=' in main
    assert "placeholder=" not in main
