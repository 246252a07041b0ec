"""The example contacts and the example programme that a try-out starts with, marked as invented."""

import tomllib
from datetime import date
from pathlib import Path

from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.translation import gettext as _

from partnership.organisations.models import Organisation, PublicBody
from portal.accounts.models import User
from portal.accounts.starter import email_of
from portal.importing import Progress, StarterStep, unheard
from portal.languages import LANGUAGES, in_language
from portal.media import attachments
from portal.places.models import Area
from portal.printing import render
from portal.printing.richtext import of_text

from .models import AreaContact, AreaOfficer, IntegrationProgramme

FILE = Path(__file__).parent / "starter" / "contacts.toml"
STEPS = [
    StarterStep("Example contacts of authorities", "partnership.authorities.starter.load"),
]
OF_THE_PROGRAMME = "KU297"
STANDS_FOR, OFFICE = "TA39", "malliseudun-tyollisyyspalvelut"


def load(progress: Progress = unheard) -> None:
    """Enter each example contact that is missing; what somebody has told is left as it is."""
    entries = tomllib.loads(FILE.read_text())["contact"]
    keys = {entry[field] for entry in entries for field in ("area", "lead") if field in entry}
    areas = {area.key: area for area in Area.objects.filter(key__in=keys).defer("map_path")}
    there = set(AreaContact.objects.values_list("role", "area__key"))
    AreaContact.objects.bulk_create(
        _contact(entry, areas)
        for entry in entries
        if entry["area"] in areas and (entry["role"], entry["area"]) not in there
    )
    if OF_THE_PROGRAMME in areas:
        _programme(areas[OF_THE_PROGRAMME])
    _officer()
    progress(len(entries), len(entries))


def _officer() -> None:
    """The example employment authority stands for an area; the demo account is its officer."""
    office = Organisation.objects.filter(slug=OFFICE, example=True).first()
    area = Area.objects.filter(key=STANDS_FOR).first()
    user = User.objects.filter(email=email_of("area_officer")).first()
    if not (office and area and user) or PublicBody.objects.filter(area=area).exists():
        return
    PublicBody.objects.create(area=area, organisation=office)
    AreaOfficer.objects.get_or_create(
        area=area, user=user, defaults={"organisation": office, "named_by": user}
    )


def _contact(entry: dict, areas: dict[str, Area]) -> AreaContact:
    return AreaContact(
        role=entry["role"],
        area=areas[entry["area"]],
        lead=areas.get(entry.get("lead", "")),
        telephone=entry["telephone"],
        email=entry["email"],
        website=entry["website"],
        checked_on=timezone.localdate(),
        example=True,
        **{f"{word}_{one}": entry[word][one] for word in ("name", "matter") for one in LANGUAGES},
    )


def _programme(area: Area) -> None:
    """A short document, so that the page shows how a programme stands on it."""
    if IntegrationProgramme.objects.filter(area=area).exists():
        return
    year = timezone.localdate().year
    with in_language("fi"):
        title = _("Integration programme (an invented example)")
        words = _("This document is an example. It says nothing of any municipality's programme.")
    content = render(
        "sheet", {"title": title, "author": area.name_fi, "body": of_text(words)}, "fi"
    )
    IntegrationProgramme.objects.create(
        area=area,
        title=title,
        language="fi",
        valid_from=date(year, 1, 1),
        valid_to=date(year + 3, 12, 31),
        attachment=attachments.keep(ContentFile(content, name="kotoutumisohjelma-esimerkki.pdf")),
        shown_at=timezone.now(),
        example=True,
    )
