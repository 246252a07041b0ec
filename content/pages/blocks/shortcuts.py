"""The tasks of the home page: what a reader has come to do, and where that is done."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from portal.resources import home_places

from .translating import KeptInTranslation


def choices() -> list[tuple[str, str]]:
    """The places of the rooms that a task may lead to."""
    return [(key, str(place.title)) for key, place in home_places().items()]


class TaskBlock(KeptInTranslation, blocks.StructBlock):
    title = blocks.CharBlock(label=_("Task"), max_length=80, help_text=_("Begin with a verb."))
    description = blocks.CharBlock(label=_("In a sentence"), max_length=200, required=False)
    page = blocks.PageChooserBlock(label=_("Page"), required=False)
    view = blocks.ChoiceBlock(
        label=_("Or a part of the portal"),
        choices=choices,
        required=False,
    )
    kept = ("page", "view")

    class Meta:
        icon = "tick"
        label = _("Task")

    def clean(self, value):
        value = super().clean(value)
        if bool(value["page"]) == bool(value["view"]):
            raise StructBlockValidationError(
                {"page": ValidationError(_("Choose a page or a part of the portal, one of them."))}
            )
        return value


class TasksBlock(blocks.StreamBlock):
    task = TaskBlock()
