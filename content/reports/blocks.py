"""The body of an annual report: chapters from a list, words, and figures bound to datasets."""

from collections import Counter
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import blocks

from content.pages.blocks.law import LawBlock
from content.pages.blocks.text import RUNNING_TEXT, CalloutBlock, HeadingBlock, give_anchors
from content.pages.mentions import NamingBlock
from monitoring.charts import drawing
from monitoring.charts.figures import table
from monitoring.charts.summaries import sentences
from monitoring.datasets.blocks import DatasetFigureBlock
from monitoring.datasets.cubes import Cube
from monitoring.datasets.figures import Asked
from portal.errors import BadParameter


class Part(models.TextChoices):
    """What a chapter is about: the five that the task asks for, and two of the published review."""

    RESOURCES = "resources", gettext_lazy("Implementation and resourcing")
    EFFECT = "effect", gettext_lazy("Efficiency, use, availability, quality and impact")
    PATHS = "paths", gettext_lazy("Service paths and their effectiveness")
    OUTSIDE = "outside", gettext_lazy("People outside the workforce")
    PHENOMENON = "phenomenon", gettext_lazy("Phenomenon-based integration")
    EMPLOYMENT = (
        "employment",
        gettext_lazy("Employment and unemployment of foreign nationals and integration clients"),
    )
    STARTING = "starting", gettext_lazy("How employment authorities have started services")


class ChapterBlock(blocks.StructBlock):
    """Where a chapter begins; it goes on until the next one. Its title is that of its subject."""

    part = blocks.ChoiceBlock(choices=Part.choices, label=gettext_lazy("Chapter"))

    class Meta:
        icon = "title"
        label = gettext_lazy("Chapter")
        template = "reports/chapter.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        return super().get_context(value, parent_context) | {"part": Part(value["part"])}


class BoundFigureBlock(DatasetFigureBlock):
    """A figure of a dataset: as it is now in a draft, as it was frozen once it is published."""

    codes = blocks.CharBlock(
        required=False,
        max_length=200,
        label=gettext_lazy("Codes of other dimensions"),
        help_text=gettext_lazy("Such as SEX=F AGE=Y15T24. Without them, the totals."),
    )

    class Meta:
        template = "reports/figure.html"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        dataset = cleaned["dataset"]
        known = {dimension.key for dimension in dataset.dimensions.all()}
        codes = codes_of(cleaned)
        if set(codes) - known:
            wrong = ValidationError(_("The dataset does not have this."))
            raise blocks.StructBlockValidationError({"codes": wrong})
        if codes and dataset.times:
            try:
                Asked.read(Cube.of(dataset), parameters_of(cleaned))
            except BadParameter as error:
                wrong = ValidationError(_("The dataset does not have this."))
                raise blocks.StructBlockValidationError({"codes": wrong}) from error
        return cleaned

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """`shown` is a figures.Shown of the page that the block stands on, None when there is none.

        Its picture, its sentences and its rows are made of the same values.
        """
        context = blocks.StructBlock.get_context(self, value, parent_context)
        page, request = context.get("page"), context.get("request")
        draft = page is None or bool(getattr(request, "is_preview", False))
        shown = page.shown(value, draft=draft) if page is not None else None
        if shown is None:
            return context | {"shown": None}
        figure = shown.figure
        return context | {
            "shown": shown,
            "figure": figure,
            "picture": drawing.picture(figure) if figure.can_be_drawn else "",
            "sentences": sentences(figure),
            "rows": table(figure),
        }


def codes_of(value: Any) -> dict[str, str]:
    """The codes that a block names: `SEX=F AGE=Y15T24`."""
    pairs = (word.partition("=") for word in (value.get("codes") or "").split())
    return {key: code for key, _sign, code in pairs}


def parameters_of(value: Any) -> dict[str, str]:
    """What a block asks of its dataset, as the address of a figure does."""
    return {
        **codes_of(value),
        "kind": value.get("kind") or "",
        "by": value.get("by") or "",
        "REF_AREA": value.get("area") or "",
        "TIME_PERIOD": value.get("time") or "",
    }


class ReportBodyBlock(NamingBlock):
    """No chapter comes twice, and what stands before the first is the introduction."""

    chapter = ChapterBlock()
    text = blocks.RichTextBlock(
        label=gettext_lazy("Text"),
        icon="pilcrow",
        features=RUNNING_TEXT,
        template="blocks/text.html",
    )
    heading = HeadingBlock(template="reports/heading.html")
    callout = CalloutBlock()
    figure = BoundFigureBlock()
    law = LawBlock()

    def clean(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        value = super().clean(value, *args, **kwargs)
        parts = Counter(child.value["part"] for child in value if child.block_type == "chapter")
        if twice := [part for part, number in parts.items() if number > 1]:
            raise blocks.StreamBlockValidationError(
                non_block_errors=[
                    ValidationError(
                        _("The chapter “%(name)s” is there twice.") % {"name": Part(twice[0]).label}
                    )
                ]
            )
        give_anchors(value)
        return value
