"""Words: running text, headings that can be linked to, quotes, call-outs, folded parts."""

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .translating import KeptInTranslation

INLINE = ["bold", "italic", "link", "document-link", "section-link", "chapter-link", "act-link"]
RUNNING_TEXT = [*INLINE, "ul", "ol"]


class HeadingBlock(KeptInTranslation, blocks.StructBlock):
    """A heading. Its anchor is made once and then stays, so that links to it keep working."""

    text = blocks.CharBlock(label=_("Heading"), max_length=150)
    anchor = blocks.RegexBlock(
        regex=r"^[a-z0-9]+(-[a-z0-9]+)*$",
        label=_("Address of the heading"),
        required=False,
        max_length=80,
        error_messages={"invalid": _("Use small letters a–z, digits and hyphens.")},
        help_text=_(
            "Made from the heading when you save. Links to this place lead to it, so it stays the "
            "same when the heading is reworded, and is the same in every language."
        ),
    )
    kept = ("anchor",)

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "blocks/heading.html"


class ContentsBlock(blocks.StaticBlock):
    """The list of the page's headings, shown before the body wherever it stands in it."""

    class Meta:
        icon = "list-ul"
        label = _("Contents list")
        admin_text = _("The headings of the page are listed here.")
        template = "blocks/contents.html"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        page = context.get("page")
        context["headings"] = page.headings if page else []
        return context


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Quotation"))
    source = blocks.CharBlock(
        label=_("Who said it, or where it stands"), max_length=200, required=False
    )

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "blocks/quote.html"


class CalloutBlock(blocks.StructBlock):
    """A box beside the running text."""

    kind = blocks.ChoiceBlock(
        label=_("Kind"),
        choices=[
            ("note", _("Good to know")),
            ("important", _("Important")),
            ("change", _("What has changed")),
        ],
        default="note",
    )
    title = blocks.CharBlock(label=_("Title"), max_length=120, required=False)
    text = blocks.RichTextBlock(label=_("Text"), features=RUNNING_TEXT)

    class Meta:
        icon = "warning"
        label = _("Call-out")
        template = "blocks/callout.html"


class FoldedBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=200)
    text = blocks.RichTextBlock(label=_("Text"), features=RUNNING_TEXT)

    class Meta:
        icon = "arrow-down"
        label = _("Part")


class AccordionBlock(blocks.StructBlock):
    """Questions and answers that open one by one, without a script."""

    items = blocks.ListBlock(FoldedBlock(), label=_("Parts"), min_num=1)

    class Meta:
        icon = "list-ol"
        label = _("Folded parts")
        template = "blocks/accordion.html"


def give_anchors(stream) -> None:
    """Give each heading of a stream value an anchor of its own; those it has already stay."""
    taken: set[str] = set()
    for child in stream:
        if child.block_type != "heading":
            continue
        first = free = (
            child.value["anchor"] or slugify(child.value["text"])[:70].strip("-") or "part"
        )
        number = 2
        while free in taken:
            free, number = f"{first}-{number}", number + 1
        child.value["anchor"] = free
        taken.add(free)
