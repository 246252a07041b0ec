"""The body of a page."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from content.pages.mentions import NamingBlock
from monitoring.datasets.blocks import DatasetFigureBlock
from monitoring.indicators.blocks import IndicatorBlock

from .law import LawBlock
from .media import DownloadBlock, PictureBlock
from .people import ContactBlock
from .steps import StepsBlock
from .tables import TableBlock
from .text import (
    RUNNING_TEXT,
    AccordionBlock,
    CalloutBlock,
    ContentsBlock,
    HeadingBlock,
    QuoteBlock,
    give_anchors,
)

WORDS, THINGS = _("Words"), _("Things")


class BodyBlock(NamingBlock):
    text = blocks.RichTextBlock(
        label=_("Text"),
        icon="pilcrow",
        group=WORDS,
        features=RUNNING_TEXT,
        template="blocks/text.html",
    )
    heading = HeadingBlock(group=WORDS)
    callout = CalloutBlock(group=WORDS)
    quote = QuoteBlock(group=WORDS)
    accordion = AccordionBlock(group=WORDS)
    contents = ContentsBlock(group=WORDS)
    law = LawBlock(group=THINGS)
    indicator = IndicatorBlock(group=THINGS)
    figure = DatasetFigureBlock(group=THINGS)
    table = TableBlock(group=THINGS)
    steps = StepsBlock(group=THINGS)
    image = PictureBlock(group=THINGS)
    download = DownloadBlock(group=THINGS)
    contact = ContactBlock(group=THINGS)

    class Meta:
        block_counts = {"contents": {"max_num": 1}}

    def clean(self, value, *args, **kwargs):
        value = super().clean(value, *args, **kwargs)
        give_anchors(value)
        return value
