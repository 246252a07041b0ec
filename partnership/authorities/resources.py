"""What authorities bring to the portal: who is in charge of an area, and its programme."""

from django.utils.translation import gettext_lazy as _

from partnership.organisations.acts import OnBehalf
from partnership.organisations.models import PublicBody
from partnership.organisations.owned import Owned
from partnership.organisations.personal import ACT
from portal.personal import Held, Personal
from portal.resources import ResourceType, register

from . import inbox, sections
from .models import AreaContact, AreaOfficer, IntegrationProgramme

ADDRESS = _("The office stays; its address, which was yours, is emptied.")


def of_contact(pk: int):
    """The organisation that stands for the contact's area."""
    area = AreaContact.objects.filter(pk=pk).values("area")
    return PublicBody.objects.filter(area__in=area).values_list("organisation", flat=True)


def of_officer(pk: int):
    return AreaOfficer.objects.filter(pk=pk).values_list("organisation", flat=True)


def of_programme(pk: int):
    return IntegrationProgramme.objects.filter(pk=pk).values_list("organisation", flat=True)


register(
    ResourceType(
        "area-contact",
        models=(AreaContact,),
        can=(
            sections.IN_CHARGE,
            sections.CONTACTS,
            inbox.INBOX,
            Personal(
                Held(AreaContact, ("email",), stays=ADDRESS),
                Held(AreaOfficer, ("user",)),
                Held(AreaOfficer, ("named_by",), stays=ACT),
                Held(IntegrationProgramme, ("by",), stays=ACT),
            ),
            OnBehalf(
                {
                    AreaContact: of_contact,
                    AreaOfficer: of_officer,
                    IntegrationProgramme: of_programme,
                }
            ),
            Owned(
                leaves={
                    AreaContact: "What is said of an area, not of an organisation.",
                    AreaOfficer: "A person's task in this portal: it goes with the person.",
                    IntegrationProgramme: "The area's document: its owner has it already.",
                }
            ),
        ),
    )
)
register(
    ResourceType(
        "integration-programme", models=(IntegrationProgramme,), can=(sections.PROGRAMMES,)
    )
)
