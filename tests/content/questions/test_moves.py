"""The map of moves: each event from each state, and any sequence of events."""

from itertools import count

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import ModelLogEntry

from content.questions import errors
from content.questions.models import Question
from content.questions.services import asking, casework, publishing
from portal.workflow import TransitionNotAllowed
from tests.factories import questions as make
from tests.factories.questions import WORDS
from tests.factories.topics import TopicFactory
from tests.proofs import size

pytestmark = pytest.mark.django_db
State = Question.State
REFUSALS = (
    TransitionNotAllowed,
    errors.NotTheirs,
    errors.SameLawyer,
    errors.NothingWritten,
    errors.NotForOthers,
)

# Written out by hand, so that a change in MOVES has to be meant twice.
MAP = {
    "received": "triaged waiting handed_over merged closed withdrawn",
    "triaged": "assigned waiting handed_over merged closed withdrawn",
    "assigned": "drafted triaged waiting handed_over merged closed withdrawn",
    "drafted": "checked assigned withdrawn",
    "checked": "answered assigned drafted withdrawn",
    "answered": "prepared",
    "prepared": "published answered",
    "published": "",
    "waiting": "received triaged assigned handed_over merged closed withdrawn",
    "handed_over": "",
    "merged": "received",
    "closed": "",
    "withdrawn": "",
}


class Cast:
    """The asker, two lawyers, and an earlier question to join with."""

    def __init__(self):
        self.one, self.two = make.lawyer(), make.lawyer()
        self.earlier = make.ask()
        self.topic = TopicFactory()
        self.question = make.ask()
        self.asker = self.question.asker

    def events(self):
        q, sorting = self.question, {"topic": self.topic, "sections": [], "secret": False}
        sorting["secrecy_ground"] = ""
        numbers = count()  # the same words twice would be one addition
        events = {
            "withdraw": lambda: asking.withdraw(q, by=self.asker),
            "add": lambda: asking.add(q, by=self.asker, text=f"More {next(numbers)}."),
        }
        for name, by in (("one", self.one), ("two", self.two)):
            events |= {
                f"{word}_{name}": (lambda event=event, by=by: event(by))
                for word, event in {
                    "triage": lambda by: casework.triage(q, by=by, **sorting),
                    "classify": lambda by: casework.classify(q, by=by, **sorting),
                    "claim": lambda by: casework.claim(q, by=by),
                    "release": lambda by: casework.release(q, by=by),
                    "substitute": lambda by: casework.substitute(q, by=by, to=self.one),
                    "submit": lambda by: casework.submit(q, by=by, text="So.", sections=[]),
                    "take_back": lambda by: casework.take_back(q, by=by),
                    "claim_check": lambda by: casework.claim_check(q, by=by),
                    "release_check": lambda by: casework.release_check(q, by=by),
                    "return": lambda by: casework.return_answer(q, by=by, text="Why?"),
                    "approve": lambda by: casework.approve(q, by=by),
                    "ask_back": lambda by: casework.ask_back(q, by=by, text="Which?"),
                    "resume": lambda by: casework.resume(q, by=by),
                    "hand_over": lambda by: casework.hand_over(
                        q, by=by, authority="Migri", reason="Theirs"
                    ),
                    "close": lambda by: casework.close(q, by=by, reason="One client's case"),
                    "merge": lambda by: casework.merge(
                        q, by=by, into=self.earlier, reason="The same"
                    ),
                    "prepare": lambda by: publishing.prepare(q, by=by, words=WORDS, confirmed=[]),
                    "reopen": lambda by: publishing.reopen_preparation(q, by=by),
                    "publish": lambda by: publishing.publish(q, by=by),
                }.items()
            }
        return events


UNSORTED = {"received", "triaged", "assigned"}
OPEN = UNSORTED | {"drafted", "checked", "waiting"}
# The states that each event can happen in, written out by hand too.
BEGINS_IN = {
    "withdraw": OPEN,
    "add": OPEN,
    "triage": {"received"},
    "classify": set(MAP) - {"published"},
    "claim": {"triaged"},
    "release": {"assigned"},
    "substitute": OPEN - {"received", "triaged"},
    "submit": {"assigned"},
    "take_back": {"drafted"},
    "claim_check": {"drafted"},
    "release_check": {"checked"},
    "return": {"checked"},
    "approve": {"checked"},
    "ask_back": UNSORTED,
    "resume": {"waiting"},
    "hand_over": UNSORTED | {"waiting"},
    "close": UNSORTED | {"waiting"},
    "merge": UNSORTED | {"waiting"},
    "prepare": {"answered"},
    "reopen": {"prepared"},
    "publish": {"prepared"},
}
WORDS_OF_EVENTS = ["withdraw", "add"] + [
    f"{word}_{name}"
    for word in BEGINS_IN
    if word not in ("withdraw", "add")
    for name in ("one", "two")
]
# What leads furthest, so that random sequences also get there.
ROAD = [
    "triage_one",
    "claim_one",
    "submit_one",
    "claim_check_two",
    "approve_two",
    "prepare_one",
    "publish_two",
]


def test_the_map_is_the_one_that_was_meant():
    assert {state.value: set(following) for state, following in Question.MOVES.items()} == {
        state: set(following.split()) for state, following in MAP.items()
    }


def logged(question):
    return ModelLogEntry.objects.for_instance(question).count()


@pytest.mark.proof
@settings(
    max_examples=size(30, 1000),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    start=st.integers(0, len(ROAD)),
    events=st.lists(st.sampled_from(WORDS_OF_EVENTS), max_size=14),
)
def test_no_sequence_of_events_leaves_the_map_and_each_move_is_logged_once(start, events):
    with transaction.atomic():
        cast = Cast()
        question, calls = cast.question, cast.events()
        for word in [*ROAD[:start], *events]:
            before, lines = question.state, logged(question)
            waits_from = question.waits_from
            try:
                calls[word]()
            except REFUSALS:
                question.refresh_from_db()
                assert question.state == before
                assert logged(question) == lines
                continue
            stored = Question.objects.get(pk=question.pk)
            assert stored.state == question.state
            assert before in BEGINS_IN[word.removesuffix("_one").removesuffix("_two")], word
            if stored.state != before:
                assert stored.state in MAP[before].split(), (word, before, stored.state)
                if before == State.WAITING and stored.state not in Question.ENDS:
                    assert stored.state == waits_from
            assert logged(question) == lines + 1
            assert stored.checker_id is None or stored.checker_id != stored.handler_id
            if stored.has_answer:
                answer = stored.sent_answer
                assert answer.checked_by_id not in (None, answer.author_id)
        transaction.set_rollback(True)


def test_the_road_leads_from_the_receipt_to_the_published_answer():
    cast = Cast()
    calls = cast.events()

    for word in ROAD:
        calls[word]()

    assert Question.objects.get(pk=cast.question.pk).state == State.PUBLISHED
    assert list(
        ModelLogEntry.objects.for_instance(cast.question)
        .order_by("timestamp", "pk")
        .values_list("action", flat=True)
    ) == [
        "questions.receive",
        "questions.triage",
        "questions.claim",
        "questions.submit",
        "questions.claim_check",
        "questions.approve",
        "questions.prepare",
        "questions.publish",
    ]
