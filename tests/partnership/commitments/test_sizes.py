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
from django.utils.module_loading import import_string

from partnership.commitments.models import Ask, Commitment, Milestone, Report, Share
from partnership.organisations.models import Membership, Organisation, Representative
from portal.accounts.models import User
from portal.caching import memory
from portal.mail.models import Letter
from portal.scheduling import schedule
from tests.factories.accounts import UserFactory
from tests.factories.partnership import PeriodFactory, a_business_id
from tests.factories.places import AreaFactory
from tests.factories.topics import TopicFactory
from tests.proofs import PROVING, size

pytestmark = [pytest.mark.django_db, pytest.mark.proof]
ORGANISATIONS, COMMITMENTS, REPORTS = size(40, 2_000), size(300, 10_000), size(300, 60_000)
A_PAGE = 20
MORE = 1.2
FEW = 150  # steps or calls that the work of a page does not notice
SECONDS = 60
AT_ONCE = 2_000
IN_THE_SUITE = (
    *("list of one", "list of all of it", "one", "directory, signed in", "directory of an area"),
    *("one partner", "area page, signed in", "desk"),
)
ANEW = 1.0  # the first reader after a change waits no longer, in seconds


class Filled:
    """A portal of members with commitments and reports; the first organisation is the reader's."""

    def __init__(self):
        self.owner = UserFactory()
        self.area, self.topic = AreaFactory(), TopicFactory()
        self.organisations, self.shares = [], []

    def organisations_up_to(self, number):
        now = timezone.now()
        long_ago = now - timedelta(days=500)
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
                    confirmed_at=now - timedelta(days=one % 370),
                )
                for one in new
            ],
            AT_ONCE,
        )
        place, theme = Organisation.areas.through, Organisation.topics.through
        place.objects.bulk_create([place(organisation=row, area=self.area) for row in rows])
        theme.objects.bulk_create([theme(organisation=row, topic=self.topic) for row in rows])
        users = User.objects.bulk_create(
            [User(email=f"sized{one}@example.org") for one in new], AT_ONCE
        )
        if not self.organisations:
            users[0] = self.owner
        Membership.objects.bulk_create(
            [
                Membership(organisation=row, applicant=user, status="active", decided_at=long_ago)
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
                    organisation=self.organisations[
                        one % len(self.organisations) if one >= A_PAGE else 0
                    ],
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


def pages(filled) -> dict[str, tuple[str, bool]]:
    """What is looked at: the address, and whether the reader has signed in."""
    commitments, partners = "/en/commitments/", "/en/partners/"
    area, one = filled.area.key, filled.organisations[0].slug
    return {
        "list": (commitments, False),
        "list, signed in": (commitments, True),
        "list of an area": (f"{commitments}?area={area}", False),
        "list of a state": (f"{commitments}?state=published", False),
        "list of one": (f"{commitments}?organisation={one}", False),
        "list of words": (f"{commitments}?q=promise", False),
        "list of all of it": (f"{commitments}?area={area}&state=published&q=promise", True),
        "one": (filled.shares[0].commitment.get_absolute_url(), False),
        "directory": (partners, False),
        "directory, signed in": (partners, True),
        "directory of an area": (f"{partners}?area={area}", False),
        "directory of a kind": (f"{partners}?kind=association", False),
        "directory of a theme": (f"{partners}?topic={filled.topic.key}", True),
        "directory of words": (f"{partners}?q=esimerkki", False),
        "one partner": (filled.organisations[0].get_absolute_url(), False),
        "area page": (f"/en/areas/{area}/", False),
        "area page, signed in": (f"/en/areas/{area}/", True),
        "desk": ("/en/desk/", True),
    }


def costs(client, filled):
    """What each page costs once it has been opened, so that its counts are kept."""
    found = {}
    for name, (address, signed_in) in pages(filled).items():
        if not PROVING and name not in IN_THE_SUITE:
            continue
        client.logout()
        if signed_in:
            client.force_login(filled.owner)

        def open_page(address=address):
            assert client.get(address).status_code == 200

        open_page()
        open_page()
        found[name] = (*steps_of(open_page), seconds_of(open_page) if PROVING else 0)
    return found


def slowest_anew(client, filled) -> tuple[float, str]:
    """Of the first reader after a change, when nothing is kept: the dearest page, in seconds."""
    taken = []
    for name, (address, signed_in) in pages(filled).items():
        client.logout()
        if signed_in:
            client.force_login(filled.owner)
        memory.forget()
        begun = time.process_time()
        client.get(address)
        taken.append((time.process_time() - begun, name))
    return max(taken)


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
    if PROVING:
        seconds, name = slowest_anew(client, filled)
        assert seconds < ANEW, name
        with capsys.disabled():
            sys.stdout.write(f"\nnothing kept: at most {seconds:.2f} s ({name})\n")


@pytest.mark.timeout(1800)
def test_a_day_of_the_schedule_is_done_within_a_minute(filled, capsys):
    filled.organisations_up_to(ORGANISATIONS)
    filled.commitments_up_to(COMMITMENTS)
    filled.reports(REPORTS)

    today = timezone.localdate()
    of_all = {"renewal_from": today, "applications_from": today}
    PeriodFactory(
        starts=today + timedelta(days=60), grace_until=today + timedelta(days=90), **of_all
    )
    entries = [one for one in schedule() if one.function.startswith("partnership.")]
    begun = time.monotonic()
    for entry in entries:
        import_string(entry.function)()
    taken = time.monotonic() - begun

    asked = Ask.objects.count()
    letters = Letter.objects.count()
    assert len(entries) >= 10
    assert asked >= COMMITMENTS // 270
    assert letters >= asked + ORGANISATIONS
    assert taken < SECONDS
    if PROVING:
        with capsys.disabled():
            sys.stdout.write(
                f"\na day: {asked} asked of {COMMITMENTS}, {letters} letters in {taken:.1f} s\n"
            )
