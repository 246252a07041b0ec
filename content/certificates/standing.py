"""What state certificates are in now: asked of the resource that they are about."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.resources import having

from .models import Certificate


class Standing(models.TextChoices):
    """Whether what was taught still holds."""

    VALID = "valid", _("Valid")
    DUE = "refresher-due", _("A refresher is due")
    WRITING = "refresher-being-written", _("The law has changed; the refresher is not ready yet")


@dataclass(frozen=True)
class Certified:
    """What a kind says of its certificates: `standing` gives those that it knows, by their ids."""

    standing: Callable[[Sequence[Certificate]], Mapping[int, Standing]]


def standings(certificates: Sequence[Certificate]) -> dict[int, Standing]:
    """The state of each certificate by its id; valid where its kind says nothing."""
    found = {one.pk: Standing.VALID for one in certificates}
    for key, certified in having(Certified).items():
        if mine := [one for one in certificates if one.kind == key]:
            found |= certified.standing(mine)
    return found
