"""Pages and the daily schedule at 2,000 organisations, 10,000 commitments and 60,000 reports.

What a page costs does not depend on how long the list is: measured with one full page of rows in
the table and with all of them. In the suite, where machines are shared, it is counted in steps of
SQLite's machine and calls of Python, which are the same each time; in `make prove` in seconds too.
"""

import sys
import time
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from partnership.commitments.models import Commitment, Milestone, Report, Share
from partnership.commitments.services import bills, follow_up
from partnership.organisations.models import Membership, Organisation, Representative
from portal.accounts.models import User
from tests.factories.accounts import UserFactory
from tests.factories.partnership import a_business_id
from tests.factories.places import AreaFactory
from tests.proofs import PROVING, size

pytestmark = [pytest.mark.django_db, pytest.mark.proof]
ORGANISATIONS, COMMITMENTS, REPORTS = size(40, 2_000), size(900, 10_000), size(900, 60_000)
A_PAGE = 20
MORE = 1.2
FEW = 150  # steps or calls that the work of a page does not notice
SECONDS = 60
AT_ONCE = 2_000


class Filled:
    """A portal of members with commitments and reports; the first organisation is the reader's."""

    def __init__(self):
        self.owner = UserFactory()
        self.area = AreaFactory()
        self.organisations, self.shares = [], []

    def organisations_up_to(self, number):
        now = timezone.now()
        new = range(len(self.organisations), number)
        rows = Organisation.objects.bulk_create(
            [
                Organisation(
                    name_fi=f"Esimerkki {one:05}",
                    words=f"esimerkki {one:05}",
                    slug=f"esimerkki-{one}",
                    business_id=a_business_id(one + 5000),
                    kind="association",
                    language="fi",
                )
                for one in new
            ],
            AT_ONCE,
        )
        users = User.objects.bulk_create(
            [User(email=f"sized{one}@example.org") for one in new], AT_ONCE
        )
        if not self.organisations:
            users[0] = self.owner
        Membership.objects.bulk_create(
            [
                Membership(organisation=row, applicant=user, status="active", decided_at=now)
                for row, user in zip(rows, users, strict=True)
            ],
            AT_ONCE,
        )
        Representative.objects.bulk_create(
            [
                Representative(organisation=row, user=user, role="owner")
                for row, user in zip(rows, users, strict=True)
            ],
            AT_ONCE,
        )
        self.organisations += rows

    def commitments_up_to(self, number):
        now, today = timezone.now(), timezone.localdate()
        new = range(len(self.shares), number)
        rows = Commitment.objects.bulk_create(
            [
                Commitment(
                    organisation=self.organisations[one % len(self.organisations)],
                    title=f"A promise {one}",
                    slug=f"a-promise-{one}",
                    language="fi",
                    state="published",
                    published_at=now - timedelta(days=one % 270),
                )
                for one in new
            ],
            AT_ONCE,
        )
        link = Commitment.areas.through
        link.objects.bulk_create([link(commitment=row, area=self.area) for row in rows], AT_ONCE)
        Milestone.objects.bulk_create(
            [
                Milestone(commitment=row, title="A step", due="2028", first_due="2028")
                for row in rows
            ],
            AT_ONCE,
        )
        self.shares += Share.objects.bulk_create(
            [
                Share(
                    commitment=row,
                    organisation_id=row.organisation_id,
                    leads=True,
                    accepted_at=now,
                    next_due=today + timedelta(days=one % 270),
                )
                for one, row in zip(new, rows, strict=True)
            ],
            AT_ONCE,
        )

    def reports(self, number):
        now = timezone.now()
        Report.objects.bulk_create(
            [
                Report(
                    share=self.shares[one % len(self.shares)],
                    progress="on-track",
                    at=now - timedelta(days=one % 200),
                )
                for one in range(number)
            ],
            AT_ONCE,
        )


@pytest.fixture
def filled():
    return Filled()


def steps_of(open_page) -> tuple[int, int]:
    """How many times ten instructions SQLite ran, and how many functions Python called."""
    connection.ensure_connection()
    counted = [0, 0]

    def of_database():
        counted[0] += 1
        return 0

    def of_python(_frame, event, _argument):
        counted[1] += event in ("call", "c_call")

    if connection.vendor == "sqlite":
        connection.connection.set_progress_handler(of_database, 10)
    sys.setprofile(of_python)
    try:
        open_page()
    finally:
        sys.setprofile(None)
        if connection.vendor == "sqlite":
            connection.connection.set_progress_handler(None, 10)
    return counted[0], counted[1]


def seconds_of(open_page) -> float:
    """CPU of the process, SQLite's within it: the least of seven."""
    times = []
    for _time in range(7):
        begun = time.process_time()
        open_page()
        times.append(time.process_time() - begun)
    return min(times)


def costs(client, filled):
    """What each page costs once it has been opened, so that its counts are kept."""
    found = {}
    pages = {
        "list": "/en/commitments/",
        "list, signed in": "/en/commitments/",
        "one": filled.shares[0].commitment.get_absolute_url(),
        "area page": f"/en/areas/{filled.area.key}/",
        "desk": "/en/desk/",
    }
    for name, address in pages.items():
        client.logout()
        if name in ("desk", "list, signed in"):
            client.force_login(filled.owner)

        def open_page(address=address):
            assert client.get(address).status_code == 200

        open_page()
        open_page()
        found[name] = (*steps_of(open_page), seconds_of(open_page) if PROVING else 0)
    return found


@pytest.mark.timeout(1800)
def test_pages_cost_the_same_however_long_the_lists_are(client, filled, capsys):
    filled.organisations_up_to(A_PAGE)
    filled.commitments_up_to(A_PAGE)
    filled.reports(A_PAGE)
    few = costs(client, filled)

    filled.organisations_up_to(ORGANISATIONS)
    filled.commitments_up_to(COMMITMENTS)
    filled.reports(REPORTS)
    many = costs(client, filled)

    if PROVING:
        with capsys.disabled():
            for name, (steps, calls, seconds) in many.items():
                sys.stdout.write(
                    f"\n{name}: database {few[name][0]} -> {steps},"
                    f" calls {few[name][1]} -> {calls},"
                    f" CPU {few[name][2] * 1000:.1f} -> {seconds * 1000:.1f} ms"
                )
    grown = {
        name: (few[name], cost)
        for name, cost in many.items()
        if any(after > before * MORE + FEW for before, after in zip(few[name], cost, strict=True))
    }
    assert not grown, grown


@pytest.mark.timeout(1800)
def test_a_day_of_the_schedule_is_done_within_a_minute(filled, capsys):
    filled.organisations_up_to(ORGANISATIONS)
    filled.commitments_up_to(COMMITMENTS)
    filled.reports(REPORTS)

    begun = time.monotonic()
    asked = follow_up.ask_due()
    follow_up.archive_silent()
    bills.tell_of_bills()
    taken = time.monotonic() - begun

    assert asked >= COMMITMENTS // 270
    assert taken < SECONDS
    if PROVING:
        with capsys.disabled():
            sys.stdout.write(f"\na day: {asked} letters of {COMMITMENTS} in {taken:.1f} s\n")
