"""The headers of every class of answer, scored by the rules of the MDN HTTP Observatory."""

import pytest

from portal.settings import BASE_DIR

pytestmark = pytest.mark.django_db

PUBLIC = ["/fi/", "/sv/", "/en/", "/en/law/", "/en/areas/", "/en/no-such-page/", "/en/?q=%00"]
OTHERS = ["/", "/accounts/login/", "/robots.txt", "/livez", "/cms/"]


def directives(response):
    policy = response["Content-Security-Policy"]
    return {part.split()[0]: part.split()[1:] for part in policy.split("; ")}


def score(response):
    """The Observatory's grade in points: 100, less the penalties, plus the bonuses over 90.

    https://github.com/mdn/mdn-http-observatory (src/grader/charts.js)
    """
    headers, csp, points, bonus = response.headers, directives(response), 100, 0
    words = [word for values in csp.values() for word in values]
    if "'unsafe-inline'" in csp.get("script-src", []) or "'unsafe-eval'" in words:
        points -= 20
    elif "'unsafe-inline'" in words:
        bonus += 0
    elif csp.get("default-src") == ["'none'"]:
        bonus += 10
    else:
        bonus += 5
    hsts = headers.get("Strict-Transport-Security", "")
    if "max-age=" not in hsts:
        points -= 20
    elif "preload" in hsts and "includeSubDomains" in hsts:
        bonus += 5
    for cookie in response.cookies.values():
        if not cookie["secure"]:
            points -= 40
        if not cookie["httponly"]:
            points -= 30
    bonus += 5  # no cookie, or only Secure, HttpOnly and SameSite ones
    if headers.get("Referrer-Policy") in ("no-referrer", "strict-origin-when-cross-origin"):
        bonus += 5
    if headers.get("X-Content-Type-Options") != "nosniff":
        points -= 5
    if "frame-ancestors" in csp:
        bonus += 5
    elif "X-Frame-Options" not in headers:
        points -= 20
    if headers.get("Cross-Origin-Opener-Policy") == "same-origin":
        bonus += 10
    if headers.get("Cross-Origin-Embedder-Policy") == "require-corp":
        bonus += 10
    if headers.get("Cross-Origin-Resource-Policy") == "same-origin":
        bonus += 10
    if "Access-Control-Allow-Origin" in headers:
        points -= 50
    return points + bonus if points >= 90 else points


@pytest.mark.parametrize("path", PUBLIC)
def test_public_answers_score_at_least_130(client, path):
    response = client.get(path, secure=True, follow=True)

    assert score(response) >= 130, (path, dict(response.headers))


@pytest.mark.parametrize("path", OTHERS)
def test_other_answers_score_at_least_130(client, path):
    assert score(client.get(path, secure=True)) >= 130


def test_site_s_policy_allows_nothing_but_its_own_files(client):
    policy = directives(client.get("/en/"))

    assert policy.pop("default-src") == ["'none'"]
    assert policy.pop("base-uri") == policy.pop("frame-ancestors") == ["'none'"]
    assert set(map(tuple, policy.values())) == {("'self'",)}


def test_cms_may_be_framed_by_itself_alone_for_the_preview(client, people):
    client.force_login(people["editor"])

    policy = directives(client.get("/cms/"))

    assert policy["frame-ancestors"] == ["'self'"]
    assert policy["default-src"] == ["'none'"]


@pytest.mark.parametrize("path", ["/cms/", "/accounts/profile/", "/en/law/", "/accounts/2fa/"])
def test_what_a_signed_in_reader_sees_is_kept_by_no_cache(client, people, path):
    client.force_login(people["editor"])

    assert "no-store" in client.get(path)["Cache-Control"]


@pytest.mark.parametrize("path", ["/fi/", "/sv/", "/en/", "/en/law/", "/en/areas/"])
def test_reader_without_an_account_gets_no_cookie_and_no_vary_by_cookie(client, path):
    response = client.get(path)

    assert response.status_code == 200
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


def test_sign_in_cookies_are_for_this_host_and_scripts_cannot_read_them(client, people):
    client.get("/accounts/login/", secure=True)
    cookie = client.cookies["__Host-csrf"]

    assert cookie["secure"] and cookie["httponly"] and cookie["samesite"] == "Lax"
    assert not cookie["domain"] and cookie["path"] == "/"


def test_no_answer_tells_what_it_runs_on(client):
    response = client.get("/en/")

    assert not {"Server", "X-Powered-By", "X-Django-Version"} & set(response.headers)
    assert b"generator" not in response.content


def test_the_guide_has_nginx_say_the_same_of_static_files(client):
    page = (BASE_DIR / "docs" / "operator.md").read_text()
    static = page.split("location /static/ {")[1].split("}")[0]

    said = client.get("/en/", secure=True)["Strict-Transport-Security"]
    assert f'add_header Strict-Transport-Security "{said}";' in static
