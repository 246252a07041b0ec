"""The desk of contacts in /cms/, and the names of what is logged."""

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogFormatter

from .desk import ContactViewSet, MissingItem, MissingView

EVENTS = {
    "authorities.tell": (_("Tell a contact"), _("Contact told")),
    "authorities.check": (_("Check a contact"), _("Contact checked")),
    "authorities.name": (_("Name an officer"), _("Officer named")),
    "authorities.remove": (_("Remove an officer"), _("Officer removed")),
    "authorities.add_programme": (_("Bring a programme"), _("Programme brought")),
    "authorities.show_programme": (_("Show a programme"), _("Programme shown to everybody")),
    "authorities.hide_programme": (_("Hide a programme"), _("Programme hidden from readers")),
    "authorities.drop_programme": (_("Delete a programme"), _("Programme deleted")),
}


@hooks.register("register_log_actions")
def name_events(actions):
    for action, words in EVENTS.items():
        actions.register_action(action)(_formatter(*words))


def _formatter(name, told):
    class Formatter(LogFormatter):
        label, message = name, told

        def format_comment(self, entry):
            """The name that was told."""
            return entry.data.get("words", "")

    return Formatter


@hooks.register("register_admin_viewset")
def contacts():
    return ContactViewSet()


@hooks.register("register_admin_urls")
def missing():
    return [
        path("area-contacts/missing/", MissingView.as_view(), name="area_contacts_missing"),
    ]


@hooks.register("register_admin_menu_item")
def missing_in_the_menu():
    return MissingItem()
