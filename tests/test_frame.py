import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("header", "home"), [("sv-FI,sv;q=0.9", "/sv/"), ("en", "/en/"), ("de", "/fi/"), ("", "/fi/")]
)
def test_bare_address_leads_to_the_language_of_the_browser(client, header, home):
    response = client.get("/", headers={"accept-language": header})

    assert response.status_code == 302
    assert response["Location"] == home


def test_cookie_wins_over_the_browser(client):
    client.cookies["language"] = "sv"

    assert client.get("/", headers={"accept-language": "en"})["Location"] == "/sv/"
