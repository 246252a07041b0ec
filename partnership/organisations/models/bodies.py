"""Public bodies of places, and which organisation is theirs.

Every municipality, employment authority, wellbeing services county and economic development centre
is known by its area. A row is made when there is something to say of it: a domain of its addresses
that the KEHA Centre has noted, or a claim. A body is nothing of the directory until its
organisation is.
"""

import re
from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.places.models import Area
from portal.workflow import Stateful

KINDS = (
    Area.Kind.MUNICIPALITY,
    Area.Kind.EMPLOYMENT_AREA,
    Area.Kind.COUNTY,
    Area.Kind.DEVELOPMENT_CENTRE,
)
DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}")


def known_bodies(day: date | None = None):
    """The areas that have a public body of their own, on a day."""
    return Area.objects.on(day or timezone.localdate()).filter(kind__in=KINDS)


class PublicBody(models.Model):
    """What is known of the public body of an area; its names are the area's."""

    area = models.OneToOneField(
        Area,
        verbose_name=_("area"),
        on_delete=models.PROTECT,
        limit_choices_to={"kind__in": KINDS},
        related_name="public_body",
    )
    domains = models.TextField(
        _("domains of its e-mail addresses"),
        max_length=1000,
        blank=True,
        help_text=_(
            "One on each line, such as example.org. Whoever has a confirmed address there may "
            "claim the body at once."
        ),
    )
    organisation = models.ForeignKey(
        "organisations.Organisation",
        verbose_name=_("organisation"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="public_bodies",
    )

    class Meta:
        ordering = ["area__kind", "area__code"]
        verbose_name = _("public body")
        verbose_name_plural = _("public bodies")

    def __str__(self):
        return f"{self.area} ({self.area.get_kind_display()})"

    def clean(self):
        """Domains are kept in small letters, one a line, without what comes before an @."""
        written = [word.rpartition("@")[2] for word in self.domains.casefold().split()]
        for word in written:
            if not DOMAIN.fullmatch(word):
                raise ValidationError(
                    {"domains": _("“%(word)s” is not a domain like example.org.") % {"word": word}}
                )
        self.domains = "\n".join(dict.fromkeys(written))

    def has_noted(self, address: str) -> bool:
        """Whether the address is at one of the domains: the whole domain, and no part of it."""
        domain = address.rpartition("@")[2].casefold()
        return bool(domain) and domain in self.domains.split()


class BodyClaim(Stateful):
    """That an organisation is the public body of a place, said by one of its owners."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting for a decision")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")

    MOVES = {
        State.WAITING: {State.ACCEPTED, State.DECLINED},
        State.ACCEPTED: set(),
        State.DECLINED: set(),
    }

    body = models.ForeignKey(PublicBody, on_delete=models.CASCADE, related_name="claims")
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.CASCADE, related_name="body_claims"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    state = models.CharField(
        _("state"), max_length=10, choices=State, default=State.WAITING, editable=False
    )
    domain = models.CharField(_("by an address at"), max_length=254, blank=True, editable=False)
    reason = models.TextField(_("reason"), max_length=3000, blank=True, editable=False)
    claimed_at = models.DateTimeField(_("claimed"), default=timezone.now)
    decided_at = models.DateTimeField(_("decided"), null=True, editable=False)

    class Meta:
        ordering = ["-claimed_at", "-pk"]
        verbose_name = _("claim of a public body")
        verbose_name_plural = _("claims of public bodies")
        constraints = [
            models.UniqueConstraint(
                fields=["body", "organisation"],
                condition=Q(state="waiting"),
                name="one_waiting_claim_a_body_and_organisation",
            )
        ]

    def __str__(self):
        return f"{self.body}: {self.organisation}"
