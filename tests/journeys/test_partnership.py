"""An organisation joins, promises something, tells of it from a letter, and a partner confirms it.

One journey from the application to the paper for the board: asked for more, approved by two
people, a commitment returned and published, reported on a phone, confirmed and shown.
"""

import re

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone, translation
from playwright.sync_api import expect

from partnership.commitments.models import Share
from partnership.commitments.services import follow_up
from partnership.organisations.models import Organisation
from portal.days import months_after
from portal.mail.models import Letter
from portal.topics.starter import load as load_topics
from tests.factories.accounts import UserFactory
from tests.factories.partnership import MembershipFactory
from tests.printing.samples import opened, tags

from .conftest import PASSWORD, searched, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NAME = "Tervetulotalo (esimerkki)"
PROMISE = "Forty newcomers find a traineeship by the end of next year"
READING = 3_200  # milliseconds: a person reads for a moment; a machine does not
WORDS = {
    "change": "People do not wait for a place.",
    "beneficiaries": "About 40 people in the region.",
    "baseline": "There were 12 places in autumn.",
    "target": "There are many places.",
    "resources": "One person half-time.",
}


def apply(page):
    page.goto("/en/partners/join/")
    go_on = page.get_by_role("button", name="Save and go on")
    page.fill("input[name=name_fi]", NAME)
    expect(page.locator("[data-keep-status]")).to_contain_text("Saved")  # while it is written
    page.reload()
    expect(page.locator("input[name=name_fi]")).to_have_value(NAME)
    page.fill("input[name=business_id]", "9900003-4")
    page.select_option("select[name=kind]", "association")
    go_on.click()
    page.fill("input[name=areas]", "TA05")
    page.locator("input[name=topics]").first.check()
    page.fill("textarea[name=description]", "Example. An open meeting place for newcomers.")
    go_on.click()
    page.fill("input[name=email]", "talo@example.org")
    page.fill("textarea[name=motivation]", "We look for others who open their doors.")
    go_on.click()
    for box in page.locator("fieldset").last.locator("input[type=checkbox]").all():
        box.check()
    page.get_by_role("button", name="Send the application").click()


def promise(page):
    page.goto("/en/commitments/write/")
    page.fill("input[name=title]", PROMISE)
    for name, text in WORDS.items():
        page.fill(f"textarea[name={name}]", text)
    page.fill("input[name=areas]", "TA05")
    day = months_after(timezone.localdate(), 6)
    page.fill("input[name=m-0-title]", "Ten people have begun")
    page.fill("input[name=m-0-due]", f"{day.month}/{day.year}")
    page.fill("input[name=m-0-evidence]", "A report tells how many.")
    page.get_by_role("button", name="Save and send in").click()
    expect(page.locator(".messages")).to_contain_text("sent to the programme team")


def open_case(page, room, name):
    page.goto(f"/cms/{room}/")
    page.get_by_role("link", name=name).first.click()


def letter_link(template) -> str:
    [letter] = Letter.objects.filter(template=template)
    return re.search(r"https?://[^/]+(/\S+)", letter.text)[1]


def in_three_taps(phone, address):
    """The letter's screen on a phone: all of it there, nothing chosen, three taps to have told."""
    phone.set_viewport_size({"width": 360, "height": 640})
    phone.goto(address)
    button = phone.get_by_role("button", name="Tell", exact=True)
    box = button.bounding_box()
    assert box and box["y"] + box["height"] <= 640, box
    assert phone.locator("main form input:checked").count() == 0
    must = phone.locator("main form [required]").evaluate_all("all => all.map(one => one.name)")
    assert set(must) == {"progress"}
    phone.wait_for_timeout(READING)
    phone.locator("label", has=phone.locator("input[value=on-track]")).click()
    phone.locator("textarea[name=sentence]").click()
    phone.keyboard.type("Twelve have begun.")
    button.click()
    expect(phone.get_by_role("button", name="Take the report back")).to_be_visible()
    assert phone.evaluate("scrollY") == 0


def confirm(page, address):
    page.goto(address)
    page.wait_for_timeout(READING)
    page.locator("label", has=page.locator("input[value=confirmed]")).click()
    page.get_by_role("button", name="Answer").click()
    expect(page.get_by_role("button", name="Take the answer back")).to_be_visible()


def paper_of_the_year(page, organisation):
    """“Our year” in Finnish, as the browser gets it."""
    with translation.override("fi"):
        address = reverse("organisations:year_pdf", args=[organisation.slug])
    answer = page.request.get(address)
    assert answer.headers["content-type"] == "application/pdf"
    return answer.body()


@pytest.mark.timeout(120)
def test_organisation_joins_promises_tells_and_is_confirmed(window, tmp_path):
    call_command("import_places", verbosity=0)
    load_topics(lambda done, total: None)
    owner = UserFactory(password=PASSWORD, language="en")
    applicant, reader = window(width=360), window()
    sign_in(applicant, owner)
    apply(applicant)
    expect(applicant.locator("main")).to_contain_text(NAME)
    assert reader.goto("/en/partners/tervetulotalo-esimerkki/").status == 404
    assert NAME not in searched(reader, "/fi/haku/?q=tervetulotalot")

    first, second = window(), window()
    for page in (first, second):
        sign_in(page, UserFactory(role="programme", password=PASSWORD, language="en"))
        open_case(page, "memberships", NAME)
    first.fill("textarea#return-text", "Who comes there?")
    first.get_by_role("button", name="Return for more").click()
    applicant.goto("/en/partners/mine/")
    applicant.get_by_role("link", name="Answer and send in again").click()
    applicant.fill("textarea[name=text]", "Everybody.")
    applicant.get_by_role("button", name="Send in again").click()

    first.reload()
    for box in first.locator("input[value=met]").all():
        box.check()
    first.locator("input[name=decision][value=approve]").check()
    first.get_by_role("button", name="Put before a second reader").click()
    expect(first.locator("main")).to_contain_text("You made this proposal")
    second.reload()
    second.get_by_role("button", name="Approve as the second reader").click()
    expect(second.locator(".messages")).to_be_visible()
    reader.goto("/en/partners/")
    reader.get_by_role("link", name=NAME).click()
    expect(reader.locator("h1")).to_contain_text(NAME)
    assert NAME in searched(reader, "/fi/haku/?q=tervetulotalot")
    assert [letter.to for letter in Letter.objects.order_by("pk")] == [owner.email] * 4

    promise(applicant)
    open_case(first, "commitments", PROMISE)
    first.fill("textarea#return-target", "How many, and by which day?")
    first.get_by_role("button", name="Return with comments").click()
    expect(first.locator(".messages")).to_be_visible()
    applicant.reload()
    applicant.get_by_role("link", name="Write on").click()
    expect(applicant.locator("main")).to_contain_text("How many, and by which day?")
    applicant.fill("textarea[name=target]", "There are 40 places at the end of next year.")
    applicant.get_by_role("button", name="Save and send in").click()
    first.reload()
    first.get_by_role("button", name="Publish").click()
    expect(first.locator(".messages")).to_be_visible()

    Share.objects.update(next_due=timezone.localdate())
    assert follow_up.ask_due() == 1
    in_three_taps(window(), letter_link("commitments/ask"))

    other = MembershipFactory(status="active", organisation__name_fi="Toinen järjestö")
    applicant.goto(f"/en/commitments/own/{Share.objects.get().commitment_id}/")
    applicant.get_by_role("link", name="Ask a partner to confirm it").click()
    applicant.fill("input[name=organisation]", other.organisation.business_id)
    applicant.get_by_role("button", name="Ask", exact=True).click()
    expect(applicant.locator(".messages")).to_be_visible()
    confirm(window(), letter_link("commitments/confirm"))

    reader.goto("/en/areas/TA05/")
    told = reader.locator("li", has=reader.get_by_role("link", name=PROMISE))
    expect(told).to_contain_text("On track")
    expect(told).to_contain_text("Confirmed by a partner")
    content = paper_of_the_year(applicant, Organisation.objects.get(name_fi=NAME))
    (tmp_path / "our-year.pdf").write_bytes(content)
    pdf = opened(content)
    assert str(pdf.Root.Lang) == "fi" and len(pdf.pages) == 1
    assert {"H1", "H2", "H3"} <= set(tags(pdf))
