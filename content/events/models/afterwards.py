"""What stands around an event: one's own calendar address, and what participants say of it."""

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from .events import Event


class CalendarAddress(models.Model):
    """The secret address under which a person's calendar reads their own events.

    Whoever has the address reads them, so it can be made anew; the old one then gives nothing.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="calendar_address",
    )
    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        default_permissions = ()
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"

    @classmethod
    def found(cls, key: str) -> "CalendarAddress | None":
        """Whose it is; None for one that was not made here, or was made anew since."""
        try:
            wanted = uuid.UUID(key)
        except ValueError:
            return None
        return cls.objects.select_related("user").filter(key=wanted, user__is_active=True).first()


class Feedback(models.Model):
    """Three answers about an event, of nobody: no person, no time, and shown only as counts."""

    class Use(models.TextChoices):
        YES = "yes", _("Yes")
        PARTLY = "partly", _("Partly")
        NO = "no", _("No")

    FEWEST_SHOWN = 5  # counts of fewer would tell who said what

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="feedback")
    useful = models.PositiveSmallIntegerField(
        _("how useful"), validators=[MinValueValidator(1), MaxValueValidator(5)]
    )
    use = models.CharField(_("is of use at work"), max_length=6, choices=Use)
    words = models.TextField(_("what should be better"), max_length=1000, blank=True)

    class Meta:
        default_permissions = ()
        verbose_name = _("feedback on an event")
        verbose_name_plural = _("feedback on events")

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"
