"""The review in /cms/, and the names of what is logged about organisations."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogFormatter

from .bodies_desk import ClaimDesk, PublicBodyViewSet
from .merge_desk import MergeItem, MergeView
from .models import Representative
from .review import MembershipViewSet
from .unattended import UnattendedViewSet
from .viewsets import decision_templates, periods

EVENTS = {
    "organisations.apply": (_("Apply for membership"), _("Application sent")),
    "organisations.propose": (_("Propose a decision"), _("Decision proposed")),
    "organisations.send_back": (_("Send a proposal back"), _("Proposal sent back")),
    "organisations.assign": (_("Hand out an application"), _("Handler and due date set")),
    "organisations.return": (_("Return an application"), _("Returned for more information")),
    "organisations.answer": (_("Answer and send in again"), _("Answered and sent in again")),
    "organisations.approve": (_("Approve an application"), _("Approved as a member")),
    "organisations.decline": (_("Decline an application"), _("Application declined")),
    "organisations.withdraw": (_("Withdraw an application"), _("Application withdrawn")),
    "organisations.leave": (_("Leave the programme"), _("Left the programme")),
    "organisations.end": (_("End a membership"), _("Membership ended")),
    "organisations.ask_to_renew": (
        _("Ask whether a member goes on"),
        _("Asked whether it goes on"),
    ),
    "organisations.renew": (_("Go on in the next period"), _("Goes on in the period")),
    "organisations.undo_renewal": (_("Take back going on"), _("Going on was taken back")),
    "organisations.lapse": (_("Let a membership lapse"), _("Membership lapsed")),
    "organisations.note": (_("Write a note"), _("Internal note written")),
    "organisations.edit": (_("Edit an organisation's profile"), _("Profile edited")),
    "organisations.confirm": (_("Confirm an entry"), _("Entry confirmed")),
    "organisations.confirm_undo": (_("Take back a confirmation"), _("Confirmation taken back")),
    "organisations.hide": (_("Hide an entry"), _("Entry hidden: not confirmed")),
    "organisations.merge": (_("Merge two organisations"), _("Two records merged")),
    "organisations.body_claim": (_("Claim a public body"), _("Public body claimed")),
    "organisations.body_accept": (_("Accept a claim"), _("Claim accepted")),
    "organisations.body_decline": (_("Decline a claim"), _("Claim declined")),
    "organisations.contacts": (_("Change an organisation's contacts"), _("Contacts changed")),
    "organisations.logo": (_("Change an organisation's logo"), _("Logo changed")),
    "organisations.invite": (_("Invite a person"), _("Person invited")),
    "organisations.revoke": (_("Take back an invitation"), _("Invitation taken back")),
    "organisations.accept": (_("Accept an invitation"), _("Invitation accepted")),
    "organisations.refuse": (_("Decline an invitation"), _("Invitation declined")),
    "organisations.take_up": (_("Undo a refusal"), _("Invitation declined no longer")),
    "organisations.ask": (_("Ask to act for an organisation"), _("Asked to act for it")),
    "organisations.let_in": (_("Accept a request"), _("Request accepted")),
    "organisations.turn_away": (_("Decline a request"), _("Request declined")),
    "organisations.no_longer_ask": (_("Take back a request"), _("Request taken back")),
    "organisations.hand_over": (_("Begin a hand-over"), _("Hand-over begun")),
    "organisations.add_domain": (_("Enter an e-mail domain"), _("E-mail domain entered")),
    "organisations.remove_domain": (_("Remove an e-mail domain"), _("E-mail domain removed")),
    "organisations.join_by_domain": (_("Join by an e-mail domain"), _("Joined by e-mail domain")),
    "organisations.write_to_many": (_("Write to many"), _("Letter to many written")),
    "organisations.role": (_("Change a person's role"), _("Role changed")),
    "organisations.remove": (_("Remove a person"), _("Person removed")),
    "organisations.import": (_("Import an organisation"), _("Imported from another portal")),
}


@hooks.register("register_log_actions")
def name_events(actions):
    for action, words in EVENTS.items():
        actions.register_action(action)(_formatter(*words))


def _formatter(name, told):
    class Formatter(LogFormatter):
        label, message = name, told

        def format_comment(self, entry):
            """The words that went with the event, or the role that it was about."""
            data = entry.data
            role = data.get("role")
            return (
                data.get("reason")
                or data.get("answer")
                or (Representative.Role(role).label if role in Representative.Role else "")
            )

    return Formatter


@hooks.register("register_admin_viewset")
def review_of_applications():
    return MembershipViewSet()


@hooks.register("register_admin_viewset")
def organisations_without_people():
    return UnattendedViewSet()


@hooks.register("register_admin_viewset")
def kept_by_the_team():
    return [periods, decision_templates]


@hooks.register("register_admin_urls")
def merging_of_organisations():
    return [path("organisations/merge/", MergeView.as_view(), name="merge_organisations")]


@hooks.register("register_admin_menu_item")
def merging_in_the_menu():
    return MergeItem(
        _("Merge organisations"), reverse("merge_organisations"), icon_name="group", order=263
    )


@hooks.register("register_admin_viewset")
def public_bodies():
    return [PublicBodyViewSet(), ClaimDesk()]
