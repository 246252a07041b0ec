"""Registering on the site: one page, one letter, one press; and one's own page behind a link."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.core import signing
from django.utils import timezone

from content.events import links
from content.events.forms import RegisterForm
from content.events.models import Needs, OwnQuestion, Registration, Request
from content.events.services import own
from portal import inbox, personal
from portal.forms import SALT
from portal.languages import in_language
from portal.mail.models import Letter
from tests.factories.accounts import UserFactory
from tests.factories.events import EventFactory, RegistrationFactory

State = Registration.State
SECONDS_A_FIELD, SECONDS_FOR_THE_LETTER, SECONDS_FOR_THE_PRESS = 5, 30, 5


def opened_before():
    """The word of a form that was opened a minute ago."""
    signer = signing.TimestampSigner(salt=SALT)
    signer.timestamp = lambda: signing.b62_encode(int(timezone.now().timestamp()) - 60)
    return signer.sign_object("5b0d5ed1-4d2f-4f0e-8a5c-6b1a4c0e1d2f".replace("-", ""))


def filled(**fields):
    return {
        "name": "Maija Meikäläinen",
        "email": "Maija@example.org",
        "way": "on_site",
        "opened": opened_before(),
        **fields,
    }


def page_of(event):
    with in_language("en"):
        return event.get_absolute_url()


def form_of(event):
    return f"{page_of(event)}register/"


def own_page(row):
    with in_language("en"):
        return links.own_path(row)


def own_link(letter):
    return urlsplit(re.search(r"https?://\S+\?key=\S+", letter.text)[0])


def follow(client, letter):
    link = own_link(letter)
    return f"{link.path}?{link.query}"


@pytest.fixture
def question(event):
    return OwnQuestion.objects.create(
        event=event, text_fi="Työ?", text_sv="Arbete?", text_en="Work?", required=True
    )


@pytest.mark.proof
def test_one_page_one_letter_one_press(client, event, on_site, remote, question, record_property):
    address = form_of(event)
    asked = client.get(address).context["form"]
    required = [field.name for field in asked if field.field.required]
    data = filled(accessibility="A ramp.", **{f"q{question.pk}": "A counsellor."})

    answer = client.post(address, data)
    link = follow(client, Letter.objects.get())
    shown = client.get(link)

    assert answer.status_code == 302
    assert Registration.objects.get().state == State.UNCONFIRMED
    assert "Confirm my registration" in shown.content.decode()
    page = client.post(link, {"do": "confirm"}, follow=True)

    row = Registration.objects.get()
    assert (row.state, row.place, row.email) == (State.REGISTERED, on_site, "maija@example.org")
    assert row.answers == {str(question.pk): "A counsellor."}
    assert row.needs.accessibility == "A ramp."
    assert "You have a place" in page.content.decode()
    assert required == ["name", "email", "way", f"q{question.pk}"]
    seconds = len(required) * SECONDS_A_FIELD + SECONDS_FOR_THE_LETTER + SECONDS_FOR_THE_PRESS
    record_property("fields and seconds of a registration without an account", (4, seconds))
    assert seconds < 60


def test_a_letter_tells_nobody_of_needs(client, event, on_site):
    client.post(form_of(event), filled(accessibility="Secret need"))

    client.post(follow(client, Letter.objects.get()), {"do": "confirm"})

    assert Needs.objects.count() == 1
    assert not [one for one in Letter.objects.all() if "Secret need" in one.text + one.html]


def test_with_an_account_one_is_registered_at_once(client, event, on_site):
    user = UserFactory()
    client.force_login(user)

    answer = client.post(form_of(event), {"name": "Maija"}, follow=True)

    row = Registration.objects.get()
    assert (row.state, row.user, row.email) == (State.REGISTERED, user, user.email)
    assert "You have a place" in answer.content.decode()
    page = client.get(page_of(event)).content.decode()
    assert own_page(row).replace("&", "&amp;") in page


def test_what_was_registered_by_the_address_is_the_accounts_too(client, event, on_site, joined):
    user = UserFactory()
    row = joined(on_site, email=user.email)
    client.force_login(user)

    assert "Your registration" in client.get(page_of(event)).content.decode()
    client.post(form_of(event), {"name": "Maija"})

    assert list(Registration.objects.values_list("pk", "user")) == [(row.pk, user.pk)]


def test_who_is_erased_leaves_nothing_and_the_place_passes_on(event, on_site, joined):
    user = UserFactory()
    row = joined(on_site, email=user.email)
    waits = joined(on_site)
    Needs.objects.create(registration=row, accessibility="A ramp")
    own.request(row, Request.Kind.OTHER, "A question")

    personal.erase(personal.Person(None, (user.email,)))

    waits.refresh_from_db()
    assert waits.state == State.OFFERED
    assert not Needs.objects.exists() and not Request.objects.exists()
    assert list(Registration.objects.all()) == [waits]


def test_an_offer_and_a_request_stand_on_the_desk(client, event, on_site, joined, people):
    first = joined(on_site)
    joined(on_site, email=people["member"].email)
    own.cancel(first)
    own.request(Registration.objects.get(state=State.OFFERED), Request.Kind.OTHER, "A question")

    found = {role: [task.title for task in inbox.waiting_for(people[role])] for role in people}

    with_task = {role for role, titles in found.items() if event.name in titles}
    assert with_task == {"member", "editor", "programme", "superuser"}


def test_a_single_way_is_not_asked(event, on_site):
    form = RegisterForm(event=event)

    assert not {"way", "flexible"} & set(form.fields)


def test_opening_a_link_does_nothing_and_another_key_opens_nothing(client, on_site, joined):
    joined(on_site)
    waits = joined(on_site)

    assert client.get(own_page(waits)).status_code == 200
    forged = own_page(waits).replace("key=", "key=0")

    assert client.get(forged).status_code == 404
    assert client.post(forged, {"do": "leave"}).status_code == 404
    waits.refresh_from_db()
    assert waits.state == State.WAITING


def test_an_offer_is_taken_from_the_letter_in_two_clicks(client, on_site, joined):
    first, second = joined(on_site), joined(on_site)
    own.cancel(first)
    link = follow(client, Letter.objects.get(template="events/offer"))

    page = client.get(link).content.decode()
    after = client.post(link, {"do": "accept"}, follow=True).content.decode()

    assert "Take the place" in page
    assert "You have a place" in after
    second.refresh_from_db()
    assert second.state == State.REGISTERED


def test_the_own_page_says_why_not(client, on_site, remote, joined):
    row = joined(on_site)
    joined(remote)

    page = client.post(own_page(row), {"do": "change_way"}, follow=True).content.decode()

    assert "There is no free place the other way now." in page


def test_what_one_filled_in_is_changed(client, event, on_site, joined):
    row = joined(on_site)

    data = {"do": "change", "name": "Other Name", "interpretation": "Arabic"}
    client.post(own_page(row), data)

    row = Registration.objects.get()
    assert (row.name, row.needs.interpretation, row.place) == ("Other Name", "Arabic", on_site)


def test_after_the_deadline_the_own_page_asks_the_organiser(client, event, on_site, joined):
    row = joined(on_site)
    event.closes_at = timezone.now() - timedelta(minutes=1)
    event.save()

    page = client.get(own_page(row)).content.decode()
    client.post(own_page(row), {"do": "request", "kind": "cancel", "words": "I am ill."})

    assert "Ask the organiser for a change" in page
    assert "Cancel my registration</button>" not in page
    assert Request.objects.get().words == "I am ill."
    assert client.get(form_of(event)).status_code == 410


def test_the_remote_link_is_for_those_who_have_a_remote_place(client, event, remote, joined):
    event.remote_link = "https://video.example.org/room"
    event.save()
    first, second = joined(remote), joined(remote)

    pages = [client.get(own_page(row)).content.decode() for row in (first, second)]

    assert ["video.example.org" in page for page in pages] == [True, False]
    assert "video.example.org" not in client.get(page_of(event)).content.decode()


def test_one_address_gets_so_many_letters_and_no_more(client, event, on_site):
    for _ in range(7):
        assert client.post(form_of(event), filled()).status_code == 302

    assert Letter.objects.count() == 5


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_pages_are_in_three_languages(client, language, on_site):
    row = RegistrationFactory(way=on_site, language=language)
    link = urlsplit(links.own(row))

    page = client.get(f"{link.path}?{link.query}").content.decode()

    words = {"fi": "Ilmoittautumisesi", "sv": "Din anmälan", "en": "Your registration"}
    assert link.path.startswith(f"/{language}/")
    assert words[language] in page


def test_the_page_of_an_event_costs_the_same_with_any_number_of_people(
    client, event, on_site, joined, django_assert_max_num_queries
):
    on_site.places = 10
    on_site.save()
    address = page_of(event)
    for _ in range(3):
        joined(on_site)
    client.get(address)
    with django_assert_max_num_queries(30) as few:
        client.get(address)
        number = len(few)
    for _ in range(10):
        joined(on_site)

    client.get(address)
    with django_assert_max_num_queries(number):
        client.get(address)


def test_a_draft_is_not_there(client):
    draft = EventFactory(state="draft")

    assert client.get(page_of(draft)).status_code == 404
