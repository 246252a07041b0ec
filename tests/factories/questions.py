"""Questions in any state that the map leads to, with the lawyers it takes to get there."""

import factory
from django.utils import timezone
from wagtail.models import Locale

from content.questions.models import AnswerPage, Question, QuestionIndexPage
from content.questions.services import asking, casework, publishing
from tests.factories.accounts import UserFactory
from tests.factories.content import publish as publish_page
from tests.factories.topics import AudienceFactory, TopicFactory

State = Question.State


class QuestionFactory(factory.django.DjangoModelFactory):
    """A question that has come in, without its letter and log: a row as `receive` writes it."""

    class Meta:
        model = Question

    number = factory.Sequence(lambda n: f"KN/2025/{n + 1:04}")
    asker = factory.SubFactory(UserFactory)
    audience = factory.SubFactory(AudienceFactory)
    language = "en"
    title = "Who must be assessed?"
    text = "May an assessment be made later than three years after the first permit?"
    due_on = factory.LazyFunction(timezone.localdate)
    keep_until = factory.LazyFunction(lambda: timezone.localdate() + Question.TIME_KEPT)


def ask(by=None, asker=None, **fields) -> Question:
    """A question received by the service, with its number, letter and log; `asker` is `by` too."""
    question = QuestionFactory.build(asker=None, audience=None)
    return asking.receive(
        key=question.key,
        by=by or asker or UserFactory(),
        **{
            "audience": AudienceFactory(),
            "language": "en",
            "title": question.title,
            "text": question.text,
        }
        | fields,
    )


def lawyer():
    return UserFactory(role="lawyer")


def triaged(by=None, sections=(), secret=False, **fields) -> Question:
    question = ask(**fields)
    casework.triage(
        question,
        by=by or lawyer(),
        topic=TopicFactory(),
        sections=sections,
        secret=secret,
        secrecy_ground="Act 621/1999, section 24" if secret else "",
    )
    return question


def assigned(by=None, **fields) -> Question:
    question = triaged(**fields)
    casework.claim(question, by=by or lawyer())
    return question


def drafted(by=None, text="Within three years, as section 14 says.", **fields) -> Question:
    sections = fields.get("sections", ())
    question = assigned(by=by, **fields)
    casework.submit(question, by=question.handler, text=text, sections=sections)
    return question


def checked(by=None, checker=None, **fields) -> Question:
    question = drafted(by=by, **fields)
    casework.claim_check(question, by=checker or lawyer())
    return question


def answered(by=None, checker=None, **fields) -> Question:
    question = checked(by=by, checker=checker, **fields)
    casework.approve(question, by=question.checker)
    return question


WORDS = {
    "title": "By when must an assessment be made?",
    "asked": "A municipality asks by when an assessment must be made.",
    "answer": "Within three years of the first permit.\n\nSection 14 says so.",
}


def prepared(**fields) -> Question:
    question = answered(**fields)
    publishing.prepare(question, by=question.handler, words=WORDS, confirmed=[])
    return question


def published(**fields) -> Question:
    question = prepared(**fields)
    publishing.publish(question, by=question.checker)
    return question


def answer_page(language="en", live=True, together=None, topics=(), body=None, **fields):
    """An answer under the index of a language, published unless told otherwise."""
    number = AnswerPage.objects.count()
    page = AnswerPage(
        locale=Locale.objects.get(language_code=language),
        live=False,
        **{
            "title": f"Answer {number}",
            "slug": f"answer-{number}",
            "summary": "What was asked.",
            "asked": "What was asked, in words that tell of nobody.",
        }
        | fields,
    )
    if together:
        page.translation_key = together.translation_key
    page.body = page.body.stream_block.to_python(body or [])
    QuestionIndexPage.objects.get(locale__language_code=language).add_child(instance=page)
    page.topics = list(topics)
    page.save()
    return publish_page(page) if live else page
