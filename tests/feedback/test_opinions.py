"""Did this page help? The question on pages, what is kept of the answer, and each team's list."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from portal.feedback import pages, rate_limits, services
from portal.feedback.models import Opinion
from tests.factories.content import ArticleFactory, InformationFactory, NewsFactory
from tests.factories.feedback import OpinionFactory
from tests.factories.law import SectionFactory
from tests.factories.monitoring import IndicatorFactory

pytestmark = pytest.mark.django_db
ADDRESS = "/en/about/feedback/page/"
PAGE = "/en/guidance/plan/"
DESK = "/cms/page-feedback/"


def words(**changes):
    return {"page": pages.word(PAGE, "lawyer"), "website": "", "helped": "yes", **changes}


def no(**changes):
    return words(**{"helped": "no", "reason": "hard", "text": "Step three.", **changes})


def asked_on(client, path) -> pages.Asking:
    html = client.get(path).content.decode()
    return pages.read(re.search(r'name="page" value="([^"]+)"', html)[1])


def test_guidance_information_sections_and_indicators_ask_for_their_keepers(client):
    article = ArticleFactory(keeper="programme")
    indicator = IndicatorFactory()
    SectionFactory(number="14")

    assert asked_on(client, article.url_path) == (article.url_path, "programme")
    assert asked_on(client, InformationFactory().url_path).owner == "editor"
    assert asked_on(client, "/en/law/681-2023/14/") == ("/en/law/681-2023/14/", "lawyer")
    path = f"/en/indicators/{indicator.slug}/"
    assert asked_on(client, path) == (path, "statistician")


def test_news_does_not_ask(client):
    assert "Did this page help?" not in client.get(NewsFactory().url_path).content.decode()


def test_asking_sets_no_cookie_so_the_page_can_be_cached(client):
    response = client.get(ArticleFactory().url_path)

    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")
    assert "csrfmiddlewaretoken" not in response.content.decode()


def test_yes_is_kept_in_one_press_without_any_trace_of_the_reader(client):
    response = Client(enforce_csrf_checks=True).post(ADDRESS, words(), REMOTE_ADDR="192.0.2.7")

    assert (
        response["Location"] == f"/en/about/feedback/page/thanks/?from={PAGE.replace('/', '%2F')}"
    )
    opinion = Opinion.objects.get()
    assert (opinion.address, opinion.owner, opinion.helped) == (PAGE, "lawyer", True)
    assert (opinion.language, opinion.reason, opinion.text) == ("en", "", "")
    assert "192.0.2.7" not in str(list(Opinion.objects.values()))


def test_the_thanks_lead_back_to_the_page(client):
    html = client.post(ADDRESS, words(), follow=True).content.decode()

    assert f'href="{PAGE}"' in html
    assert '<meta name="robots" content="noindex">' in html


def test_no_is_kept_with_its_reason_and_words(client):
    client.post(ADDRESS.replace("/en/about/feedback/page/", "/fi/tietoa/palaute/sivu/"), no())

    opinion = Opinion.objects.get()
    assert (opinion.helped, opinion.reason, opinion.text) == (False, "hard", "Step three.")
    assert (opinion.state, opinion.language) == (Opinion.State.NEW, "fi")


def test_what_is_written_under_no_is_not_kept_with_yes(client):
    client.post(ADDRESS, no(helped="yes"))

    assert Opinion.objects.get().text == ""


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"reason": ""}, "Choose what was wrong"),
        ({"reason": "else"}, "else"),
        ({"text": "x" * 1001}, "1000"),
        ({"page": "forged"}, "not a page of the portal"),
    ],
)
def test_what_is_amiss_is_said_and_what_was_written_stays(client, changes, said):
    sent = no(**changes)

    response = client.post(ADDRESS, sent)
    html = response.content.decode()

    assert response.status_code == 422
    assert "error-summary" in html
    assert said in html
    assert sent["text"] in html
    assert not Opinion.objects.exists()


def test_the_form_that_comes_back_can_be_sent(client):
    html = client.post(ADDRESS, no(reason="")).content.decode()
    page = re.search(r'name="page" value="([^"]+)"', html)[1]

    assert client.post(ADDRESS, no(page=page)).status_code == 302
    assert Opinion.objects.get().address == PAGE


def test_an_answer_neither_yes_nor_no_is_refused(client):
    assert client.post(ADDRESS, words(helped="perhaps")).status_code == 422
    assert client.post(ADDRESS, {}).status_code == 422


def test_what_machines_fill_in_is_thanked_for_and_thrown_away(client):
    assert client.post(ADDRESS, words(website="x")).status_code == 302
    assert not Opinion.objects.exists()


@pytest.mark.parametrize(
    ("site", "answer"), [("same-origin", 302), ("cross-site", 403), ("same-site", 403)]
)
def test_only_this_site_may_send_it(client, site, answer):
    assert client.post(ADDRESS, words(), headers={"sec-fetch-site": site}).status_code == answer


@pytest.mark.parametrize(
    ("origin", "answer"),
    [
        ("http://testserver", 302),
        ("https://testserver", 403),
        ("http://testserver.example.org", 403),
        ("null", 403),
    ],
)
def test_a_browser_that_says_no_site_is_asked_for_the_origin(client, origin, answer):
    assert client.post(ADDRESS, words(), headers={"origin": origin}).status_code == answer
    assert Opinion.objects.exists() is (answer == 302)


def test_a_double_press_is_counted_once(client):
    for _n in range(2):
        assert client.post(ADDRESS, no()).status_code == 302

    assert Opinion.objects.count() == 1


def test_one_network_address_may_say_sixty_things_an_hour(client, monkeypatch):
    monkeypatch.setattr(rate_limits, "MOST_OPINIONS", 2)
    for number in range(2):
        client.post(ADDRESS, no(text=f"Word {number}"), REMOTE_ADDR="192.0.2.1")

    refused = client.post(ADDRESS, no(text="One more"), REMOTE_ADDR="192.0.2.1")

    assert refused.status_code == 429
    assert "One more" in refused.content.decode()
    assert Opinion.objects.count() == 2


def test_opened_by_itself_it_leads_to_the_feedback_form(client):
    assert client.get(ADDRESS)["Location"] == "/en/about/feedback/"


@pytest.mark.parametrize(
    "page", ["//elsewhere.example.org/", "javascript:alert(1)", "/" + "x" * 300]
)
def test_thanks_lead_to_no_other_site(client, page):
    assert client.get(f"{ADDRESS}thanks/", {"from": page}).status_code == 400


@pytest.fixture
def of_each_team(db):
    return {role: OpinionFactory(owner=role) for role in Opinion.Owner.values}


@pytest.mark.parametrize("role", ["lawyer", "statistician", "programme"])
def test_each_team_sees_its_own_list(client, people, of_each_team, role):
    client.force_login(people[role])

    html = client.get(DESK).content.decode()

    shown = {owner for owner, opinion in of_each_team.items() if opinion.address in html}
    assert shown == {role}
    assert client.get(f"{DESK}{of_each_team['editor'].pk}/").status_code == 404


def test_editors_see_all_and_members_none(client, people, of_each_team):
    assert Opinion.objects.visible_to(people["editor"]).count() == 4
    assert Opinion.objects.visible_to(people["superuser"]).count() == 4
    assert not Opinion.objects.visible_to(people["member"]).exists()


def test_the_list_says_how_many_a_page_helped_and_can_be_narrowed(client, people):
    for helped in (True, True, False):
        OpinionFactory(address=PAGE, helped=helped, reason="" if helped else "wrong")
    OpinionFactory(address="/en/guidance/other/", reason="hard")
    client.force_login(people["editor"])

    html = client.get(DESK, {"reason": "wrong"}).content.decode()

    assert "2 / 1" in html
    assert "/en/guidance/other/" not in html
    assert "/en/guidance/other/" in client.get(DESK, {"q": "other"}).content.decode()


def test_six_opinions_cost_the_queries_of_one(client, people, django_assert_max_num_queries):
    client.force_login(people["editor"])
    OpinionFactory()
    client.get(DESK)
    with django_assert_max_num_queries(30) as of_one:
        client.get(DESK)
    for opinion in OpinionFactory.create_batch(5):
        services.deal_with(opinion, by=people["editor"], note="Done.")
    with django_assert_max_num_queries(len(of_one)):
        client.get(DESK)


def test_one_is_dealt_with_by_somebody_and_can_be_taken_up_again(client, people):
    opinion = OpinionFactory(owner="lawyer")
    client.force_login(people["lawyer"])
    address = f"{DESK}{opinion.pk}/"

    assert "This field is required" in client.post(address, {"event": "deal_with"}).content.decode()
    client.post(address, {"event": "deal_with", "note": "Step three was added."})
    opinion.refresh_from_db()
    assert (opinion.state, opinion.dealt_by) == (Opinion.State.DEALT_WITH, people["lawyer"])
    assert "Step three was added." in client.get(address).content.decode()

    client.post(address, {"event": "deal_with", "note": "Second."})
    opinion.refresh_from_db()
    assert opinion.note == "Step three was added."

    client.post(address, {"event": "take_up_again"})
    opinion.refresh_from_db()
    assert (opinion.state, opinion.dealt_by) == (Opinion.State.NEW, None)
    actions = ModelLogEntry.objects.for_instance(opinion).values_list("action", "user")
    assert set(actions) == {
        ("opinion.deal_with", people["lawyer"].pk),
        ("opinion.take_up_again", people["lawyer"].pk),
    }


def test_opinions_are_deleted_after_two_years():
    old = OpinionFactory(at=timezone.now() - timedelta(days=731))
    kept = OpinionFactory(at=timezone.now() - timedelta(days=729))

    assert services.clear() == 1

    assert not Opinion.objects.filter(pk=old.pk).exists()
    assert Opinion.objects.filter(pk=kept.pk).exists()
