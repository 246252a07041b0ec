"""The columns of the queue: what a row says of a question."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn

from content.questions.models import Question

State = Question.State


def clock(question: Question) -> str:
    """How the time to answer stands, in words; nothing of what is no longer open."""
    if not question.is_open:
        return ""
    number = question.days_left
    if question.state == State.WAITING:
        return _("The time limit is paused")
    if number < 0:
        return ngettext("%(days)s working day late", "%(days)s working days late", -number) % {
            "days": -number
        }
    if number == 0:
        return _("The last day has passed") if question.is_overdue else _("Last day today")
    return ngettext("%(days)s working day left", "%(days)s working days left", number) % {
        "days": number
    }


def people(question: Question) -> str:
    """Who has it, and who checks it."""
    return " → ".join(str(one) for one in (question.handler, question.checker) if one) or "–"


def who_asks(question: Question) -> str:
    """Where the asker works, and in which area if they said so."""
    return ", ".join(str(one) for one in (question.audience, question.area) if one)


class AskedColumn(TitleColumn):
    """The question in short, in its own language, with a tag when it is secret."""

    cell_template_name = "questions/cms/title.html"

    def get_link_attrs(self, instance, parent_context):
        return {**super().get_link_attrs(instance, parent_context), "lang": instance.language}


class ClockColumn(Column):
    """The time to answer, with a tag when it is over."""

    cell_template_name = "questions/cms/clock.html"


COLUMNS = [
    AskedColumn(
        "title",
        label=gettext_lazy("Question"),
        url_name="legal_questions:inspect",
        width="30%",
    ),
    Column("number", label=gettext_lazy("Register number"), sort_key="number"),
    StatusTagColumn(
        "state",
        label=gettext_lazy("State"),
        accessor="get_state_display",
        primary=lambda question: question.state in (State.RECEIVED, State.DRAFTED),
    ),
    ClockColumn("clock", label=gettext_lazy("Time left"), accessor=clock, sort_key="due_on"),
    Column("people", label=gettext_lazy("Lawyers"), accessor=people),
    Column("topic", label=gettext_lazy("Theme")),
    Column("asks", label=gettext_lazy("Who asks"), accessor=who_asks),
]
