"""Whom to ask."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .translating import KeptInTranslation


class ContactBlock(KeptInTranslation, blocks.StructBlock):
    """A desk or a team. Its address is shown to people and kept from harvesters."""

    name = blocks.CharBlock(label=_("Desk or team"), max_length=120)
    role = blocks.CharBlock(label=_("What it helps with"), max_length=250, required=False)
    email = blocks.EmailBlock(label=_("E-mail"), required=False)
    phone = blocks.CharBlock(label=_("Telephone"), max_length=40, required=False)
    kept = ("email", "phone")

    class Meta:
        icon = "mail"
        label = _("Contact")
        template = "blocks/contact.html"
