"""Twelve kinds of mail scanner on every letter about commitments that has a link.

Scanners open what a letter links to before its reader does, some as a browser would, and some press
what they find. None of them may report, confirm or withdraw anything; and what one tells that is
as slow as a person can be taken back.
"""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
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
from tests.scanners import SCANNERS, everything, later, links_of_letters, press

pytestmark = [pytest.mark.django_db, pytest.mark.proof]
TIMES = size(1, 50)
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
)
WRITTEN = {one.__name__: one for one in EVERY}


def test_every_letter_about_commitments_is_scanned():
    assert set(WRITTEN) == {one.name.split(".")[0] for one in LETTERS.glob("*.txt")}


@pytest.mark.parametrize("scan", SCANNERS)
@pytest.mark.parametrize("letter", WRITTEN)
def test_no_scanner_tells_or_withdraws_anything(letter, scan):
    WRITTEN[letter]()
    links = links_of_letters("commitments")
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


def tell(address, progress, time_machine):
    press(address, time_machine, progress=progress)
