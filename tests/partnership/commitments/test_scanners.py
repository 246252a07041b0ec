"""Twelve kinds of mail scanner on every letter about commitments that has a link.

Scanners open what a letter links to before its reader does, some as a browser would, and some press
what they find. None of them may report, confirm or withdraw anything; and what one tells that is
as slow as a person can be taken back.
"""

import re
from datetime import timedelta
from pathlib import Path
from urllib.parse import urljoin, urlsplit
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.conf import settings
from django.test import Client
from django.utils import timezone

from partnership.commitments.models import Report
from partnership.commitments.services import (
    bills,
    confirmations,
    decisions,
    follow_up,
    joint,
    writing,
)
from partnership.commitments.services import team as team_services
from portal.forms import FASTEST
from portal.mail.models import Letter
from tests.factories.accounts import UserFactory
from tests.factories.commitments import (
    AskFactory,
    CommitmentFactory,
    ConfirmationFactory,
    PartnerFactory,
    ReportFactory,
)
from tests.factories.law import PendingBillFactory, SectionFactory
from tests.factories.partnership import MembershipFactory
from tests.proofs import size

pytestmark = [pytest.mark.django_db, pytest.mark.proof]
TIMES = size(1, 50)
BROWSER = {"user-agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0"}
LETTERS = Path(settings.BASE_DIR) / "templates" / "letters" / "commitments"


def ask():
    row = CommitmentFactory()
    row.shares.update(next_due=timezone.localdate())
    follow_up.ask_due()


def received():
    writing.submit(CommitmentFactory(state="draft"), by=UserFactory())


def returned():
    row = CommitmentFactory(state="submitted")
    decisions.return_with_comments(row, by=UserFactory(), comments={"target": "How many?"})


def published():
    decisions.publish(CommitmentFactory(state="submitted"), by=UserFactory())


def archived():
    CommitmentFactory(published_at=timezone.now() - timedelta(days=800))
    follow_up.archive_silent()


def invited():
    partner = MembershipFactory(status="active").organisation
    joint.invite(CommitmentFactory(), partner, by=UserFactory())


def answered():
    joint.accept(PartnerFactory(accepted_at=None), by=UserFactory(), text="We too.")


def confirm():
    partner = MembershipFactory(status="active").organisation
    confirmations.ask_partner(ReportFactory(), partner, by=UserFactory())


def differs():
    row = ConfirmationFactory()
    confirmations.answer(row, answer="differs", words="We counted 22.", by=row.to)


def bill():
    section = SectionFactory()
    CommitmentFactory().section_links.create(section=section)
    PendingBillFactory(acts=[section.act])
    bills.tell_of_bills()


def team():
    CommitmentFactory()
    to = team_services.recipients("published")
    words = dict.fromkeys(("fi", "sv", "en"), ("An event", "Welcome."))
    team_services.write_to_many(to, words, key=uuid4(), by=UserFactory())


EVERY = (
    ask,
    received,
    returned,
    published,
    archived,
    invited,
    answered,
    confirm,
    differs,
    bill,
    team,
)
WRITTEN = {one.__name__: one for one in EVERY}


class Scanner:
    """One that fetches, from a network, with or without keeping cookies."""

    def __init__(self, *, network="192.0.2.1", cookies=True, **headers):
        self.client = Client(enforce_csrf_checks=True, headers=BROWSER | headers)
        self.network, self.cookies = network, cookies

    def get(self, address, how="get"):
        if not self.cookies:
            self.client.cookies.clear()
        response = getattr(self.client, how)(address, follow=True, REMOTE_ADDR=self.network)
        self.at = response.redirect_chain[-1][0] if response.redirect_chain else address
        return BeautifulSoup(response.content, "html.parser")

    def follow(self, page):
        """Every link of the page to a page of ours; files cannot tell anything."""
        for one in page.select("a[href], link[href]"):
            url = urlsplit(urljoin(self.at, one["href"]))
            if url.netloc in ("", "portal.example.org") and not url.path.startswith("/static/"):
                self.client.get(f"{url.path}?{url.query}", follow=True, REMOTE_ADDR=self.network)

    def send(self, address, more=lambda form: [{}]):
        """Every form of the page as it stands, and with what `more` finds to add to it."""
        page = self.get(address)
        for form in page.select("main form"):
            where = urljoin(self.at, form.get("action", ""))
            for added in more(form):
                if not self.cookies:
                    self.client.cookies.clear()
                method = getattr(self.client, form.get("method", "get").lower())
                sent = as_it_stands(form) | added
                method(where, sent, follow=True, REMOTE_ADDR=self.network)


def as_it_stands(form):
    """What a browser sends of a form that nobody has touched."""
    sent = {}
    for box in form.select("input[name], textarea[name], select[name]"):
        if box.get("type") == "file":
            continue
        if box.get("type") in ("radio", "checkbox") and not box.has_attr("checked"):
            continue
        chosen = box.select_one("option[selected]") or box.select_one("option")
        sent[box["name"]] = chosen.get("value", "") if chosen else box.get("value") or box.text
    return sent


def buttons(form):
    return [{one.get("name", "button"): one.get("value", "")} for one in form.select("button")]


def choices(form):
    """Every radio button and option tried in turn, with every button."""
    radios = form.select("input[type=radio][name], input[type=checkbox][name]")
    tried = [{one["name"]: one.get("value", "on")} for one in radios]
    return [one | button for one in tried for button in buttons(form)]


def opened(address, **how):
    Scanner(**how).get(address)


def head(address):
    Scanner().get(address, "head")


def prefetch(address):
    Scanner(purpose="prefetch", **{"sec-purpose": "prefetch;prerender", "x-moz": "prefetch"}).get(
        address
    )


def rendered(address):
    scanner = Scanner(**{"sec-fetch-mode": "navigate", "sec-fetch-dest": "document"})
    scanner.follow(scanner.get(address))


def forms(address, **how):
    Scanner(**how).send(address)


def pressed(address, **how):
    Scanner(**how).send(address, buttons)


def tried(address, **how):
    Scanner(**how).send(address, choices)


def all_of_it(address, **how):
    for one in (opened, forms, pressed, tried):
        one(address, **how)


def twice(address):
    all_of_it(address)
    all_of_it(address)


def two_networks(address):
    all_of_it(address)
    all_of_it(address, network="198.51.100.7")


def without_cookies(address):
    all_of_it(address, cookies=False)


def filled(address):
    """Writes into every box too, the hidden ones among them."""
    Scanner().send(
        address,
        lambda form: [
            one | {box["name"]: "x" for box in form.select("input[type=text], textarea")}
            for one in choices(form)
        ],
    )


def options(address):
    Scanner().get(address, "options")


SCANNERS = [
    opened,
    head,
    options,
    prefetch,
    rendered,
    forms,
    pressed,
    tried,
    filled,
    twice,
    two_networks,
    without_cookies,
]


def everything():
    return {
        model._meta.label: sorted(model.objects.values_list(), key=str)
        for app in ("commitments", "organisations")
        for model in apps.get_app_config(app).get_models()
    }


def links_of_letters():
    texts = Letter.objects.filter(template__startswith="commitments/").values_list(
        "text", flat=True
    )
    return re.findall(r"https://portal\.example\.org(/?\S*)", "\n".join(texts))


def test_every_letter_about_commitments_is_scanned():
    assert set(WRITTEN) == {one.name.split(".")[0] for one in LETTERS.glob("*.txt")}


@pytest.mark.parametrize("scan", SCANNERS)
@pytest.mark.parametrize("letter", WRITTEN)
def test_no_scanner_tells_or_withdraws_anything(letter, scan):
    WRITTEN[letter]()
    links = links_of_letters()
    assert links
    before = everything()

    for _time in range(TIMES):
        for link in links:
            scan(link)

    assert everything() == before


@pytest.mark.parametrize("scan", SCANNERS)
def test_no_scanner_takes_back_what_the_reader_told(scan, time_machine):
    key = AskFactory()
    address = f"/en/commitments/tell/{key.key}/"
    tell(address, "stuck", time_machine)
    before = everything()

    for _time in range(TIMES):
        scan(address)

    assert everything() == before
    assert Report.objects.standing().get().progress == "stuck"


@pytest.mark.parametrize("scan", SCANNERS)
def test_the_reader_tells_hours_after_any_scanner(scan, time_machine):
    address = f"/en/commitments/tell/{AskFactory().key}/"
    for _time in range(TIMES):
        scan(address)
    later(time_machine, timedelta(hours=5))

    tell(address, "moved", time_machine)

    assert Report.objects.standing().get().progress == "moved"


@pytest.mark.parametrize("scan", SCANNERS)
def test_no_scanner_takes_back_what_a_partner_confirmed(scan):
    row = ConfirmationFactory()
    confirmations.answer(row, answer="confirmed", by=row.to)
    before = everything()

    for _time in range(TIMES):
        scan(f"/en/commitments/confirm/{row.key}/")

    assert everything() == before


def test_what_a_scanner_as_slow_as_a_person_told_is_taken_back(time_machine):
    key = AskFactory()
    address = f"/en/commitments/tell/{key.key}/"
    due = key.share.next_due
    tell(address, "done", time_machine)

    press(address, time_machine, undo="")
    assert not Report.objects.standing().exists()
    key.share.refresh_from_db()
    assert key.share.next_due == due
    tell(address, "on-track", time_machine)

    assert Report.objects.standing().get().progress == "on-track"


def test_its_organisation_sees_what_came_through_a_letter(client, time_machine):
    key = AskFactory()
    tell(f"/en/commitments/tell/{key.key}/", "done", time_machine)
    client.force_login(key.to)
    own = f"/en/commitments/own/{key.share.commitment_id}/"

    assert f"/en/commitments/report/{Report.objects.get().pk}/" in client.get(own).content.decode()
    later(time_machine, Report.UNDO_WITHIN)
    assert "/en/commitments/report/" not in client.get(own).content.decode()


def later(time_machine, time):
    time_machine.move_to(timezone.now() + time)


def press(address, time_machine, **typed):
    """What a person does: opens the page, reads it, and presses."""
    client = Client()
    page = BeautifulSoup(client.get(address).content, "html.parser")
    form = page.select_one("main form")
    later(time_machine, FASTEST + timedelta(seconds=2))
    assert client.post(address, as_it_stands(form) | typed).status_code == 302


def tell(address, progress, time_machine):
    press(address, time_machine, progress=progress)
