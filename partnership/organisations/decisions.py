"""The decision on an application as its letter says it: the same words on a page and as PDF."""

from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry

from partnership.organisations.models import Membership, Organisation
from portal.languages import in_language
from portal.printing import render, richtext, words

DECISIONS = ("organisations.approve", "organisations.decline")


@dataclass(frozen=True)
class Decision:
    """A decision in the organisation's language of correspondence; `body` and `again` are HTML."""

    language: str
    title: str
    sender: tuple[str, ...]
    recipient: tuple[str, ...]
    day: str
    body: SafeString
    decided_by: str
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
                "decided_by": [self.decided_by],
                "again": richtext.of_html(self.again),
            },
            self.language,
        )


def latest(organisation: Organisation) -> Membership | None:
    """The membership on which there is the newest decision, or None."""
    decided = organisation.memberships.filter(decided_at__isnull=False)
    return decided.order_by("-decided_at", "-pk").first()


def decision_on(membership: Membership) -> Decision:
    """What was decided on an application, by whom and why. The membership has a `decided_at`."""
    organisation = membership.organisation
    with in_language(organisation.language):
        context = {
            "organisation": organisation,
            "membership": membership,
            "approved": membership.status != Membership.Status.DECLINED,
        }
        return Decision(
            language=organisation.language,
            title=_("Membership of the Integration Partnership Programme"),
            sender=(_("KEHA Centre"), _("Integration Partnership Programme")),
            recipient=(organisation.name, organisation.business_id),
            day=date_format(timezone.localtime(membership.decided_at), "DATE_FORMAT"),
            body=render_to_string("organisations/decision_body.html", context),
            decided_by=_decider(membership) or _("The programme team"),
            again=render_to_string("organisations/decision_again.html", context),
        )


def _decider(membership: Membership) -> str:
    """The name of who decided, as it is in the log; "" for a decision of nobody's, as examples'."""
    entries = ModelLogEntry.objects.for_instance(membership).filter(action__in=DECISIONS)
    entry = entries.select_related("user").order_by("-timestamp").first()
    return entry.user.get_full_name() if entry and entry.user else ""
