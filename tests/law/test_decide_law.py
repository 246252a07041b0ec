"""The decision on an amending act by command."""

import json
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command

from law.models import AmendmentEffect, IncomingAmendment, Section
from tests.factories.accounts import UserFactory
from tests.factories.law import AMENDMENT, IncomingAmendmentFactory, before_amendment

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def waiting(the_act):
    section = Section.objects.get(number="14")
    before_amendment(section)
    UserFactory(role="lawyer", email="lawyer@example.org")
    with time_machine.travel("2027-02-10 12:00+02:00"):
        yield IncomingAmendmentFactory(act=section.act)


def decide(*arguments, by="lawyer@example.org"):
    out = StringIO()
    call_command("decide_law", "150/2027", *arguments, by=by, stdout=out)
    return out.getvalue()


def test_it_says_how_the_act_stands_and_changes_nothing():
    said = decide()

    assert "Ready to be taken into use, in force from: 2027-03-15" in said
    assert "will change on 15 March 2027: 1 checks" in said.replace("\xa0", " ")
    assert not AmendmentEffect.objects.exists()


def test_taken_undone_dismissed_and_opened_again(waiting):
    assert "Taken into use" in decide("--take-into-use")
    assert AmendmentEffect.objects.exists()
    assert "Ready" in decide("--undo")
    assert not AmendmentEffect.objects.exists()
    assert "Dismissed" in decide("--dismiss", "Given by mistake.")
    with pytest.raises(CommandError, match="150/2027 is dismissed"):
        decide("--take-into-use")
    assert "Ready" in decide("--reopen")
    decide("--day", "2027-05-01")
    waiting.refresh_from_db()
    assert str(waiting.in_force_from) == "2027-05-01"


@pytest.mark.parametrize("by", ["", "nobody@example.org", "editor@example.org"])
def test_nobody_but_a_lawyer(by):
    UserFactory(role="editor", email="editor@example.org")

    with pytest.raises(CommandError, match="lawyer's account"):
        decide("--take-into-use", by=by)

    assert IncomingAmendment.objects.get().state == "ready"


def test_an_act_that_has_not_come_or_no_day():
    with pytest.raises(CommandError, match="no amending act 9/2027"):
        call_command("decide_law", "9/2027")
    with pytest.raises(CommandError, match="no day"):
        decide("--day", "tomorrow")


def test_a_file_can_wait_for_a_decision(waiting, tmp_path):
    file, out = tmp_path / "act.json", StringIO()
    file.write_text(json.dumps(AMENDMENT | {"number": "160/2027", "valid_until": "2027-12-31"}))

    call_command("import_law", str(file), propose=True, stdout=out)

    assert "681/2023: 160/2027: waits for a decision" in out.getvalue()
    found = IncomingAmendment.objects.get(number=160)
    assert (found.state, str(found.valid_until)) == ("ready", "2027-12-31")
    assert found.sections == ["14"]
    assert not AmendmentEffect.objects.exists()
    decide("--dismiss", "No.")
    file.write_text(json.dumps(AMENDMENT))
    with pytest.raises(CommandError, match="150/2027 has been decided on"):
        call_command("import_law", str(file), propose=True)
    with pytest.raises(CommandError, match="Only amending acts"):
        call_command("import_law", propose=True)
