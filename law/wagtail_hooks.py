"""What the law adds to /cms/, and the names of what is logged about it."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.log_actions import LogFormatter

from . import references
from .admin import (
    Bills,
    BillsPanel,
    IncomingAmendments,
    PublishedPanel,
    SectionSummaries,
    Wordings,
)
from .models import PendingBill
from .review_tasks.views import HomePanel, LawChanges

SETTLED = {
    "law.confirm": (_("Confirm as still right after a change in the law"), _("Still right")),
    "law.changed": (_("Change because of a change of the law"), _("Changed")),
    "law.reopen": (_("Has to be checked after a change of the law"), _("To be checked")),
    "law.gone": (_("No longer rests on a changed section"), _("No longer rests on the section")),
}
DECIDED = {
    "law.take_into_use": (_("Take an amending act into use"), _("Amending act taken into use")),
    "law.reopen_incoming": (
        _("Open a dismissed amending act again"),
        _("Dismissed amending act opened again"),
    ),
    "law.undo": (_("Undo the use of an amending act"), _("Use of the amending act undone")),
}


IN_FINLEX = {
    "law.ready": (_("Read the words of an amending act"), _("Its words were read from Finlex")),
    "law.not_ready": (
        _("Find the words of an amending act unreadable"),
        _("Its words can no longer be read"),
    ),
    "law.corrected_in_finlex": (
        _("Find an amending act corrected in Finlex"),
        _("Corrected in Finlex after it was taken into use"),
    ),
    "law.corrected_in_file": (
        _("Give corrected words of an amending act"),
        _("Corrected by a file after it was taken into use"),
    ),
}


BILLS = {
    "law.bill_move": _("Move a pending bill on"),
    "law.bill_confirm": _("Confirm the stage of a pending bill"),
    "law.bill_given": _("Join a pending bill with the act that it became"),
}


@hooks.register("register_admin_viewset")
def work_lists():
    return LawChanges()


@hooks.register("register_admin_viewset")
def wordings_and_summaries():
    return [IncomingAmendments(), Wordings(), SectionSummaries(), Bills()]


@hooks.register("construct_homepage_panels")
def what_is_left_to_check(request, panels):
    panels.append(HomePanel())


@hooks.register("construct_homepage_panels")
def what_has_been_published(request, panels):
    panels.append(PublishedPanel())


@hooks.register("construct_homepage_panels")
def bills_to_look_up(request, panels):
    panels.append(BillsPanel())


@hooks.register("register_log_actions")
def name_what_is_logged(actions):
    for action, words in SETTLED.items():
        actions.register_action(action)(_settled(*words))
    for action, label in BILLS.items():
        actions.register_action(action)(_of_a_bill(label))

    @actions.register_action("law.set_day")
    class DaySet(LogFormatter):
        label = _("Say when an amending act comes into force")

        def format_message(self, entry):
            """The day, and the one that it had before."""
            day, was = (entry.data.get(name, "") for name in ("day", "was"))
            if not was:
                return _("In force from %(day)s") % {"day": day}
            return _("In force from %(day)s, not %(was)s") % {"day": day, "was": was}

    for action, words in DECIDED.items():
        actions.register_action(action, *words)

    for action, words in IN_FINLEX.items():
        actions.register_action(action, *words)

    @actions.register_action("law.dismiss")
    class Dismissed(LogFormatter):
        label = _("Dismiss an amending act")
        message = _("Amending act dismissed")

        def format_comment(self, entry):
            return entry.data.get("reason", "")

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


def _of_a_bill(name):
    class Formatter(LogFormatter):
        label = name

        def format_message(self, entry):
            """The stage after it, and the one before it when that was another."""
            stages = dict(PendingBill.Stage.choices)
            after = stages.get(entry.data.get("to", entry.data.get("stage")), "")
            before = stages.get(entry.data.get("from"))
            act = entry.data.get("act")
            told = f"{before} → {after}" if before else _("Confirmed: %(stage)s") % {"stage": after}
            return f"{told} ({act})" if act else told

        def format_comment(self, entry):
            return entry.data.get("note", "")

    return Formatter
