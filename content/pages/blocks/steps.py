"""Steps by time: what is done before the day of arrival, on it, and in the months after it."""

from itertools import groupby

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from content.pages.choosers import SectionChooserBlock

from .translating import KeptInTranslation

TIMES = [
    ("before", _("Before")),
    ("day", _("Day 0")),
    ("week", _("The first week")),
    ("month", _("The first month")),
    ("half_year", _("The first six months")),
]
IN_ORDER = [key for key, _label in TIMES]


class TimeBlock(blocks.ChoiceBlock):
    """When a step is taken; its words are part of what the page says."""


class StepBlock(KeptInTranslation, blocks.StructBlock):
    """One thing that somebody does. Without a section it is the portal's recommendation."""

    when = TimeBlock(label=_("When"), choices=TIMES)
    who = blocks.CharBlock(label=_("Who"), max_length=120)
    what = blocks.CharBlock(label=_("What is done"), max_length=300)
    sections = blocks.ListBlock(
        SectionChooserBlock(),
        label=_("Sections"),
        default=[],
        help_text=_("Without a section, the step is shown as the portal's recommendation."),
    )
    cost = blocks.CharBlock(label=_("Cost covered by"), max_length=200, required=False)
    kept = ("when", "sections")

    class Meta:
        icon = "tick"
        label = _("Step")


class StepsBlock(blocks.StructBlock):
    """The steps of a path, shown by time; each has a box to tick on paper."""

    steps = blocks.ListBlock(StepBlock(), label=_("Steps"), min_num=1)

    class Meta:
        icon = "list-ol"
        label = _("Steps by time")
        template = "blocks/steps.html"

    def get_context(self, value, parent_context=None):
        """`times` are the labels of the times that have steps, each with these, in order."""
        context = super().get_context(value, parent_context)
        steps = [step for step in value["steps"] if step["when"]]  # a draft's may be empty yet
        steps.sort(key=lambda step: IN_ORDER.index(step["when"]))
        labels = dict(TIMES)
        context["times"] = [
            (labels[when], [(step, [one for one in step["sections"] if one]) for step in inside])
            for when, inside in groupby(steps, key=lambda step: step["when"])
        ]
        return context
