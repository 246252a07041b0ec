"""Pending bills in /cms/: who works with them, and what entering and moving one on leads to."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone, translation

from law import bill_reminders, bills
from law.following import KIND, subject_of
from law.models import PendingBill
from portal.mail.models import Letter
from portal.notifications.models import Event
from tests.factories.accounts import UserFactory
from tests.factories.law import AmendmentEffectFactory, PendingBillFactory, SectionFactory
from tests.factories.notices import FollowFactory

pytestmark = pytest.mark.django_db
LONG_AGO = date(2026, 2, 23)
START = datetime(2026, 12, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def typed(section, **others):
    return {
        "number": "RP 9/2027 rd",
        "name_fi": "Laki",
        "name_sv": "Lag",
        "name_en": "An act",
        "acts": [],
        "sections": [section.pk],
        "planned_on": "2027-03-01",
        "planned_as": "day",
        "stage": "parliament",
        "confirmed_on": "2026-11-01",
        "url": "https://bills.example.org/9",
        **others,
    }


def test_a_lawyer_enters_a_bill(client, lawyer):
    section = SectionFactory(number="14")
    assert client.get("/cms/law-bills/new/").status_code == 200

    response = client.post("/cms/law-bills/new/", typed(section, acts=[section.act_id]))

    bill = PendingBill.objects.get()
    assert response.status_code == 302, response.context["form"].errors
    assert response["Location"] == f"/cms/law-bills/{bill.pk}/"
    assert bill.number == "HE 9/2027"
    assert bill.stages == [{"stage": "parliament", "on": "2026-11-01"}]
    assert "HE 9/2027" in client.get("/cms/law-bills/").content.decode()


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("url", "javascript:alert(1)"),
        ("url", "ftp://bills.example.org/"),
        ("number", "thirteen"),
        ("confirmed_on", "2999-01-01"),
    ],
)
def test_what_cannot_be_so_is_refused(client, lawyer, field, words):
    section = SectionFactory()

    response = client.post(
        "/cms/law-bills/new/", typed(section, **{"acts": [section.act_id], field: words})
    )

    assert field in response.context["form"].errors
    assert not PendingBill.objects.exists()


def test_the_form_of_a_bill_leaves_its_stage_alone(client, lawyer):
    section = SectionFactory()
    bill = PendingBillFactory(sections=[section])

    client.post(f"/cms/law-bills/{bill.pk}/edit/", typed(section, acts=[section.act_id]))

    bill.refresh_from_db()
    assert (bill.number, bill.stage) == ("HE 9/2027", "committee")


def test_a_lawyer_moves_a_bill_on_and_confirms_its_stage(client, lawyer):
    bill = PendingBillFactory(confirmed_on=LONG_AGO)
    page = f"/cms/law-bills/{bill.pk}/"
    seen = bill.version_token
    assert "Nobody has confirmed the stage since" in client.get(page).content.decode()

    client.post(page, {"move": "confirm", "seen": seen, "source": "bills.example.org"})
    bill.refresh_from_db()
    assert (bill.confirmed_on, bill.source) == (timezone.localdate(), "bills.example.org")

    moved = {"move": "move", "to": "plenary", "since": "2026-11-02", "note": "PTK 100/2026"}
    shown = client.post(page, {**moved, "seen": seen}, follow=True).content.decode()
    bill.refresh_from_db()
    assert bill.stage == "plenary"
    assert "In committee → In plenary session" in shown and "PTK 100/2026" in shown

    shown = client.post(page, {**moved, "to": "passed", "seen": seen}, follow=True).content.decode()
    assert "Somebody else has changed the bill" in shown
    bill.refresh_from_db()
    assert bill.stage == "plenary"


def test_a_move_that_the_map_has_not_is_not_offered(client, lawyer):
    bill = PendingBillFactory(stage="given")

    page = client.get(f"/cms/law-bills/{bill.pk}/").content.decode()
    assert 'value="confirm"' not in page and 'value="move"' not in page
    response = client.post(f"/cms/law-bills/{bill.pk}/", {"move": "move", "to": "passed"})

    assert response.status_code == 422


@pytest.mark.parametrize("role", ["editor", None])
def test_nobody_else_works_with_bills(client, role):
    """A superuser without the role is no lawyer."""
    client.force_login(UserFactory(role=role) if role else UserFactory(is_superuser=True))
    bill = PendingBillFactory()

    for path in ("", "new/", f"{bill.pk}/", f"{bill.pk}/edit/"):
        assert client.get(f"/cms/law-bills/{path}").status_code == 302
    assert client.post(f"/cms/law-bills/{bill.pk}/", {"move": "confirm"}).status_code == 302
    bill.refresh_from_db()
    assert bill.confirmed_by is None
    assert "Pending bills" not in client.get("/cms/").content.decode()


def test_a_bill_that_nobody_has_looked_at_is_on_the_first_page_and_in_the_menu(client, lawyer):
    assert "nobody has confirmed" not in client.get("/cms/").content.decode()
    bill = PendingBillFactory(confirmed_on=timezone.localdate() - timedelta(31))

    page = client.get("/cms/").content.decode()

    assert "Bills whose stage nobody has confirmed for 30 days" in page
    assert bill.name in page and "Pending bills (1)" in page


def following(section):
    return FollowFactory(kind=KIND, subject=subject_of(section))


def test_who_follows_a_section_hears_of_a_bill_and_of_its_stages_once_each():
    sections = [SectionFactory(number=number) for number in ("14", "15")]
    for section in sections:
        following(section)
    bill = PendingBillFactory(sections=sections)

    bills.entered(bill)
    bills.entered(bill)
    bills.move(bill, "plenary", by=None)

    entered, moved = Event.objects.order_by("pk")
    assert (entered.kind, moved.kind) == ("entered", "moved")
    for event in (entered, moved):
        assert {subject for _kind, subject in event.targets} == {"681/2023:14", "681/2023:15"}
        assert (event.thing_kind, event.thing) == ("bill", str(bill.pk))
    assert (
        moved.notes["en"].replace("\xa0", " ")
        == "In plenary session, planned in force 1 March 2027."
    )
    assert moved.notes["sv"].startswith("I plenum")


def test_who_follows_a_bill_hears_of_its_stages():
    bill = PendingBillFactory()
    FollowFactory(kind="bill", subject=str(bill.pk))

    bills.move(bill, "plenary", by=None)

    assert Event.objects.get().targets == [["bill", str(bill.pk)]]


def test_a_section_that_a_bill_names_later_is_told_of_then():
    first, second = SectionFactory(number="14"), SectionFactory(number="15")
    bill = PendingBillFactory(sections=[first])
    following(first)
    following(second)
    bills.entered(bill)

    bill.sections.add(second)
    bills.edited(bill, sections_before={first.pk})
    bills.edited(bill, sections_before={first.pk, second.pk})

    assert [event.targets for event in Event.objects.order_by("pk")] == [
        [["section", "681/2023:14"]],
        [["section", "681/2023:15"]],
    ]


def test_of_a_bill_that_becomes_an_amendment_its_own_followers_hear_alone():
    """Who follows a section that the amendment changed hears of the amendment."""
    changed, unchanged = SectionFactory(number="14"), SectionFactory(number="15")
    bill = PendingBillFactory(sections=[changed, unchanged], number="HE 146/2025")
    effect = AmendmentEffectFactory(section=changed)
    effect.amendment.proposal = "HE 146/2025"
    effect.amendment.save()
    for section in (changed, unchanged):
        following(section)
    FollowFactory(kind="bill", subject=str(bill.pk))
    FollowFactory(kind="act", subject="681/2023")

    bills.join(changed.act)

    assert Event.objects.get().targets == [["bill", str(bill.pk)], ["section", "681/2023:15"]]


def letters_after(days):
    with time_machine.travel(START + timedelta(days), tick=False):
        bill_reminders.remind()
    return Letter.objects.count()


def test_the_lawyers_get_one_letter_a_month_at_most():
    lawyer, _other = UserFactory(role="lawyer", language="sv"), UserFactory(role="editor")
    UserFactory(role="lawyer", is_active=False)
    UserFactory(is_superuser=True)
    PendingBillFactory(confirmed_on=START.date(), number="HE 1/2026")
    PendingBillFactory(confirmed_on=START.date() + timedelta(10), number="HE 2/2026")

    assert letters_after(30) == 0
    assert letters_after(31) == letters_after(32) == letters_after(60) == 1
    assert letters_after(61) == 2

    first, second = Letter.objects.order_by("pk")
    assert (first.to, second.to) == (lawyer.email, lawyer.email)
    assert "RP 1/2026" in first.text and "RP 2/2026" not in first.text
    assert "RP 1/2026" in second.text and "RP 2/2026" in second.text


def test_no_letter_of_what_somebody_has_confirmed():
    UserFactory(role="lawyer")
    PendingBillFactory(confirmed_on=LONG_AGO, stage="given")
    bill = PendingBillFactory(confirmed_on=LONG_AGO)
    bills.confirm(bill, by=UserFactory(role="lawyer"))

    assert bill_reminders.remind() == 0
    assert not Letter.objects.exists()


def test_who_follows_the_act_or_the_chapter_hears_of_a_bill_too():
    section = SectionFactory(number="14")
    FollowFactory(kind="act", subject="681/2023")
    FollowFactory(kind="chapter", subject=f"681/2023:{section.chapter.number}")
    bill = PendingBillFactory(sections=[section])

    bills.entered(bill)
    bills.move(bill, "plenary", by=None)

    entered, moved = Event.objects.order_by("pk")
    assert entered.targets == moved.targets == [["act", "681/2023"], ["chapter", "681/2023:2"]]
