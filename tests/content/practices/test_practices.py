"""Practices: written, read against the criteria, published, and told of by those who use them."""

from datetime import timedelta
from itertools import product

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone
from django.utils.translation import override

from content.pages.learning import Offered
from content.practices import services
from content.practices.errors import NotComplete, ReasonMissing
from content.practices.models import Adoption, Criterion, Judgement, Practice, PracticeText
from portal.concurrency import Stale
from portal.mail.models import Letter
from portal.resources import having
from portal.workflow import TransitionNotAllowed
from tests.factories.partnership import OrganisationFactory, RepresentativeFactory
from tests.factories.places import AreaFactory
from tests.factories.practices import PracticeFactory
from tests.queries import queries_of_page

pytestmark = pytest.mark.django_db
WORDS = dict.fromkeys(PracticeText.WORDS, "Words.") | {"title": "Evening groups"}
LINES = dict.fromkeys(Criterion.values, "It is.")
TODAY = timezone.localdate


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


@pytest.fixture
def owner():
    return RepresentativeFactory()


def page(client, address):
    return BeautifulSoup(client.get(address).content, "html.parser")


def used(practice, **fields):
    told = {"state": "in-use", "day": TODAY()} | fields
    organisation = told.pop("organisation", None) or OrganisationFactory()
    return services.tell(
        practice, organisation, told.pop("area", None) or AreaFactory(), by=None, **told
    )


def test_a_practice_from_the_form_through_the_review_to_the_page(client, owner, people):
    client.force_login(owner.user)
    answer = client.post(
        "/en/practices/own/write/", {"title": "Evening groups", "evidence": "described"}
    )
    practice = Practice.objects.get()
    assert answer.headers["Location"] == f"/en/practices/own/{practice.pk}/"
    own = f"/en/practices/own/{practice.pk}/"

    assert client.post(own, {"move": "submit"}).status_code == 302
    practice.refresh_from_db()
    assert practice.state == "draft"  # its parts have no words yet
    token = page(client, f"{own}edit/").select_one("input[name=seen]")["value"]
    typed = WORDS | {"evidence": "followed", "contact": "office@example.org", "seen": token}
    assert client.post(f"{own}edit/", typed).status_code == 302
    assert client.post(f"{own}edit/", typed | {"title": "Other"}).status_code == 409
    client.post(own, {"move": "submit"})

    client.force_login(people["programme"])
    case = f"/cms/practices/{practice.pk}/"
    seen = page(client, case).select_one("input[name=seen]")["value"]
    assert client.post(case, {"move": "publish", "seen": seen, "goal": "x"}).status_code == 422
    client.post(case, {"move": "publish", "seen": seen} | LINES)

    assert Letter.objects.filter(to=owner.user.email).count() == 1
    client.logout()
    shown = page(client, "/en/practices/evening-groups/").get_text(" ")
    assert "Followed up" in shown and "Transferable" in shown
    assert "Evening groups" in page(client, "/sv" + practice_path("sv")).get_text()


def practice_path(language):
    with override(language):
        return Practice.objects.get().get_absolute_url().removeprefix(f"/{language}")


def test_a_returned_practice_says_what_was_asked_for(client, owner, people):
    practice = PracticeFactory(organisation=owner.organisation, state="submitted")
    services.send_back(practice, by=people["programme"], words="Say what it costs.")

    client.force_login(owner.user)
    assert "Say what it costs." in page(client, f"/en/practices/own/{practice.pk}/").get_text()
    assert Letter.objects.filter(to=owner.user.email).count() == 1


def test_nobody_decides_on_a_practice_of_their_own_organisation(client, people):
    practice = PracticeFactory(state="submitted")
    RepresentativeFactory(organisation=practice.organisation, user=people["programme"])
    client.force_login(people["programme"])

    client.post(f"/cms/practices/{practice.pk}/", {"move": "publish"} | LINES)

    practice.refresh_from_db()
    assert practice.state == "submitted"


MOVES = {
    "submit": (services.submit, {"draft", "returned", "withdrawn"}, "submitted"),
    "take_back": (services.take_back, {"submitted"}, "draft"),
    "send_back": (
        lambda practice, by: services.send_back(practice, by=by, words="More."),
        {"submitted"},
        "returned",
    ),
    "publish": (
        lambda practice, by: services.publish(practice, by=by, **LINES),
        {"submitted"},
        "published",
    ),
    "withdraw": (services.withdraw, {"published"}, "withdrawn"),
}


def test_every_sequence_of_three_moves_goes_where_the_map_leads_and_nowhere_else():
    for moves in product(MOVES, repeat=3):
        practice, state = PracticeFactory(state="draft"), "draft"
        for name in moves:
            make, before, after = MOVES[name]
            if state in before:
                make(practice, by=None)
                state = after
            else:
                with pytest.raises(TransitionNotAllowed):
                    make(practice, by=None)
            practice.refresh_from_db()
            assert practice.state == state, moves
        public = Practice.objects.public().filter(pk=practice.pk).exists()
        assert public == (state == "published")
        judged = Judgement.objects.filter(practice=practice).count()
        assert judged == (len(Criterion) if "publish" in moves and practice.published_at else 0)


def test_a_practice_is_not_published_without_a_line_on_each_criterion():
    practice = PracticeFactory(state="submitted")

    with pytest.raises(NotComplete):
        services.publish(practice, by=None, **LINES | {"transfer": " "})
    with pytest.raises(Stale):
        services.publish(practice, by=None, expect="other", **LINES)

    practice.refresh_from_db()
    assert practice.state == "submitted"


def test_the_card_counts_the_latest_word_of_each_area_and_says_why_it_was_stopped(client):
    practice, organisation, area = PracticeFactory(), OrganisationFactory(), AreaFactory()
    used(practice, organisation=organisation, area=area)
    used(practice, organisation=organisation, area=area)  # the same word is kept once
    used(practice)
    with pytest.raises(ReasonMissing):
        used(practice, organisation=organisation, area=area, state="stopped")
    used(practice, organisation=organisation, area=area, state="stopped", result="No room.")

    card = " ".join(page(client, "/en/practices/").select_one("ul.rows").get_text(" ").split())
    assert "In use in 1 area" in card and "stopped in 1 area: why" in card
    shown = page(client, practice.get_absolute_url())
    assert "No room." in shown.get_text() and "Told earlier" in shown.get_text()
    assert Adoption.objects.count() == 3


def test_the_list_is_narrowed_by_area_and_evidence(client):
    here, other = PracticeFactory(text="Here"), PracticeFactory(text="Other", evidence="compared")
    area = AreaFactory()
    used(here, area=area)
    stopped = used(other, area=area)
    used(other, area=area, organisation=stopped.organisation, state="stopped", result="Why.")

    def titles(query):
        return [
            one.get_text() for one in page(client, f"/en/practices/?{query}").select(".rows h2")
        ]

    assert titles(f"area={area.key}") == ["Here"]
    assert titles("evidence=compared") == ["Other"]
    assert client.get("/en/practices/?evidence=x").status_code == 400


def test_what_nobody_confirmed_for_a_year_says_so_until_a_button_is_pressed(client, owner):
    practice = PracticeFactory(
        organisation=owner.organisation, published_at=timezone.now() - timedelta(days=366)
    )
    assert "Not confirmed for a year" in page(client, practice.get_absolute_url()).get_text()
    client.force_login(owner.user)

    client.post(f"/en/practices/own/{practice.pk}/", {"move": "confirm"})

    assert "Not confirmed" not in page(client, practice.get_absolute_url()).get_text()


def test_a_practice_is_told_of_and_taken_into_use(client, owner):
    practice, area = PracticeFactory(), AreaFactory()
    client.force_login(owner.user)
    typed = {
        "organisation": owner.organisation_id,
        "area": area.key,
        "state": "stopped",
        "day": TODAY().isoformat(),
    }
    address = f"/en/practices/{practice.slug}/use/"
    assert client.post(address, typed).status_code == 422
    assert client.post(address, typed | {"result": "No room."}).status_code == 302
    assert Adoption.objects.get().result == "No room."

    adopt = page(client, practice.get_absolute_url()).find("a", string="Take it into use")["href"]
    assert adopt.startswith("/en/commitments/write/?title=Take+into+use%3A+Evening+groups")


def test_the_place_to_learn_offers_the_latest():
    PracticeFactory(text="Here", evidence="compared")
    PracticeFactory(state="draft")

    [card] = having(Offered)["practice"].of("en")
    assert (card.title, card.note) == ("Here", "Compared")


def test_the_list_costs_the_same_for_many(client):
    used(PracticeFactory())
    of_one = queries_of_page(client, "/en/practices/")
    for _n in range(5):
        used(PracticeFactory())

    assert queries_of_page(client, "/en/practices/") == of_one
