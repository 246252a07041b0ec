"""What lessons and tests are made of: the body of a page, questions, and things to reflect on.

A question is known by the id of its block, and a choice by the id of its item: Wagtail keeps both
in every translation, so an answer is the same answer in each language.
"""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

from content.pages.blocks import BodyBlock
from content.pages.blocks.text import HeadingBlock
from content.pages.blocks.translating import KeptInTranslation
from content.pages.choosers import SectionChooserBlock
from content.pages.mentions import NamingBlock

LEARNING = gettext_lazy("Learning")


class QuestionKind(models.TextChoices):
    ONE = "one", gettext_lazy("One right choice")
    SEVERAL = "several", gettext_lazy("Several right choices")
    ORDER = "order", gettext_lazy("Put in order")
    NUMBER = "number", gettext_lazy("A number")


class ModuleBlock(KeptInTranslation, blocks.StructBlock):
    """A part of a course. Lessons say by its key which part they belong to."""

    key = blocks.RegexBlock(
        regex=r"^[a-z0-9]+(-[a-z0-9]+)*$",
        label=gettext_lazy("Key"),
        max_length=80,
        error_messages={"invalid": gettext_lazy("Use small letters a–z, digits and hyphens.")},
        help_text=gettext_lazy(
            "Lessons name their module by this word: the same in each language."
        ),
    )
    title = blocks.CharBlock(label=gettext_lazy("Title"), max_length=150)
    summary = blocks.TextBlock(label=gettext_lazy("Summary"), max_length=400, required=False)
    kept = ("key",)

    class Meta:
        icon = "folder-open-inverse"
        label = gettext_lazy("Module")


class ChoiceOfQuestionBlock(KeptInTranslation, blocks.StructBlock):
    """One of the answers to choose from, or one of the things to put in order."""

    text = blocks.CharBlock(label=gettext_lazy("Text"), max_length=300)
    right = blocks.BooleanBlock(label=gettext_lazy("This is right"), required=False)
    explanation = blocks.TextBlock(
        label=gettext_lazy("Why, or why not"), max_length=600, required=False
    )
    kept = ("right",)

    class Meta:
        label = gettext_lazy("Choice")


class QuestionBlock(KeptInTranslation, blocks.StructBlock):
    """A question with its right answer, why it is right, and the section that says so."""

    kind = blocks.ChoiceBlock(
        choices=QuestionKind.choices, default=QuestionKind.ONE, label=gettext_lazy("Kind")
    )
    text = blocks.TextBlock(label=gettext_lazy("Question"), max_length=600)
    choices = blocks.ListBlock(
        ChoiceOfQuestionBlock(),
        default=[],
        label=gettext_lazy("Choices"),
        help_text=gettext_lazy("Things to put in order stand here in the right order."),
    )
    number = blocks.DecimalBlock(
        label=gettext_lazy("The right number"), required=False, decimal_places=2, max_digits=12
    )
    explanation = blocks.TextBlock(label=gettext_lazy("Explanation"), max_length=1200)
    section = SectionChooserBlock(label=gettext_lazy("Section that says so"), required=False)
    kept = ("kind", "number", "section")

    class Meta:
        icon = "help"
        label = gettext_lazy("Question")
        template = "skills/question_open.html"

    def clean(self, value: Any) -> Any:
        """A question that has no right answer, or too many of them, cannot be kept."""
        value = super().clean(value)
        rights = sum(bool(choice["right"]) for choice in value["choices"])
        problem = ""
        match QuestionKind(value["kind"]):
            case QuestionKind.NUMBER if value["number"] is None:
                raise blocks.StructBlockValidationError(
                    {"number": ValidationError(_("Give the right number."))}
                )
            case QuestionKind.ONE if rights != 1:
                problem = _("Mark one choice as right.")
            case QuestionKind.SEVERAL if not rights:
                problem = _("Mark the choices that are right.")
            case QuestionKind.ORDER if len(value["choices"]) < 2:
                problem = _("Write at least two things to put in order.")
        if problem:
            raise blocks.StructBlockValidationError({"choices": ValidationError(problem)})
        return value


class ReflectionBlock(blocks.StructBlock):
    """Something to think over; what the learner writes is theirs alone."""

    text = blocks.TextBlock(label=gettext_lazy("What to think over"), max_length=600)

    class Meta:
        icon = "edit"
        label = gettext_lazy("Reflection")
        template = "skills/reflection_open.html"


class LessonBodyBlock(BodyBlock):
    heading = HeadingBlock(template="skills/heading.html", group=gettext_lazy("Words"))
    question = QuestionBlock(group=LEARNING)
    reflection = ReflectionBlock(group=LEARNING)


class TestBlock(NamingBlock):
    """The questions of a final test."""

    question = QuestionBlock()


def shown_number(number: Decimal | str) -> str:
    """A number as people write it: 30 and not 30.00."""
    text = f"{Decimal(number):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
