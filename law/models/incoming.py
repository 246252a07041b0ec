"""What Finlex has given out, and the amending acts in it that wait for a lawyer's decision."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal import concurrency
from portal.workflow import Stateful

from .acts import Act, Amendment


class FetchedStatute(models.Model):
    """One file as it was given out on a day: what was published when, for ever.

    `address` is what follows FINLEX_URL, and `version` that of a consolidated text ("20241100"),
    empty for an act as it was given.
    """

    address = models.CharField(_("address"), max_length=255)
    number = models.PositiveSmallIntegerField(_("number"))
    year = models.PositiveSmallIntegerField(_("year"))
    language = models.CharField(_("language"), max_length=2)
    version = models.CharField(_("version"), max_length=8, blank=True)
    sha256 = models.CharField(_("checksum"), max_length=64)
    etag = models.CharField(_("mark of the server"), max_length=200, blank=True)
    fetched_at = models.DateTimeField(_("fetched"), default=timezone.now)
    content = models.TextField(_("content"))

    class Meta:
        ordering = ["year", "number", "version", "language", "fetched_at"]
        verbose_name = _("file of Finlex")
        verbose_name_plural = _("files of Finlex")
        constraints = [
            models.UniqueConstraint(fields=["address", "sha256"], name="one_file_an_address")
        ]

    def __str__(self):
        return self.address

    @property
    def name(self) -> str:
        """What a refusal calls it: 681-2023-fi-20241100.xml"""
        parts = (str(self.number), str(self.year), self.language, self.version)
        return f"{'-'.join(filter(None, parts))}.xml"


class LawWatch(models.Model):
    """How the nightly look at one act in Finlex stands.

    `looked_at` is the last look that found what it asked for; `problem` says why a later one did
    not. `version` is the newest consolidated text that was fetched, and what came after `read_at`
    has not been read yet.
    """

    number = models.PositiveSmallIntegerField(_("number"))
    year = models.PositiveSmallIntegerField(_("year"))
    tried_at = models.DateTimeField(_("last tried"), null=True, blank=True)
    looked_at = models.DateTimeField(_("compared with Finlex"), null=True, blank=True)
    read_at = models.DateTimeField(_("files read up to"), null=True, blank=True)
    version = models.CharField(_("version"), max_length=8, blank=True)
    problem = models.TextField(_("problem"), blank=True)

    class Meta:
        ordering = ["year", "number"]
        verbose_name = _("watch of an act")
        verbose_name_plural = _("watches of acts")
        constraints = [models.UniqueConstraint(fields=["number", "year"], name="one_watch_an_act")]

    def __str__(self):
        return f"{self.number}/{self.year}"


class IncomingAmendment(Stateful):
    """An amending act that has been published, from the night it was found to a lawyer's decision.

    Announced: it is known, with the sections that it names; its words are not all read. Ready: the
    wordings of every section that it changes are read and checked (`rows`, as parsers.stored keeps
    AmendingRows). Confirmed: taken into use as `amendment`, and `undo` leads back (law.snapshots).
    Dismissed: not, for `reason`.
    `in_force_from` is empty while the day is left to a decree.
    """

    class State(models.TextChoices):
        ANNOUNCED = "announced", _("Announced")
        READY = "ready", _("Ready to be taken into use")
        CONFIRMED = "confirmed", _("Taken into use")
        DISMISSED = "dismissed", _("Dismissed")

    MOVES = {
        State.ANNOUNCED: {State.READY, State.DISMISSED},
        State.READY: {State.ANNOUNCED, State.CONFIRMED, State.DISMISSED},
        State.CONFIRMED: {State.READY},
        State.DISMISSED: {State.ANNOUNCED, State.READY},
    }

    act = models.ForeignKey(Act, on_delete=models.CASCADE, related_name="incoming")
    number = models.PositiveSmallIntegerField(_("number"))
    year = models.PositiveSmallIntegerField(_("year"))
    title_fi = models.CharField(_("title in Finnish"), max_length=500, blank=True)
    title_sv = models.CharField(_("title in Swedish"), max_length=500, blank=True)
    given_on = models.DateField(_("given on"), null=True, blank=True)
    in_force_from = models.DateField(_("in force from"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    proposal = models.CharField(_("government proposal"), max_length=20, blank=True)
    sections = models.JSONField(_("sections that it names"), default=list, blank=True)
    rows = models.JSONField(_("what was read"), null=True, blank=True)
    problem = models.TextField(_("what could not be read"), blank=True)
    files = models.ManyToManyField(
        FetchedStatute, verbose_name=_("files"), related_name="incoming", blank=True
    )
    state = models.CharField(
        _("state"), max_length=10, choices=State, default=State.ANNOUNCED, db_index=True
    )
    announced_at = models.DateTimeField(_("announced"), default=timezone.now)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    reason = models.TextField(_("reason"), max_length=1000, blank=True)
    undo = models.JSONField(_("what it was before"), null=True, blank=True, editable=False)
    amendment = models.OneToOneField(
        Amendment,
        verbose_name=_("amendment"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="incoming",
    )

    class Meta:
        ordering = ["-year", "-number"]
        verbose_name = _("incoming amendment")
        verbose_name_plural = _("incoming amendments")
        constraints = [
            models.UniqueConstraint(
                fields=["act", "number", "year"], name="one_incoming_amendment_a_number"
            )
        ]

    def __str__(self):
        return f"{self.act.reference}: {self.reference}"

    @property
    def version_token(self) -> str:
        """What a lawyer has read of it: the state, the day, and the words."""
        names = ("state", "rows", "problem", "sections", "reason")
        days = [str(self.in_force_from), str(self.valid_until)]
        return f"{concurrency.fingerprint(self, names)}:{','.join(days)}"

    @property
    def reference(self) -> str:
        """721/2025"""
        return f"{self.number}/{self.year}"
