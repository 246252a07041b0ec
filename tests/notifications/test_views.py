"""Following by e-mail alone and with an account: asking, confirming, managing, stopping."""

from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from portal.forms import opened_now
from portal.mail.models import Letter
from portal.notifications import activity, digests, links, services
from portal.notifications.following import Target
from portal.notifications.models import Follow, Follower
from tests.factories.accounts import UserFactory
from tests.factories.content import ArticleFactory
from tests.factories.law import SectionFactory
from tests.factories.notices import EventFactory, FollowerFactory, FollowFactory
from tests.queries import queries_of_page

pytestmark = pytest.mark.django_db
START = "/en/follow/?what=section:681/2023:14"
SENT = "/en/follow/sent/?what=section%3A681%2F2023%3A14"


@pytest.fixture(autouse=True)
def section(db):
    cache.clear()
    return SectionFactory(number="14")


def asked(**changes):
    with time_machine.travel(timezone.now() - timedelta(minutes=1), tick=False):
        opened = opened_now()
    return {
        "email": "Reader@example.org",
        "frequency": "weekly",
        "language": "sv",
        "opened": opened,
        "website": "",
        **changes,
    }


def link_in(letter):
    [link] = [word for word in letter.text.split() if "?key=" in word][:1]
    return link.removeprefix("https://portal.example.org")


def altered(link):
    """The link with one character of its signature exchanged."""
    return link[:-3] + ("A" if link[-3] != "A" else "B") + link[-2:]


def test_a_reader_follows_with_an_address_alone(client):
    assert client.post(START, asked())["Location"] == SENT
    assert 'href="/en/law/681-2023/14/"' in client.get(SENT).content.decode()
    letter = Letter.objects.get()
    assert (letter.to, letter.language) == ("reader@example.org", "sv")
    assert not Follow.objects.confirmed().exists()
    link = link_in(letter)
    assert link.startswith("/sv/folj/bekrafta/?key=")

    client.get(link)
    assert not Follow.objects.confirmed().exists(), "opening the link confirms nothing"

    assert client.post(link).status_code == 200
    follower = Follower.objects.get()
    assert (follower.frequency, follower.language) == ("weekly", "sv")
    assert follower.follows.confirmed().get().target == ("section", "681/2023:14")


def test_the_answer_is_the_same_for_a_known_and_an_unknown_address(client):
    FollowFactory(follower__email="known@example.org")

    answers = [
        (answer.status_code, answer["Location"])
        for email in ("known@example.org", "unknown@example.org")
        for answer in [client.post(START, asked(email=email))]
    ]

    assert answers[0] == answers[1]
    assert Letter.objects.count() == 2
    assert Letter.objects.get(to="known@example.org").template == "notices/manage"


def test_what_somebody_else_asks_changes_nothing_of_a_known_follower(client):
    follower = FollowFactory(follower__email="known@example.org", subject="681/2023:15").follower

    client.post(START, asked(email="known@example.org"))

    follower.refresh_from_db()
    assert (follower.frequency, follower.language) == ("instant", "en")
    assert follower.follows.confirmed().count() == 1


@pytest.mark.parametrize("what", ["", "section", "release:1", "nonsense:1", "page:"])
def test_what_cannot_be_followed_is_said_in_plain_words(what, client):
    answer = client.get("/en/follow/", {"what": what or "x"})

    assert answer.status_code == 400
    assert "what" in answer.content.decode()


def test_a_machine_and_a_hasty_one_follow_nothing(client):
    assert client.post(START, asked(website="http://spam.example.org"))["Location"] == SENT
    assert client.post(START, asked(opened=opened_now())).status_code == 422
    assert client.post(START, asked(email="no address")).status_code == 422
    assert client.post("/en/follow/", asked(email="no address")).status_code == 422
    assert not Follower.objects.exists()


def test_nobody_is_flooded_with_letters(client):
    answers = {client.post(START, asked())["Location"] for _n in range(8)}

    assert answers == {SENT}
    assert Letter.objects.count() == 5


def test_one_network_cannot_ask_without_end(client):
    answers = [client.post(START, asked(email=f"r{n}@example.org")).status_code for n in range(21)]

    assert answers == [302] * 20 + [429]
    assert Letter.objects.count() == 20


def test_a_confirming_link_that_is_used_twice_says_the_same_and_undoes_nothing(client):
    """A button pressed twice, or the letter opened again."""
    client.post(START, asked(frequency="instant", language="en"))
    link = link_in(Letter.objects.get())
    first = client.post(link)
    services.change(Follower.objects.get(), frequency="weekly", language="fi")
    before = Follow.objects.get().confirmed_at

    for again in (client.post(link), client.get(link)):
        page = again.content.decode()
        assert again.status_code == first.status_code == 200
        assert "You follow this now" in page
        assert "/follow/manage/" not in page

    follower = Follower.objects.get()
    assert (follower.frequency, follower.language) == ("weekly", "fi")
    assert follower.follows.get().confirmed_at == before


@pytest.mark.parametrize("how", ["altered", "left", "expired", "other"])
def test_a_confirming_link_that_does_not_hold_says_so_and_does_nothing(how, client):
    client.post(START, asked())
    link = link_in(Letter.objects.get())
    later = timezone.now()
    if how == "altered":
        link = altered(link)
    if how == "left":
        client.post(link)
        services.unfollow(Follower.objects.get(), Follow.objects.get().pk)
    if how == "expired":
        later += timedelta(days=8)
    if how == "other":
        link = link.replace(link.partition("key=")[2], "abc:def")
    with time_machine.travel(later, tick=False):
        answers = [client.get(link), client.post(link)]

    assert {answer.status_code for answer in answers} == {410 if how == "expired" else 404}
    assert not Follow.objects.confirmed().exists()


def test_all_that_one_follows_is_changed_by_the_link_of_a_letter(client):
    follow = FollowFactory()
    FollowFactory(follower=follow.follower, kind="area", subject="TA99")
    link = links.managing(follow.follower).removeprefix("https://portal.example.org")

    page = client.get(link).content.decode()
    assert "Heading 14" in page
    assert "No longer on the portal" in page
    client.post(link, {"event": "change", "frequency": "weekly", "language": "fi"})
    client.post(link, {"event": "unfollow", "follow": follow.pk})

    follower = Follower.objects.get()
    assert (follower.frequency, follower.language) == ("weekly", "fi")
    assert follower.follows.get().kind == "area"
    erred = client.post(link, {"event": "change", "frequency": "x"})
    assert erred.status_code == 422
    assert "Stop" in erred.content.decode()

    client.post(link, {"event": "stop"})
    assert not Follower.objects.exists()
    assert client.get(link).status_code == 404


def test_a_follower_changes_nothing_of_another(client):
    mine, other = FollowFactory(), FollowFactory()
    link = links.managing(mine.follower).removeprefix("https://portal.example.org")

    client.post(link, {"event": "unfollow", "follow": other.pk})
    assert client.post(altered(link), {"event": "stop"}).status_code == 404

    assert Follow.objects.count() == 2


def test_the_page_before_stopping_says_what_becomes_of_address_or_account(client):
    told = {
        "deleted": FollowFactory(),
        "your account stays": FollowFactory(follower__user=UserFactory()),
    }
    for words, follow in told.items():
        link = links.stopping(follow.follower).removeprefix("https://portal.example.org")
        page = client.get(link).content.decode()
        assert [one for one in told if one in page] == [words]


def test_what_was_followed_before_a_stop_is_confirmed_anew(client):
    """Nothing of an address stays that would count when somebody else types it again."""
    follow = FollowFactory()
    email, thing = follow.follower.email, follow.target

    services.stop(follow.follower)
    assert not Follow.objects.exists()
    assert not Follower.objects.exists()

    services.ask(email, thing, Target("§ 14", "/"), frequency="instant", language="en")
    assert not Follow.objects.confirmed().exists()
    assert not Follower.objects.to_be_told().exists()
    assert Letter.objects.get().template == "notices/confirm"


def test_what_waits_in_the_outbox_does_not_go_out_after_a_stop():
    stays = FollowFactory(follower__email="stays@example.org")
    goes = FollowFactory(follower__email="goes@example.org")
    EventFactory()
    activity.fan_out()
    for follow in (stays, goes):
        services.remind(follow.follower.email.upper(), "en")
        digests.write_for([follow.follower], timezone.now())
    died = Letter.objects.filter(to=goes.follower.email).first()
    Letter.objects.filter(pk=died.pk).update(claimed_until=timezone.now() - timedelta(minutes=1))

    services.stop(goes.follower)

    assert sorted(Letter.objects.values_list("to", "template")) == [
        ("STAYS@EXAMPLE.ORG", "notices/manage"),
        ("stays@example.org", "notices/digest"),
    ]


def test_an_address_in_other_letter_case_is_the_same_follower():
    for email, number in (("Reader@Example.org", "14"), ("reader@example.ORG", "15")):
        thing = ("section", f"681/2023:{number}")
        services.ask(email, thing, Target("§", "/"), frequency="instant", language="en")

    follower = Follower.objects.get()
    assert follower.email == "reader@example.org"
    Follower.objects.update(confirmed_at=timezone.now())
    services.remind("READER@EXAMPLE.ORG", "en")
    assert Letter.objects.filter(template="notices/manage").exists()


def test_one_thing_less_is_confirmed_anew_too():
    follow, other = FollowFactory(), FollowFactory(kind="area", subject="TA05")
    email, thing = follow.follower.email, follow.target

    assert not services.unfollow(other.follower, follow.pk)
    assert services.unfollow(follow.follower, follow.pk)
    services.ask(email, thing, Target("§ 14", "/"), frequency="instant", language="en")

    assert list(Follow.objects.confirmed()) == [other]
    assert Letter.objects.get().template == "notices/confirm"


def test_one_click_of_a_mail_program_stops_the_letters():
    follower = FollowFactory().follower
    link = links.stopping(follower).removeprefix("https://portal.example.org")
    mail_program = Client(enforce_csrf_checks=True)

    assert mail_program.get(link).status_code == 200
    assert Follower.objects.exists(), "opening the link stops nothing"
    assert mail_program.post(altered(link)).status_code == 404
    assert Follower.objects.exists()
    answer = mail_program.post(
        link, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
    )

    assert answer.status_code == 200
    assert not Follower.objects.exists()
    assert mail_program.post(link).status_code == 200, "a second click is no error"


def test_a_person_with_an_account_follows_with_one_button(client):
    person = UserFactory(language="fi")
    client.force_login(person)

    assert client.post(START)["Location"] == "/en/follow/mine/"

    assert "Heading 14" in client.get("/en/follow/mine/").content.decode()
    assert "You follow this." in client.get(START).content.decode()
    follower = Follower.objects.get()
    assert (follower.user, follower.email, follower.address) == (person, None, person.email)
    assert (follower.language, follower.frequency) == ("fi", "daily")


def test_signing_in_with_the_same_address_joins_the_two(client):
    person = UserFactory()
    EmailAddress.objects.create(user=person, email="Second@example.org", verified=True)
    EmailAddress.objects.create(user=person, email="third@example.org", verified=False)
    FollowFactory(follower__email=person.email)
    FollowFactory(follower__email="second@example.org")
    FollowFactory(follower__email="second2@example.org")
    second = Follower.objects.get(email="second@example.org")
    FollowFactory(follower=second, kind="area", subject="TA05")
    FollowFactory(follower__email="third@example.org")

    client.force_login(person)

    mine = Follower.objects.get(user=person)
    assert {follow.kind for follow in mine.follows.confirmed()} == {"section", "area"}
    assert set(Follower.objects.filter(user=None).values_list("email", flat=True)) == {
        "second2@example.org",
        "third@example.org",
    }


def test_an_erased_account_takes_what_it_followed_along():
    person = UserFactory()
    services.follow(person, ("section", "681/2023:14"))

    person.delete()

    assert not Follower.objects.exists()
    assert not Follow.objects.exists()


def test_what_is_not_confirmed_in_a_week_and_who_follows_nothing_is_forgotten(client):
    client.post(START, asked())
    FollowerFactory(email="nothing@example.org")
    kept = FollowFactory(follower__email="kept@example.org").follower
    services.ask(
        "kept@example.org",
        ("area", "TA05"),
        services.Target("Area", "/en/areas/TA05/"),
        frequency="daily",
        language="en",
    )

    assert services.clear() == 0
    assert services.clear(timezone.now() + timedelta(days=8)) == 2

    assert Follower.objects.get() == kept
    assert kept.follows.count() == 1
    assert not Letter.objects.exists(), "the letters with the links hold the address too"


def test_what_an_address_has_not_confirmed_is_not_joined_to_an_account():
    person = UserFactory()
    EmailAddress.objects.update_or_create(user=person, email=person.email, verified=True)
    follow = FollowFactory(
        follower__email=person.email, follower__confirmed_at=None, confirmed_at=None
    )

    services.join(person)
    assert not Follower.objects.filter(user=person).exists()

    Follower.objects.update(confirmed_at=timezone.now())
    services.join(person)
    assert Follower.objects.get(user=person) == follow.follower


def test_two_workers_write_one_letter(monkeypatch):
    follower = FollowFactory().follower
    EventFactory()
    activity.fan_out()
    asked, now = digests._unsent_arrivals, timezone.now()

    def meanwhile(followers):
        monkeypatch.setattr(digests, "_unsent_arrivals", asked)
        digests.write_for([follower], now)
        return asked(followers)

    monkeypatch.setattr(digests, "_unsent_arrivals", meanwhile)
    digests.write_for([follower], now)

    assert Letter.objects.get().to == follower.address


def test_letters_follow_the_language_that_an_account_chooses(client):
    person = UserFactory(language="fi")
    services.follow(person, ("section", "681/2023:14"))
    stays = FollowFactory(follower__user=UserFactory(), follower__language="fi").follower
    client.force_login(person)

    names = {"first_name": person.first_name, "last_name": person.last_name}
    client.post("/accounts/profile/", {**names, "language": "sv"})

    assert Follower.objects.get(user=person).language == "sv"
    assert Follower.objects.get(pk=stays.pk).language == "fi"


def test_an_address_is_erased_on_request(client):
    follower = FollowFactory(follower__email="gone@example.org").follower
    services.remind("GONE@example.org", "en")

    assert services.erase("Gone@example.org") > 1

    assert not Follower.objects.filter(pk=follower.pk).exists()
    assert not Letter.objects.exists()


def test_the_link_to_manage_is_sent_again_to_followers_alone(client):
    FollowFactory(follower__email="known@example.org")

    for email in ("known@example.org", "unknown@example.org"):
        assert client.post("/en/follow/", asked(email=email))["Location"] == "/en/follow/sent/"

    assert Letter.objects.get().to == "known@example.org"


def test_a_page_with_the_button_touches_no_session(client):
    for address in ("/en/law/681-2023/14/", ArticleFactory().url_path):
        answer = client.get(address)

        assert "/en/follow/?what=" in answer.content.decode()
        assert "Cookie" not in answer.headers.get("Vary", "")
        assert not answer.cookies


def test_six_followed_things_cost_the_queries_of_one(client):
    follower = FollowFactory().follower
    link = links.managing(follower).removeprefix("https://portal.example.org")

    one = queries_of_page(client, link)
    for number in range(20, 25):
        SectionFactory(number=str(number))
        FollowFactory(follower=follower, subject=f"681/2023:{number}")

    assert queries_of_page(client, link) == one


def test_editors_see_figures_and_no_address(client, people):
    FollowFactory(follower__email="secret@example.org")
    client.force_login(people["editor"])

    page = client.get("/cms/followers/").content.decode()

    assert "Heading 14" in page
    assert "secret@example.org" not in page
