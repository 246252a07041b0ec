"""A certificate on paper: PDF/UA-1 with its address in words and as a QR code."""

from io import BytesIO

import segno
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.api.responses import absolute
from portal.languages import current_language
from portal.printing import render, richtext

from .models import Certificate

EVENT = "event"
WIDTH = 30  # millimetres of the QR code


def qr(address: str) -> segno.QRCode:
    """The code of an address; a quarter of it may be soiled."""
    return segno.make(address, error="q", micro=False)


def as_pdf(certificate: Certificate) -> bytes:
    """The certificate in the active language. Raises portal.printing.PrintingError."""
    holder = certificate.holder
    author = _("KEHA Centre, Integration portal")
    return render(
        "certificate",
        {
            "title": _("Certificate"),
            "author": author,
            "recipient": [holder.get_full_name() or holder.email],
            "day": date_format(certificate.on),
            "body": _body(certificate),
            "source": author,
        },
        current_language(),
    )


def _body(certificate: Certificate) -> list[richtext.Node]:
    address = absolute(certificate.get_absolute_url())
    if certificate.kind == EVENT:
        done = _("has taken part in “%(title)s”") % {"title": certificate.title}
    else:
        done = _("has completed the course “%(title)s”") % {"title": certificate.title}
    lines = [done]
    if certificate.minutes:
        lines.append(
            ngettext("%(number)s minute", "%(number)s minutes", certificate.minutes)
            % {"number": certificate.minutes}
        )
    lines += [said_of(one) for one in certificate.taught]
    code = BytesIO()
    qr(address).save(code, kind="svg", border=4, svgns=True, xmldecl=False)
    alt = _("QR code that leads to the address %(address)s") % {"address": address}
    check = _("Check this certificate at %(address)s") % {"address": address}
    return [
        *richtext.of_text("\n".join(lines)),
        richtext.picture(code.getvalue(), alt, width=WIDTH),
        *richtext.of_text(check),
    ]


def said_of(taught: dict[str, str]) -> str:
    """An act and the state of it that was taught, in the active language."""
    if taught["amended_to"]:
        return _("%(name)s (%(act)s), as amended up to %(amended_to)s") % taught
    return _("%(name)s (%(act)s)") % taught
