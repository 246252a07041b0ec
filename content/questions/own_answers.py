"""Answers that no public page holds, and the sections they rest on: known to lawyers and askers.

An answer given "only to you", and one that is not published yet, is reviewed like a page when a
section changes. Nothing of it is on a page of the law, in the API or in a count for others: the
kind lists no backlinks, and describes its things to the lawyers alone.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from content.pages.mentions import known_sections
from law import impact_reviews
from law.mentions import MENTION, numbers_in
from law.models import ImpactReview, Section
from law.references import Description, Reference, Referrer, Tellings, User
from portal.accounts.roles import LAWYER
from portal.notifications.models import Event

from . import letters
from .models import Answer, AnswerPage, Question
from .permissions import is_lawyer, may_handle
from .validity import OWN_KIND


def questions() -> QuerySet[Question]:
    """The answered questions whose answer no published page holds."""
    public = AnswerPage.objects.filter(pk=OuterRef("page"), live=True)
    return Question.objects.answered().filter(~Exists(public))


def references(sections: Collection[Section]) -> Iterator[Reference]:
    """Each such question whose answer, as last sent, names one of the sections: three queries.

    In its list of sections or in its words.
    """
    wanted = {section.pk for section in sections}
    answers = Answer.objects.filter(sent_at__isnull=False, question__in=questions())
    last = {
        question: (pk, text, key)
        for pk, question, text, key in answers.order_by("sent_at", "pk").values_list(
            "pk", "question", "text", "question__key"
        )
    }
    found: dict[int, set[int]] = {pk: set() for pk, _text, _key in last.values()}
    rests = Answer.sections.through.objects.filter(section__in=wanted, answer__in=answers)
    for answer, section in rests.values_list("answer", "section"):
        if answer in found:
            found[answer].add(section)
    known = (
        known_sections() if any(MENTION.search(text) for _pk, text, _key in last.values()) else {}
    )
    for question, (pk, text, key) in last.items():
        named = {known[number] for number in numbers_in(text, known)}
        for section_pk in sorted((found[pk] | named) & wanted):
            yield Reference(section_pk, str(question), str(key), LAWYER)


def describe(subjects: Collection[str], user: User, language: str) -> dict[str, Description]:
    """The questions, to the lawyers; nobody confirms the answer to a question of their own."""
    if not may_handle(user):
        return {}
    rows = Question.objects.filter(pk__in=[int(subject) for subject in subjects])
    lawyer = is_lawyer(user)
    return {
        str(question.pk): Description(
            title=f"{question.number}: {question.title}",
            url="",
            edit_url=reverse("legal_questions:inspect", args=[question.pk]),
            language=question.language,
            may_confirm=lawyer and question.asker_id != user.pk,
        )
        for question in rows.only("number", "title", "language", "asker")
    }


def opened(reviews: Collection[ImpactReview]) -> None:
    """The law has changed: the askers hear, once of each question, that it is being checked."""
    for question in _of({review.subject for review in reviews}):
        letters.to_askers("own_checking", question)


def told(reviews: Collection[ImpactReview], since: datetime) -> Tellings:
    """The letters that `opened` wrote of the reviews since a moment."""
    questions = [
        one
        for question in _of({review.subject for review in reviews})
        for one in letters.with_joined(question)
    ]
    return Tellings(letters.written("own_checking", questions, since), Event.objects.none())


def settled(reviews: Collection[ImpactReview]) -> None:
    """A lawyer found answers still right: their askers hear it, once nothing of them is open.

    A changed answer is a letter of its own.
    """
    confirmed = {
        review.subject for review in reviews if review.state == ImpactReview.State.CONFIRMED
    }
    for question in _of(confirmed - impact_reviews.open_reviews(OWN_KIND, confirmed).keys()):
        letters.to_askers("own_confirmed", question)


def is_being_checked(question: Question) -> bool:
    """Whether a change of the law has opened a check of the answer that the asker has."""
    subject = str(question.merged_into_id or question.pk)
    return bool(impact_reviews.open_reviews(OWN_KIND, [subject]))


def became_public(question: Question, *, by) -> None:
    """The answer has a page, with words that are newer than the law: that is what is reviewed."""
    impact_reviews.changed(OWN_KIND, str(question.pk), by=by)
    impact_reviews.dereferenced(OWN_KIND, str(question.pk), by=by)


def forget(keys: Iterable[str]) -> None:
    """The questions are deleted: what is known of their reviews goes with them."""
    ImpactReview.objects.filter(kind=OWN_KIND, subject__in=list(keys)).delete()


def _of(subjects: Collection[str]) -> QuerySet[Question]:
    keys = [int(subject) for subject in subjects]
    return Question.objects.filter(pk__in=keys).select_related("asker").order_by("pk")


OWN_ANSWERS = Referrer(
    _("Answers that only their askers have"),
    references=references,
    describe=describe,
    opened=opened,
    told=told,
    settled=settled,
)
