"""A bill on the law that a commitment rests on: said on its page, its organisation told once."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from partnership.commitments.models import BillNotice
from partnership.commitments.services import bills
from portal.mail.models import Letter
from tests.factories.commitments import AskFactory, CommitmentFactory
from tests.factories.law import PendingBillFactory, SectionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def commitment():
    row = CommitmentFactory()
    row.section_links.create(section=SectionFactory(number="13"))
    return row


def test_a_bill_that_does_not_name_its_sections_is_on_all_of_its_act(client, commitment):
    PendingBillFactory(planned_on=date(2027, 1, 1))

    assert (bills.tell_of_bills(), bills.tell_of_bills()) == (1, 0)

    [letter] = Letter.objects.filter(template="commitments/bill")
    assert letter.to == commitment.organisation.representatives.get().user.email
    assert (
        "1\u00a0January\u00a02027" in letter.text and commitment.get_absolute_url() in letter.text
    )
    html = client.get(commitment.get_absolute_url()).content.decode()
    assert "A bill would change the law that this commitment rests on" in html
    assert "planned in force 1\u00a0January\u00a02027" in html and "/law/681-2023/13/" in html


def test_a_bill_on_other_sections_is_none_of_its_business(client, commitment):
    PendingBillFactory(sections=[SectionFactory(number="14")])

    assert bills.tell_of_bills() == 0
    assert "A bill would change" not in client.get(commitment.get_absolute_url()).content.decode()


def test_it_is_told_when_the_year_has_a_letter_left(commitment, time_machine):
    PendingBillFactory()
    AskFactory.create_batch(4, share=commitment.shares.get())
    assert bills.tell_of_bills() == 0

    time_machine.move_to(timezone.now() + timedelta(days=366))
    AskFactory(share=commitment.shares.get())

    assert (bills.tell_of_bills(), bills.tell_of_bills()) == (1, 0)
    assert BillNotice.objects.count() == 1


@pytest.mark.parametrize("stage", ["withdrawn", "given"])
def test_a_bill_at_its_end_is_not_written_of(commitment, stage):
    PendingBillFactory(stage=stage)

    assert bills.tell_of_bills() == 0
