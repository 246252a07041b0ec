"""A question, what is written about it inside and outside, and the page that answers everyone."""

from .absences import Absence
from .asking import Deflection, Draft
from .cases import Question, RegisterYear
from .pages import AnswerPage, QuestionIndexPage
from .parts import Answer, Message, Note, Preparation, Source
from .templates import AnswerTemplate

__all__ = [
    "Absence",
    "Answer",
    "AnswerPage",
    "AnswerTemplate",
    "Deflection",
    "Draft",
    "Message",
    "Note",
    "Preparation",
    "Question",
    "QuestionIndexPage",
    "RegisterYear",
    "Source",
]
