"""Lists in frames of other sites: no script, no cookie, no form; framed by anyone."""

import pytest
from django.conf import settings

from portal.embedding import embeddables
from tests.factories.accounts import UserFactory
from tests.factories.commitments import CommitmentFactory
from tests.factories.partnership import MembershipFactory, OrganisationFactory
from tests.factories.places import AreaFactory
from tests.factories.topics import TopicFactory
from tests.queries import queries_of, queries_of_page

pytestmark = pytest.mark.django_db
WORDS = ["partners", "offers", "commitments"]
THINGS = ["dataset", "indicator"]  # one thing each, tested with it


def policy(answer):
    parts = answer.headers["Content-Security-Policy"].split(";")
    return {name: values for name, *values in (part.split() for part in parts if part.strip())}


def test_what_can_be_embedded():
    assert sorted(embeddables()) == sorted([*WORDS, *THINGS])


@pytest.mark.parametrize("word", WORDS)
def test_it_is_framed_by_anyone_and_can_do_nothing(client, word):
    answer = client.get(f"/embed/{word}/")

    assert answer.status_code == 200
    found = policy(answer)
    assert found["frame-ancestors"] == ["*"]
    for name in ("default-src", "script-src", "form-action", "connect-src"):
        assert found[name] == ["'none'"]
    assert "X-Frame-Options" not in answer.headers
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    page = answer.content.decode()
    assert "<script" not in page
    assert "<form" not in page
    assert "Kotoutumisportaali" in page


def test_nothing_else_may_be_framed(client):
    for address in ("/en/commitments/", "/en/programme/", "/api/v1/commitments"):
        answer = client.get(address)
        assert policy(answer)["frame-ancestors"] == ["'none'"]
        assert answer.headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("word", WORDS)
def test_no_cookie_is_read_or_set(client, word):
    address = f"/embed/{word}/?language=sv"
    without = client.get(address)
    client.force_login(UserFactory(language="fi", role="programme"))
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"

    answer = client.get(address, headers={"accept-language": "en"})

    assert answer.content == without.content
    assert not answer.cookies
    assert not without.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert answer.headers["Content-Language"] == "sv"
    assert queries_of(lambda: client.get(address)) == queries_of(lambda: client.get(address))


@pytest.mark.parametrize("word", WORDS)
def test_it_takes_nothing(client, word):
    assert client.post(f"/embed/{word}/").status_code == 405
    assert client.get("/embed/users/").status_code == 404
    for query in ("area=TA99", "topic=none", "language=zz"):
        assert client.get(f"/embed/{word}/?{query}").status_code == 400


def test_commitments_and_partners_by_area_and_theme(client):
    area, theme = AreaFactory(code="05", name_fi="Tampereen seutu"), TopicFactory(key="work")
    partner = OrganisationFactory(name_fi="Apua ry", areas=[area], topics=[theme])
    MembershipFactory(organisation=partner, status="active")
    CommitmentFactory(organisation=partner, title="Forty places", areas=[area])
    CommitmentFactory(title="Elsewhere", areas=[])
    draft = CommitmentFactory(title="Not yet", areas=[area], state="draft")

    for query in ("area=TA05", "topic=work"):
        page = client.get(f"/embed/commitments/?{query}").content.decode()
        assert "Forty places" in page
        assert "Elsewhere" not in page
        assert draft.title not in page
        assert "Apua ry" in client.get(f"/embed/partners/?{query}").content.decode()
    assert "Tampereen seutu" in client.get("/embed/partners/?area=TA05").content.decode()


@pytest.mark.parametrize("word", ["partners", "commitments"])
def test_six_cost_what_one_costs(client, word):
    CommitmentFactory(areas=[])
    before = queries_of_page(client, f"/embed/{word}/")
    for _each in range(5):
        CommitmentFactory(areas=[])
    assert queries_of_page(client, f"/embed/{word}/") == before


@pytest.mark.parametrize(
    ("path", "word"),
    [
        ("/sv/partner/", "partners"),
        ("/en/programme/offers/", "offers"),
        ("/en/commitments/", "commitments"),
    ],
)
def test_the_lists_have_the_code_to_copy(client, path, word):
    area = AreaFactory(code="05")
    partner = OrganisationFactory(areas=[area])
    MembershipFactory(organisation=partner, status="active")
    CommitmentFactory(organisation=partner, areas=[area])

    page = client.get(f"{path}?area=TA05").content.decode()

    language = path[1:3]
    address = f"{settings.SITE_URL}/embed/{word}/?area=TA05&amp;amp;language={language}"
    assert f"&lt;iframe src=&quot;{address}" in page or f'&lt;iframe src="{address}' in page
