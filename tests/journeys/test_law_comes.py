"""An amendment comes by itself, and all that rests on it says so until somebody has checked it."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings as site
from django.core.management import call_command
from django.utils import translation
from playwright.sync_api import expect

from law import following, incoming
from law.finlex import watching
from law.models import IncomingAmendment, Section
from portal.languages import LANGUAGES
from tests.factories import questions as make
from tests.factories.accounts import UserFactory
from tests.factories.content import ArticleFactory, law_box
from tests.factories.law import AMENDMENT
from tests.factories.notices import FollowerFactory, FollowFactory
from tests.law import invented

from .conftest import PASSWORD, sign_in, the_worker_takes_a_turn
from .test_editor import publish
from .test_law_changes import what_axe_finds

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BANNER = ".law-banner"
PEOPLE = ("lawyer", "editor", "asker", "follower")
PUBLISHED = {
    "fi": "Muutos on julkaistu, voimaan 1.1.2027: 9103/2026",
    "sv": "En ändring har publicerats, i kraft 1 januari 2027: 9103/2026",
    "en": "An amendment has been published, in force 1 January 2027: 9103/2026",
}
TEMPORARY = AMENDMENT | {
    "amends": "9101/2023",
    "number": "9105/2027",
    "given_on": "2027-02-01",
    "in_force_from": "2027-03-01",
    "valid_until": "2027-03-31",
    "changed": [
        {
            "number": "2",
            "heading": {"fi": "Tehtävä", "sv": "Uppgift"},
            "text": {"fi": ["Valtio vastaa hetken."], "sv": ["Staten ansvarar en tid."]},
        }
    ],
}


@pytest.fixture
def clock():
    """Half past five on the night before the amendment, and later as the journey says."""
    with time_machine.travel(invented.NIGHT) as clock:
        yield clock


@pytest.fixture
def standin(clock, settings, transactional_db):
    """The stand-in for Finlex, whose act the portal has since last night."""
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0  # or it may save at the moment of a click
    with invented.watched(settings) as standin:
        watching.look()
        yield standin


@pytest.fixture
def section(standin):
    return Section.objects.get(act__number=9101, number="2")


@pytest.fixture
def person():
    """Makes somebody with an address that the letters of the journey are told by."""

    def make(name, role=None, **fields):
        return UserFactory(role=role, email=f"{name}@example.org", password=PASSWORD, **fields)

    return make


def letters(mailoutbox):
    """What the worker writes to those of the journey, by name: all since the last look."""
    the_worker_takes_a_turn()
    by_name = [(letter.to[0].partition("@")[0], letter) for letter in mailoutbox]
    sent = [(name, letter) for name, letter in by_name if name in PEOPLE]
    mailoutbox.clear()
    assert len(dict(sent)) == len(sent)
    return dict(sent)


def address(section, language):
    with translation.override(language):
        return section.get_absolute_url()


def take_into_use(page, letter):
    """From the letter to the list, and to the act, where both sides stand side by side."""
    [link] = [word for word in letter.body.split() if word.startswith(site.SITE_URL)]
    page.goto(link.removeprefix(site.SITE_URL))
    page.get_by_role("link", name="9103/2026").click()
    for mark, words in (
        ("del", "Kunta"),
        ("ins", "Hyvinvointialue"),
        ("del", "Kommunen"),
        ("ins", "Välfärdsområdet"),
    ):
        expect(page.locator(f".law-side {mark}", has_text=words)).to_be_visible()
    assert what_axe_finds(page, ".law-changes") == []
    page.get_by_role("button", name="Take into use").click()
    expect(page.locator(".messages")).to_contain_text("The act has been taken into use.")


def banners(page, articles):
    """How many banners each page shows, in the order of the pages."""
    found = []
    for article in articles:
        page.goto(article.url_path)
        found.append(page.locator(BANNER).count())
    return found


def test_an_amendment_comes_at_night_and_nothing_that_rests_on_it_falls_silent(
    standin, section, clock, window, reader, person, mailoutbox, tmp_path
):
    first = ArticleFactory(title="Who answers", body=[law_box(section)])
    first_in = [
        ArticleFactory(language="fi", together=first, body=[law_box(section)]),
        ArticleFactory(language="sv", together=first, body=[law_box(section)]),
        first,
    ]
    second = ArticleFactory(title="What to do", body=[law_box(section)])
    counsel, editor = person("lawyer", "lawyer", language="en"), person("editor", "editor")
    asker = person("asker")
    question = make.answered(
        asker=asker, sections=[section], may_be_published=False, private_reason="A matter."
    )
    FollowFactory(
        kind="section",
        subject="9101/2023:2",
        follower=FollowerFactory(email="follower@example.org"),
    )
    the_worker_takes_a_turn()
    mailoutbox.clear()

    # at night
    invented.amend(standin)
    clock.move_to(invented.NIGHT + timedelta(days=1))
    watching.look()
    for language in LANGUAGES:
        reader.goto(address(section, language))
        expect(reader.locator(".alert--info")).to_contain_text(PUBLISHED[language])
    told = letters(mailoutbox)
    assert list(told) == ["lawyer"]

    # taken into use
    lawyer = window()
    sign_in(lawyer, counsel)
    take_into_use(lawyer, told["lawyer"])
    assert banners(reader, [*first_in, second]) == [1, 1, 1, 1]
    told = letters(mailoutbox)
    assert set(told) == {"follower", "asker"}
    assert "Hyvinvointialue" in told["follower"].body
    assert question.number in told["asker"].subject
    page = window()
    sign_in(page, asker)
    [link] = [word for word in told["asker"].body.split() if "/questions/mine/" in word]
    page.goto(link.removeprefix(site.SITE_URL))
    expect(page.locator("main")).to_contain_text("this answer is being checked")
    for language, words in (("fi", "2 §"), ("sv", "2 §"), ("en", "Section 2")):
        counsel.language = language
        counsel.save()
        lawyer.goto("/cms/law-changes/?owner=all")
        expect(lawyer.locator("html")).to_have_attribute("lang", language)
        expect(lawyer.locator(".law-changes")).to_contain_text(words)

    # confirmed
    lawyer.locator(".law-changes").get_by_role("link", name="Section 2").first.click()
    for thing in (first.translation_key, question.key):
        form = lawyer.locator("form", has=lawyer.locator(f'input[value="{thing}"]'))
        form.get_by_label("Note").fill("Read as before.")
        form.get_by_role("button").first.click()
        expect(lawyer.locator(".messages")).to_contain_text("its banner is gone")
    assert banners(reader, [*first_in, second]) == [0, 0, 0, 1]
    assert question.number in letters(mailoutbox)["asker"].subject

    # the day comes
    reader.goto(address(section, "fi"))
    expect(reader.locator(".law-text").first).to_contain_text("Kunta vastaa.")
    clock.move_to("2027-01-01 00:30+02:00")
    following.tell_of_the_day()
    reader.goto(address(section, "fi"))
    expect(reader.locator(".law-text").first).to_contain_text("Hyvinvointialue vastaa.")
    assert letters(mailoutbox)["follower"].subject.startswith("Now in force")

    # edited
    desk = window()
    sign_in(desk, editor)
    desk.goto(f"/cms/pages/{second.pk}/edit/")
    desk.fill("textarea[name=summary]", "The wellbeing services county answers.")
    publish(desk, "The county answers now.")
    assert banners(reader, [*first_in, second]) == [0, 0, 0, 0]

    # a temporary act
    file = tmp_path / "9105-2027.json"
    file.write_text(json.dumps(TEMPORARY))
    clock.move_to("2027-02-10 12:00+02:00")
    call_command("import_law", "--propose", str(file))
    incoming.take_into_use(IncomingAmendment.objects.get(number=9105), by=counsel)
    for day, words in (
        ("2027-02-28", "Hyvinvointialue vastaa."),
        ("2027-03-01", "Valtio vastaa hetken."),
        ("2027-04-01", "Hyvinvointialue vastaa."),
    ):
        clock.move_to(f"{day} 00:30+02:00")
        following.tell_of_the_day()
        reader.goto(address(section, "fi"))
        expect(reader.locator(".law-text").first).to_contain_text(words)
    reader.goto(second.url_path)
    expect(reader.locator(".law-banner li")).to_have_count(2)
    assert "asker" in letters(mailoutbox)
