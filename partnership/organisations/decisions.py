"""The decision on an application as its letter says it: the same words on a page and as PDF."""

from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry

from partnership.organisations.criteria import judged
from partnership.organisations.models import Membership, Organisation, Proposal
from portal.languages import in_language
from portal.printing import render, richtext, words

Status = Membership.Status
DECISIONS = ("organisations.approve", "organisations.decline")


@dataclass(frozen=True)
class Decision:
    """A decision in the organisation's language of correspondence; `body` and `again` are HTML."""

    language: str
    title: str
    register_number: str
    sender: tuple[str, ...]
    recipient: tuple[str, ...]
    day: str
    body: SafeString
    decided_by: tuple[str, ...]
    again: SafeString

    @property
    def labels(self) -> dict[str, str]:
        return words(self.language)

    @property
    def kind(self) -> str:
        with in_language(self.language):
            return _("Decision")

    def as_pdf(self) -> bytes:
        """The letter as PDF/UA. MissingGlyphs as `portal.printing.render` raises it."""
        return render(
            "letter",
            {
                "title": self.title,
                "title_of_kind": self.kind,
                "sender": self.sender,
                "recipient": self.recipient,
                "day": self.day,
                "body": richtext.of_html(self.body),
                "register_number": self.register_number,
                "decided_by": self.decided_by,
                "again": richtext.of_html(self.again),
            },
            self.language,
        )


def latest(organisation: Organisation) -> Membership | None:
    """The membership on which there is the newest decision, or None."""
    decided = organisation.memberships.filter(decided_at__isnull=False)
    return decided.order_by("-decided_at", "-pk").first()


def decision_on(membership: Membership) -> Decision:
    """What was decided on an application, by whom, on which criteria and why.

    The membership has a `decided_at`. Decisions from before there were two readers have one.
    """
    organisation = membership.organisation
    proposal = membership.proposals.carried().select_related("by", "second").last()
    with in_language(organisation.language):
        context = {
            "organisation": organisation,
            "membership": membership,
            "approved": proposal.approves if proposal else membership.status != Status.DECLINED,
            "reason": _reason(membership, proposal),
            "criteria": judged(proposal.criteria) if proposal else [],
            "secret": proposal.secret if proposal else "",
        }
        return Decision(
            language=organisation.language,
            title=_("Membership of the Integration Partnership Programme"),
            register_number=membership.register_number,
            sender=(_("KEHA Centre"), _("Integration Partnership Programme")),
            recipient=(organisation.name, organisation.business_id),
            day=date_format(timezone.localtime(membership.decided_at), "DATE_FORMAT"),
            body=render_to_string("organisations/decision_body.html", context),
            decided_by=_deciders(membership, proposal),
            again=render_to_string("organisations/decision_again.html", context),
        )


def _reason(membership: Membership, proposal: Proposal | None) -> str:
    if proposal:
        return proposal.reason
    return membership.reason if membership.status == Status.DECLINED else ""


def _deciders(membership: Membership, proposal: Proposal | None) -> tuple[str, ...]:
    """Who decided, the second reader first, and who proposed it; the team where there is no name.

    Of a decision without a proposal, who stands in the log.
    """
    team = _("The programme team")
    if proposal:
        second, first = (
            one.get_full_name() if one else team for one in (proposal.second, proposal.by)
        )
        return (second, _("Proposed by: %(name)s") % {"name": first})
    entries = ModelLogEntry.objects.for_instance(membership).filter(action__in=DECISIONS)
    entry = entries.select_related("user").order_by("-timestamp").first()
    return ((entry.user.get_full_name() if entry and entry.user else "") or team,)
