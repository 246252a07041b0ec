"""What the law adds to /cms/, and the names of what is logged about it."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.log_actions import LogFormatter

from . import references
from .admin import SectionSummaries, Wordings
from .review_tasks.views import HomePanel, LawChanges

SETTLED = {
    "law.confirm": (_("Confirm as still right after a change in the law"), _("Still right")),
    "law.changed": (_("Change because of a change of the law"), _("Changed")),
    "law.reopen": (_("Rests on a changed section again"), _("To be checked again")),
    "law.gone": (_("No longer rests on a changed section"), _("No longer rests on the section")),
}


@hooks.register("register_admin_viewset")
def work_lists():
    return LawChanges()


@hooks.register("register_admin_viewset")
def wordings_and_summaries():
    return [Wordings(), SectionSummaries()]


@hooks.register("construct_homepage_panels")
def what_is_left_to_check(request, panels):
    panels.append(HomePanel())


@hooks.register("register_log_actions")
def name_what_is_logged(actions):
    for action, words in SETTLED.items():
        actions.register_action(action)(_settled(*words))

    @actions.register_action("law.check_wording")
    class Checked(LogFormatter):
        label = _("Check the wording of a section")

        def format_message(self, entry):
            if entry.data.get("corrected"):
                return _("Wording checked and corrected")
            return _("Wording checked")

    @actions.register_action("law.open")
    class Opened(LogFormatter):
        label = _("Open the work list of a changed section")

        def format_message(self, entry):
            count = entry.data.get("checks", 0)
            return ngettext(
                "Work list opened with %(count)s check.",
                "Work list opened with %(count)s checks.",
                count,
            ) % {"count": count}


def _settled(name, told):
    class Formatter(LogFormatter):
        label = name

        def format_message(self, entry):
            """What happened, and the kind of thing that it happened to; never its title."""
            kind = references.referrers().get(entry.data.get("kind", ""))
            return f"{told}: {kind.title}" if kind else told

        def format_comment(self, entry):
            return entry.data.get("note", "")

    return Formatter
