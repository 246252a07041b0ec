"""An amending act that waits: taken into use, dismissed, opened again, undone, and tried out."""

import json

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils.translation import override
from wagtail.log_actions import registry

from law import impact_reviews, incoming, snapshots
from law.models import Act, AmendmentEffect, ImpactReview, IncomingAmendment, Section
from law.parsers import json_format
from portal.concurrency import Stale
from portal.notifications import activity, digests
from portal.notifications.models import Event
from portal.workflow import TransitionNotAllowed
from tests.factories.accounts import UserFactory
from tests.factories.content import ArticleFactory, law_box
from tests.factories.law import AMENDMENT, IncomingAmendmentFactory, before_amendment
from tests.factories.notices import FollowFactory

pytestmark = pytest.mark.django_db
State = IncomingAmendment.State


@pytest.fixture
def lawyer(db):
    return UserFactory(role="lawyer")


@pytest.fixture
def waiting(the_act):
    """The invented amendment of section 14, which an article rests on and a follower follows."""
    section = Section.objects.get(number="14")
    before_amendment(section)
    ArticleFactory(keeper="lawyer", body=[law_box(section)])
    FollowFactory()
    return IncomingAmendmentFactory(act=section.act)


def words_on(day):
    version = Section.objects.get(number="14").versions.on(day).get()
    return version.text_fi[0]["text"]


def rows_of(waiting):
    """Everything of the act, but when it was imported."""
    return json.loads(json.dumps(list(snapshots.take(waiting.act).items()), default=str))


@time_machine.travel("2027-02-10 12:00+02:00")
def test_what_waits_changes_nothing_until_a_lawyer_takes_it_into_use(waiting, lawyer):
    assert "kolmen" in words_on("2027-03-15")

    result = incoming.take_into_use(waiting, by=lawyer, expect=waiting.version_token)

    assert "kahden" in words_on("2027-03-15") and "kolmen" in words_on("2027-03-14")
    assert result.lists == 1 and result.reviews == ImpactReview.objects.count() > 0
    waiting.refresh_from_db()
    assert (waiting.state, waiting.decided_by) == (State.CONFIRMED, lawyer)
    assert waiting.amendment.reference == "150/2027"
    [entry] = registry.get_logs_for_instance(waiting)
    assert (entry.action, entry.user) == ("law.take_into_use", lawyer)


@pytest.mark.parametrize("fields", [{"role": "editor"}, {"is_superuser": True}, {}])
def test_only_a_lawyer_decides(waiting, fields):
    person = UserFactory(**fields)

    for decide in (
        lambda: incoming.take_into_use(waiting, by=person),
        lambda: incoming.dismiss(waiting, by=person, reason="No."),
        lambda: incoming.reopen(waiting, by=person),
        lambda: incoming.undo(waiting, by=person),
    ):
        with pytest.raises(PermissionDenied):
            decide()

    waiting.refresh_from_db()
    assert waiting.state == State.READY and not AmendmentEffect.objects.exists()


def test_a_superuser_who_is_a_lawyer_decides(waiting):
    incoming.take_into_use(waiting, by=UserFactory(role="lawyer", is_superuser=True))

    assert AmendmentEffect.objects.exists()


def test_what_has_changed_since_it_was_read_is_not_decided_on(waiting, lawyer):
    seen = waiting.version_token
    changed = json.loads(json.dumps(waiting.rows).replace("kahden", "neljän"))
    IncomingAmendment.objects.update(rows=changed)

    with pytest.raises(Stale):
        incoming.take_into_use(waiting, by=lawyer, expect=seen)
    with pytest.raises(Stale):
        incoming.dismiss(waiting, by=lawyer, reason="No.", expect=seen)

    assert not AmendmentEffect.objects.exists()


def test_what_cannot_be_applied_stays_ready(waiting, lawyer):
    changed = json.loads(json.dumps(waiting.rows).replace('"section": "14"', '"section": "1400"'))
    IncomingAmendment.objects.update(rows=changed)
    before = rows_of(waiting)

    with pytest.raises(incoming.BrokenFileError, match="no such section"):
        incoming.take_into_use(waiting, by=lawyer)

    waiting.refresh_from_db()
    assert waiting.state == State.READY and rows_of(waiting) == before


def test_words_or_a_day_that_are_not_there_cannot_be_taken_into_use(waiting, lawyer):
    rows = waiting.rows
    IncomingAmendment.objects.update(rows=None)
    with pytest.raises(incoming.NotReadyError):
        incoming.take_into_use(waiting, by=lawyer)

    IncomingAmendment.objects.update(rows=rows | {"in_force_from": None}, in_force_from=None)
    with override("en"), pytest.raises(incoming.NotReadyError, match="not known"):
        incoming.take_into_use(waiting, by=lawyer)


def test_dismissed_with_a_reason_and_opened_again(waiting, lawyer):
    incoming.dismiss(waiting, by=lawyer, reason="Withdrawn by Parliament.")

    assert (waiting.state, waiting.reason) == (State.DISMISSED, "Withdrawn by Parliament.")
    with pytest.raises(TransitionNotAllowed):
        incoming.take_into_use(waiting, by=lawyer)

    incoming.reopen(waiting, by=lawyer)

    assert (waiting.state, waiting.reason, waiting.decided_by) == (State.READY, "", None)
    IncomingAmendment.objects.update(rows=None)
    incoming.dismiss(waiting, by=lawyer, reason="Again.")
    incoming.reopen(waiting, by=lawyer)
    assert waiting.state == State.ANNOUNCED


@time_machine.travel("2027-02-10 12:00+02:00")
def test_undone_everything_is_as_it_was_and_it_can_be_taken_again(waiting, lawyer):
    before = rows_of(waiting)
    incoming.take_into_use(waiting, by=lawyer)
    activity.fan_out()
    assert rows_of(waiting) != before

    incoming.undo(waiting, by=lawyer)

    assert rows_of(waiting) == before
    assert not (AmendmentEffect.objects.exists() or ImpactReview.objects.exists())
    assert not Event.objects.exists()
    assert waiting.state == State.READY and waiting.amendment is None
    assert incoming.take_into_use(waiting, by=lawyer).lists == 1


def test_after_the_first_letter_nothing_is_undone(waiting, lawyer):
    incoming.take_into_use(waiting, by=lawyer)
    activity.fan_out()
    assert digests.write_due() == 1

    with pytest.raises(incoming.CannotUndoError) as refusal:
        incoming.undo(waiting, by=lawyer)

    assert refusal.value.reason == "letter" and AmendmentEffect.objects.exists()


def test_of_two_the_later_is_undone_first(waiting, lawyer):
    incoming.take_into_use(waiting, by=lawyer)
    later = IncomingAmendmentFactory(
        act=waiting.act, said=AMENDMENT | {"number": "160/2027", "in_force_from": "2027-06-01"}
    )
    incoming.take_into_use(later, by=lawyer)

    with pytest.raises(incoming.CannotUndoError) as refusal:
        incoming.undo(waiting, by=lawyer)
    assert refusal.value.reason == "later"

    incoming.undo(later, by=lawyer)
    incoming.undo(waiting, by=lawyer)
    assert not AmendmentEffect.objects.exists()


def test_an_added_section_that_something_rests_on_is_not_undone(waiting, lawyer):
    words = AMENDMENT["changed"][0] | {"number": "14a"}
    said = AMENDMENT | {"number": "160/2027", "added": [words], "changed": []}
    other = IncomingAmendmentFactory(act=waiting.act, said=said)
    incoming.take_into_use(other, by=lawyer)
    ArticleFactory(keeper="lawyer", body=[law_box(Section.objects.get(number="14a"))])

    with pytest.raises(incoming.CannotUndoError) as refusal:
        incoming.undo(other, by=lawyer)
    assert refusal.value.reason == "referred"


@time_machine.travel("2027-02-10 12:00+02:00")
def test_a_preview_says_what_would_be_and_leaves_nothing(waiting, lawyer):
    before = rows_of(waiting)

    shown = incoming.preview(waiting)

    [change] = shown.sections
    assert change.section.number == "14" and str(change.day) == "2027-03-15"
    assert {language for language, _parts in change.texts} == {"fi", "sv"}
    words = [part for _language, parts in change.texts for part in parts[-1]]
    assert {"removed", "added"} <= {part.kind for part in words}
    assert change.reviews == shown.reviews == {"lawyer": 2} and shown.followers == 1
    assert rows_of(waiting) == before
    assert not (Event.objects.exists() or ImpactReview.objects.exists())
    waiting.refresh_from_db()
    assert waiting.state == State.READY

    result = incoming.take_into_use(waiting, by=lawyer)
    assert result.reviews == sum(shown.reviews.values())


def test_a_preview_of_what_would_be_refused_says_where(waiting):
    Act.objects.filter(pk=waiting.act_id).update(number=999)

    shown = incoming.preview(waiting)

    assert "681/2023" in shown.problem and not shown.sections


@time_machine.travel("2027-02-10 12:00+02:00")
def test_words_corrected_after_the_decision_are_seen_and_taken_into_use(waiting, lawyer):
    incoming.take_into_use(waiting, by=lawyer)
    version = AmendmentEffect.objects.get().after
    for review in ImpactReview.objects.all():
        impact_reviews.confirm(review.kind, review.thing, by=lawyer)
    corrected = json.loads(json.dumps(waiting.rows).replace("kahden", "yhden"))
    IncomingAmendment.objects.update(rows=corrected, state=State.READY)
    waiting.refresh_from_db()

    seen = incoming.preview(waiting)

    assert not seen.problem and sum(seen.reviews.values()) == ImpactReview.objects.count()
    parts = dict(seen.sections[0].texts)["fi"]
    words = {part.kind: part.text for line in parts for part in line if part.kind != "same"}
    assert words == {"removed": "kahden", "added": "yhden"}
    assert "kahden" in words_on("2027-03-15")

    incoming.take_into_use(waiting, by=lawyer, expect=waiting.version_token)

    assert "yhden" in words_on("2027-03-15") and waiting.state == State.CONFIRMED
    assert {review.state for review in ImpactReview.objects.all()} == {"open"}
    [logged] = registry.get_logs_for_instance(version).filter(action="law.check_wording")
    assert logged.user == lawyer and logged.data["corrected"] == ["text_fi"]
    assert incoming.undo_refused(waiting) == "before"


@time_machine.travel("2027-02-10 12:00+02:00")
def test_a_correction_can_be_dismissed_and_the_act_stays(waiting, lawyer):
    incoming.take_into_use(waiting, by=lawyer)
    corrected = json.loads(json.dumps(waiting.rows).replace("kahden", "yhden"))
    IncomingAmendment.objects.update(rows=corrected, state=State.READY)
    waiting.refresh_from_db()

    incoming.dismiss(waiting, by=lawyer, reason="A misprint at Finlex.")

    assert "kahden" in words_on("2027-03-15")
    assert waiting.amendment is not None


PARTS = [
    {
        "number": "14",
        "subsections": [
            {
                "number": 1,
                "text": {
                    "fi": "Kunta arvioi palvelutarpeen kahden kuukauden kuluessa.",
                    "sv": "Kommunen bedömer servicebehovet inom två månader.",
                },
            }
        ],
    }
]


@time_machine.travel("2027-02-10 12:00+02:00")
def test_a_part_that_a_file_corrects_waits_and_is_set_in_again(waiting, lawyer):
    said = AMENDMENT | {"number": "160/2027", "changed": PARTS}
    first = json_format.read("act.json", json.dumps(said))
    [act] = incoming.propose([first])
    incoming.take_into_use(act, by=lawyer)
    assert "kahden" in words_on("2027-03-15")
    corrected = json_format.read("act.json", json.dumps(said).replace("kahden", "yhden"))

    [again] = incoming.propose([corrected])

    assert again == act and again.state == State.READY and again.amendment
    assert "kahden" in words_on("2027-03-15")
    seen = incoming.preview(again)
    parts = dict(seen.sections[0].texts)["fi"]
    words = {part.kind: part.text for line in parts for part in line if part.kind != "same"}
    assert not seen.problem and words == {"removed": "kahden", "added": "yhden"}

    incoming.take_into_use(again, by=lawyer, expect=again.version_token)

    assert "yhden" in words_on("2027-03-15") and "kolmen" in words_on("2027-03-14")
    with pytest.raises(incoming.BrokenFileError, match="has been decided on"):
        incoming.propose([corrected])


@time_machine.travel("2027-02-10 12:00+02:00")
def test_a_corrected_part_that_has_no_place_is_refused_with_it(waiting, lawyer):
    said = AMENDMENT | {"number": "160/2027", "changed": PARTS}
    [act] = incoming.propose([json_format.read("act.json", json.dumps(said))])
    incoming.take_into_use(act, by=lawyer)
    ninth = json.dumps(said).replace('"number": 1,', '"number": 9,')

    [again] = incoming.propose([json_format.read("act.json", ninth)])

    assert "section 14" in incoming.preview(again).problem
    with pytest.raises(incoming.BrokenFileError, match="section 14"):
        incoming.take_into_use(again, by=lawyer)
    assert "kahden" in words_on("2027-03-15")
