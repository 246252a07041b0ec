"""A reader follows section 14 by e-mail alone, is told of its amendment, and stops with a click."""

import json

import pytest
from django.conf import settings
from django.core.management import call_command
from playwright.sync_api import expect

from law import starter
from law.models import Section
from portal.forms import FASTEST
from portal.notifications.models import Follower
from tests.factories.law import AMENDMENT, before_amendment

from .conftest import the_worker_takes_a_turn

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SECTION = "/en/law/681-2023/14/"


@pytest.fixture
def law(transactional_db):
    """The Act with a wording of section 14, so that there is something to compare with."""
    starter.load()
    before_amendment(Section.objects.get(number="14"))


def opened(page, message):
    """Open the first signed link of a letter, or the first that leads to the changes."""
    [address] = [word for word in message.split() if "key=" in word or "#changes" in word][:1]
    page.goto(address.removeprefix(settings.SITE_URL))


def test_a_reader_follows_a_section_by_mail_alone(law, reader, mailoutbox, tmp_path):
    reader.goto(SECTION)
    reader.get_by_role("link", name="Follow: section 14").click()
    reader.fill("input[name=email]", "reader@example.org")
    reader.get_by_label("At once").check()
    reader.wait_for_timeout(FASTEST.total_seconds() * 1000 + 500)
    reader.get_by_role("button", name="Send me a link").click()
    expect(reader.locator("h1")).to_have_text("Check your mail")

    the_worker_takes_a_turn()
    opened(reader, mailoutbox.pop().body)
    reader.get_by_role("button", name="Confirm", exact=True).click()
    expect(reader.locator("h1")).to_have_text("You follow this now")

    file = tmp_path / "invented-150-2027.json"
    file.write_text(json.dumps(AMENDMENT))
    call_command("import_law", str(file))
    the_worker_takes_a_turn()
    [letter] = mailoutbox
    assert "150/2027" in letter.body

    opened(reader, letter.body)
    changes = reader.locator("#changes")
    expect(changes.locator("ins", has_text="kahden").first).to_be_visible()
    expect(changes.locator("del", has_text="kolmen").first).to_be_visible()

    stop = letter.extra_headers["List-Unsubscribe"].strip("<>").removeprefix(settings.SITE_URL)
    reader.goto(stop)
    reader.get_by_role("button", name="Stop all e-mails").click()
    expect(reader.locator("h1")).to_have_text("No more e-mails")
    assert not Follower.objects.exists()
