"""The box of sections that a page rests on."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from content.pages.choosers import SectionChooserBlock

from .translating import KeptInTranslation


class LawBlock(KeptInTranslation, blocks.StructBlock):
    """Sections of the law, with a sentence on why they matter here."""

    sections = blocks.ListBlock(SectionChooserBlock(), label=_("Sections"), min_num=1)
    note = blocks.TextBlock(label=_("Why they matter here"), max_length=400, required=False)
    kept = ("sections",)

    class Meta:
        icon = "doc-full-inverse"
        label = _("Sections of the law")
        template = "blocks/law.html"

    def get_context(self, value, parent_context=None):
        """The sections that are still there, each once, in the order of the law."""
        context = super().get_context(value, parent_context)
        chosen = {section.pk: section for section in value["sections"] if section}
        context["sections"] = sorted(
            chosen.values(), key=lambda section: (section.act_id, section.position)
        )
        return context
