"""From an answer to one asker to a page for everyone: anonymised by hand, screened, published.

The caller has already asked who may; these ask whether it can be done.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from html import escape
from uuid import uuid4

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import Truncator, slugify
from django.utils.translation import gettext as _
from wagtail.models import Locale

from content.pages.models import ChangeKind
from content.questions import own_answers
from content.questions.errors import LawChanged, NotForOthers, PersonalDataLeft, SameLawyer
from content.questions.models import Answer, AnswerPage, Preparation, Question, QuestionIndexPage
from law.models import AmendmentEffect, Section
from portal.accounts.models import User
from portal.languages import in_language
from portal.linguistics.personal_data import Finding, find
from portal.workflow import TransitionNotAllowed, lock

from .transitions import State, move


def left_in(texts: Iterable[str], confirmed: Iterable[str]) -> list[Finding]:
    """What may tell who a person is, less what a person has confirmed that it does not."""
    fine = set(confirmed)
    return [finding for text in texts for finding in find(text) if finding.key not in fine]


def changes_since(question: Question, at: datetime) -> QuerySet[AmendmentEffect]:
    """The changes, known after `at`, of sections that the answer rests on."""
    return changes_of(question.sent_answer, at)


def changes_of(answer: Answer | None, at: datetime) -> QuerySet[AmendmentEffect]:
    """The changes, known after `at`, of sections that a wording rests on."""
    sections = answer.sections.all() if answer else Section.objects.none()
    return AmendmentEffect.objects.filter(section__in=sections, opened_at__gt=at).select_related(
        "section__act", "amendment"
    )


@transaction.atomic
def prepare(
    question: Question, *, by: User, words: Mapping[str, str], confirmed: Iterable[str]
) -> Preparation:
    """Keep the words for everyone: `title`, `asked` and `answer`, rewritten by hand.

    NotForOthers for a secret question or one whose asker wants the answer alone. PersonalDataLeft
    if something in the words is neither removed nor confirmed.
    """
    lock(question)
    if not question.may_go_public:
        raise NotForOthers
    confirmed = sorted(set(confirmed))
    if findings := left_in(words.values(), confirmed):
        raise PersonalDataLeft(findings)
    move(question, State.PREPARED, "questions.prepare", by=by, since=State.ANSWERED)
    preparation, _made = Preparation.objects.update_or_create(
        question=question,
        defaults={**words, "confirmed": confirmed, "by": by, "at": timezone.now()},
    )
    return preparation


@transaction.atomic
def reopen_preparation(question: Question, *, by: User) -> None:
    """Take back the words for everyone, to write them anew."""
    lock(question)
    move(question, State.ANSWERED, "questions.reopen_preparation", by=by, since=State.PREPARED)


@transaction.atomic
def publish(question: Question, *, by: User) -> AnswerPage:
    """Make the page that answers everyone, in the language of the question, and publish it.

    Nothing of the case goes along but the prepared words, its theme, its audience and the sections
    that the answer rests on. The words are screened once more. LawChanged if they are older than a
    change of these sections: no work list has the page, since it is not there yet. SameLawyer for
    whoever prepared the words: everybody will read them, and a second lawyer has read them first.
    """
    lock(question)
    preparation = Preparation.objects.filter(question=question).first()
    if preparation is None or question.state != State.PREPARED:
        raise TransitionNotAllowed(
            f"{question} is {question.state} and not prepared for publishing"
        )
    if not question.may_go_public:
        raise NotForOthers
    if preparation.by_id == by.pk:
        raise SameLawyer
    texts = [preparation.title, preparation.asked, preparation.answer]
    if findings := left_in(texts, preparation.confirmed):
        raise PersonalDataLeft(findings)
    if changes_since(question, preparation.at):
        raise LawChanged
    page = _page_of(question, preparation)
    with in_language(question.language):
        page.change_note = _("The answer was published for the first time.")
        page.save_revision(user=by).publish(user=by)
    move(question, State.PUBLISHED, "questions.publish", by=by, page=page)
    own_answers.became_public(question, by=by)
    return page


def free_slug(index: QuestionIndexPage, title: str) -> str:
    """The page's part of its address: its title, with a number if that is taken."""
    stem = slugify(title)[:80].strip("-") or "q"
    taken = {*AnswerPage.TAKEN_SLUGS, *index.get_children().values_list("slug", flat=True)}
    numbers = range(2, len(taken) + 3)
    return next(
        slug for slug in (stem, *(f"{stem}-{number}" for number in numbers)) if slug not in taken
    )


def _page_of(question: Question, preparation: Preparation) -> AnswerPage:
    locale = Locale.objects.get(language_code=question.language)
    index = QuestionIndexPage.objects.get(locale=locale)
    page = AnswerPage(
        locale=locale,
        live=False,
        title=preparation.title,
        slug=free_slug(index, preparation.title),
        summary=Truncator(preparation.asked).chars(280),
        asked=preparation.asked,
        applies_from=timezone.localdate(),
        change_kind=ChangeKind.SUBSTANTIVE,
    )
    answer = question.sent_answer
    page.body = page.body.stream_block.to_python(
        body_of(preparation.answer, [section.pk for section in answer.sections.all()])
    )
    index.add_child(instance=page)
    page.topics = [question.topic] if question.topic else []
    page.audiences = [question.audience]
    page.save()
    return page


def body_of(text: str, sections: list[int]) -> list[dict]:
    """Plain paragraphs and the sections they rest on, as a page's body keeps them."""
    paragraphs = [part.strip() for part in text.replace("\r\n", "\n").split("\n\n")]
    html = "".join(
        f"<p>{'<br/>'.join(escape(line) for line in part.splitlines())}</p>"
        for part in paragraphs
        if part
    )
    blocks: list[dict] = [{"type": "text", "value": html, "id": str(uuid4())}]
    if sections:
        items = [{"type": "item", "value": pk, "id": str(uuid4())} for pk in sections]
        blocks.append({"type": "law", "value": {"sections": items, "note": ""}, "id": str(uuid4())})
    return blocks
