"""The monthly list: real letters, one a person a month, only when something is due."""

from datetime import date

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.core import mail
from django.core.management import call_command

from content.editorial import review_digest
from content.pages.models import ReviewDigest
from law.models import ImpactReview
from portal.days import months_after
from portal.feedback.models import Opinion
from portal.mail.models import Letter
from tests.factories.accounts import UserFactory
from tests.factories.content import ArticleFactory
from tests.factories.law import AmendmentEffectFactory
from tests.queries import queries_of

pytestmark = pytest.mark.django_db

FIRST = date(2027, 3, 1)


def reviewed(day, **fields):
    """An article that was reviewed on a day, so that its next review is a year later."""
    with time_machine.travel(f"{day}T12:00:00+02:00", tick=False):
        return ArticleFactory(**fields)


@pytest.fixture
def lawyer(db):
    return UserFactory(role="lawyer", language="fi", email="lawyer@example.org")


def test_what_is_overdue_and_due_this_month_is_in_one_letter_in_the_persons_language(lawyer):
    late = reviewed("2026-01-15", language="fi", title="Alkuarviointi", keeper="lawyer")
    reviewed("2026-01-15", language="sv", title="Bedömning", keeper="lawyer", together=late)
    reviewed("2026-03-20", language="fi", title="Suunnitelma", keeper="lawyer")
    reviewed("2026-04-02", language="fi", title="Vasta huhtikuussa", keeper="lawyer")
    reviewed("2026-01-15", language="fi", title="Toimituksen sivu", keeper="editor")

    assert review_digest.write_digests(FIRST) == 1

    letter = Letter.objects.get()
    assert (letter.to, letter.language) == ("lawyer@example.org", "fi")
    assert "maaliskuu" in letter.subject
    assert "Alkuarviointi (fi, sv), 15.1.2027" in letter.text
    assert f"/cms/reviews/{late.pk}/" in letter.text
    assert "Suunnitelma (fi), 20.3.2027" in letter.text
    assert "Vasta huhtikuussa" not in letter.text
    assert "Toimituksen sivu" not in letter.text
    assert "Oikeudellinen neuvonta" in letter.text


def test_nothing_is_written_when_nothing_is_due(lawyer):
    reviewed("2026-06-01", keeper="lawyer")

    assert review_digest.write_digests(FIRST) == 0
    assert not Letter.objects.exists()


def test_a_second_run_in_the_month_writes_nothing(lawyer):
    reviewed("2026-01-15", keeper="lawyer")

    assert [review_digest.write_digests(FIRST), review_digest.write_digests(FIRST)] == [1, 0]
    assert review_digest.write_digests(date(2027, 3, 31)) == 0
    assert review_digest.write_digests(date(2027, 4, 1)) == 1
    assert ReviewDigest.objects.count() == 2


def test_a_person_with_two_roles_gets_one_letter(lawyer):
    lawyer.groups.add(Group.objects.get(name="editor"))
    reviewed("2026-01-15", title="Of the lawyers", keeper="lawyer")
    reviewed("2026-01-15", title="Of the editors", keeper="editor")

    assert review_digest.write_digests(FIRST) == 1
    text = Letter.objects.get().text
    assert "Of the lawyers" in text
    assert "Of the editors" in text


def test_the_letters_wait_for_the_first_working_day(lawyer):
    reviewed("2026-01-15", keeper="lawyer")

    assert review_digest.write_digests(date(2027, 5, 1)) == 0  # a Saturday, and May Day
    assert review_digest.write_digests(date(2027, 5, 2)) == 0
    assert review_digest.write_digests(date(2027, 5, 4)) == 1  # the worker was away on the third


def test_a_failure_leaves_neither_letters_nor_the_mark_of_the_month(lawyer, monkeypatch):
    UserFactory(role="lawyer")
    reviewed("2026-01-15", keeper="lawyer")
    write, calls = review_digest.outbox.write, []

    def breaks_at_the_second(*args, **kwargs):
        calls.append(args)
        if len(calls) == 2:
            raise RuntimeError
        return write(*args, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(review_digest.outbox, "write", breaks_at_the_second)
        with pytest.raises(RuntimeError):
            review_digest.write_digests(FIRST)
    assert not Letter.objects.exists()
    assert not ReviewDigest.objects.exists()

    assert review_digest.write_digests(FIRST) == 2


def test_open_checks_after_changes_of_the_law_are_counted(lawyer):
    change = AmendmentEffectFactory()
    fields = {"effect": change, "kind": "guidance", "owner": "lawyer"}
    ImpactReview.objects.create(subject="1", thing="a", **fields)
    ImpactReview.objects.create(subject="2", thing="a", **fields)
    ImpactReview.objects.create(subject="3", thing="b", **fields, state="confirmed")

    assert review_digest.write_digests(FIRST) == 1
    assert "/cms/law-changes/" in Letter.objects.get().text


def test_what_readers_said_did_not_help_is_counted_until_it_is_dealt_with(lawyer):
    fields = {"address": "/en/guidance/x/", "language": "en", "owner": "lawyer"}
    Opinion.objects.create(helped=False, **fields)
    Opinion.objects.create(helped=True, **fields)
    Opinion.objects.create(helped=False, state="dealt_with", **fields)

    assert review_digest.due_for(lawyer, FIRST).opinions == 1
    assert review_digest.write_digests(FIRST) == 1
    assert "/cms/" in Letter.objects.get().text


def test_nobody_is_told_of_pages_that_they_do_not_meet_in_the_cms():
    UserFactory(role="statistician")
    Group.objects.get(name="statistician").page_permissions.all().delete()
    reviewed("2026-01-15", keeper="statistician")

    assert review_digest.write_digests(FIRST) == 0


def test_former_members_of_a_team_get_nothing(lawyer):
    lawyer.is_active = False
    lawyer.save()
    reviewed("2026-01-15", keeper="lawyer")

    assert review_digest.write_digests(FIRST) == 0


def test_six_pages_cost_the_queries_of_one(lawyer):
    reviewed("2026-01-15", keeper="lawyer")

    def due():
        review_digest.due_for(lawyer, FIRST)

    due()
    of_one = queries_of(due)
    for _more in range(5):
        reviewed("2026-01-15", keeper="lawyer")

    assert queries_of(due) == of_one


@pytest.mark.django_db(transaction=True)
def test_the_worker_writes_and_sends_the_letter(lawyer):
    reviewed("2026-01-15", title="Sivu", keeper="lawyer")

    with time_machine.travel("2027-03-01T09:00:00+02:00"):
        call_command("work", once=True)

    [sent] = [letter for letter in mail.outbox if letter.to == ["lawyer@example.org"]]
    assert "Sivu" in sent.body


def test_a_month_later_is_the_same_day_or_the_last():
    assert months_after(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert months_after(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert months_after(date(2026, 11, 5), 14) == date(2028, 1, 5)
