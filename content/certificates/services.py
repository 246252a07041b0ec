"""Certificates are issued by the rooms that teach, once for a person and a subject."""

from datetime import date
from typing import Any

from django.db import transaction

from .models import Certificate


@transaction.atomic
def issue(
    kind: str,
    holder: Any,
    *,
    about_key: str,
    titles: dict[str, str],
    on: date,
    acts: list[dict[str, Any]],
    minutes: int | None = None,
    round: int = 1,
) -> Certificate:
    """The certificate of a person about a subject, made when there is none.

    Asked again it is the same one, as it was; a later `round` renews it: the code and what the
    holder shows stay, the day and the acts that were taught are the new ones.
    """
    said = {"titles": titles, "on": on, "acts": acts, "minutes": minutes, "round": round}
    certificate, made = Certificate.objects.select_for_update().get_or_create(
        kind=kind, holder=holder, about_key=about_key, defaults=said
    )
    if not made and certificate.round < round:
        for name, value in said.items():
            setattr(certificate, name, value)
        certificate.save(update_fields=list(said))
    return certificate
