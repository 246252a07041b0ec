"""The box of sections, chapters and acts that a page rests on."""

from operator import attrgetter

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from content.pages.choosers import ActChooserBlock, ChapterChooserBlock, SectionChooserBlock

from .translating import KeptInTranslation


class LawBlock(KeptInTranslation, blocks.StructBlock):
    """Sections of the law, with a sentence on why they matter here.

    Whole chapters, acts and decrees too, where the page rests on all of one.
    """

    sections = blocks.ListBlock(SectionChooserBlock(), label=_("Sections"), default=[])
    chapters = blocks.ListBlock(
        ChapterChooserBlock(),
        label=_("Whole chapters"),
        default=[],
        help_text=_("The page is checked when any section of the chapter changes."),
    )
    acts = blocks.ListBlock(
        ActChooserBlock(),
        label=_("Whole acts and decrees"),
        default=[],
        help_text=_("The page is checked when any section of the act or decree changes."),
    )
    note = blocks.TextBlock(label=_("Why they matter here"), max_length=400, required=False)
    kept = ("sections", "chapters", "acts")

    class Meta:
        icon = "doc-full-inverse"
        label = _("Sections of the law")
        template = "blocks/law.html"

    def clean(self, value):
        value = super().clean(value)
        if not any(value[name] for name in self.kept):
            problem = ValidationError(_("Choose a section, a chapter or an act."))
            raise StructBlockValidationError({"sections": problem})
        return value

    def get_context(self, value, parent_context=None):
        """What is still there, each once, in the order of the law; the narrowest first."""
        context = super().get_context(value, parent_context)
        chosen = {section.pk: section for section in value["sections"] if section}
        context["sections"] = sorted(
            chosen.values(), key=lambda section: (section.act_id, section.position)
        )
        chapters = {chapter.pk: chapter for chapter in value["chapters"] if chapter}
        context["chapters"] = sorted(chapters.values(), key=attrgetter("act_id", "position"))
        acts = {act.pk: act for act in value["acts"] if act}
        context["acts"] = sorted(acts.values(), key=attrgetter("year", "number"))
        return context
