"""What legal questions hold of people: who asked, and who of the lawyers did what."""

from django.utils.translation import gettext_lazy as _

from portal.personal import Held, Person, Personal

from .models import Absence, Answer, Draft, Message, Note, Preparation, Question, Source
from .services import retention

QUESTION = _(
    "The question stays in the register for its ten years, without who asked; one that is open and "
    "that no colleague may see is withdrawn."
)
CASE = _("The case stays in the register for its time; who of the lawyers wrote it is taken off.")


def first(person: Person) -> None:
    """What ties questions to their asker goes: see `retention.forget`."""
    if person.user is not None:
        retention.forget(person.user)


PERSONAL = Personal(
    Held(Absence, ("lawyer",)),
    Held(Draft, ("user",), hides=("key",)),
    Held(
        Question,
        ("asker",),
        stays=QUESTION,
        clears=("private_reason",),
        words=("number", "title", "text"),
    ),
    Held(Question, ("handler", "checker"), stays=CASE, words=("number",)),
    Held(Message, ("author",), stays=QUESTION, words=("text",)),
    Held(Note, ("author",), stays=CASE, words=("text",)),
    Held(Answer, ("author", "checked_by", "writers"), stays=CASE, words=("text",)),
    Held(Source, ("author",), stays=CASE, words=("name", "words")),
    Held(Preparation, ("by",), stays=CASE, words=("asked", "answer")),
    first=first,
)
