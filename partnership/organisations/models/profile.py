"""What belongs to an organisation's page besides its own words."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Contact(models.Model):
    """How to reach an organisation in one matter: a function, never a person's name."""

    class Role(models.TextChoices):
        GENERAL = "general", _("General enquiries")
        PARTNERSHIP = "partnership", _("Partnership and cooperation")
        CLIENTS = "clients", _("Guidance and services for clients")
        MEDIA = "media", _("Communications and media")
        OTHER = "other", _("Something else")

    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.CASCADE, related_name="contacts"
    )
    role = models.CharField(_("matter"), max_length=12, choices=Role, default=Role.GENERAL)
    function = models.CharField(
        _("unit or function"),
        max_length=200,
        blank=True,
        help_text=_("Such as “Integration services”: no person's name is needed."),
    )
    email = models.EmailField(_("e-mail"), max_length=254, blank=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        constraints = [
            models.CheckConstraint(
                condition=~Q(email="", phone=""),
                name="contact_can_be_reached",
                violation_error_message=_("Write an e-mail address or a telephone number."),
            )
        ]

    def __str__(self):
        return self.function or self.get_role_display()


class FormerAddress(models.Model):
    """Where an organisation was that is now another's: its address leads on, its name is known."""

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.CASCADE, related_name="former_addresses"
    )
    name = models.CharField(_("name"), max_length=200)
    business_id = models.CharField(_("business ID"), max_length=9)
    merged_at = models.DateTimeField(_("merged"), auto_now_add=True)

    class Meta:
        ordering = ["-merged_at", "-pk"]
        verbose_name = _("former address of an organisation")
        verbose_name_plural = _("former addresses of organisations")

    def __str__(self):
        return self.slug
