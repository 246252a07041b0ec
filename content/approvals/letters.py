"""Letters of approvals; the link of the first shows a page that asks for a code."""

from django.conf import settings
from django.urls import reverse

from portal.languages import in_language
from portal.mail.outbox import write

from .models import ApprovalRequest


def address(request: ApprovalRequest) -> str:
    """Where the request is answered: short, without a language, never indexed."""
    return f"{settings.SITE_URL}{reverse('approve', args=[request.key.hex])}"


def asked(request: ApprovalRequest) -> None:
    """To whoever is to approve: who asks, until when, where."""
    write(
        "approvals/asked",
        to=request.email,
        language=request.language,
        context={
            "name": request.name,
            "message": request.message,
            "until_at": request.expires_at,
            "address": address(request),
        },
        plain=bool(request.message),
    )


def code(request: ApprovalRequest, digits: str, minutes: int) -> None:
    """The code, to the address that was named; forgotten by the outbox once it is sent."""
    write(
        "approvals/code",
        to=request.email,
        language=request.language,
        context={"code": digits, "number": minutes},
        holds_key=True,
    )


def answered(request: ApprovalRequest) -> None:
    """To whoever asked."""
    if not request.asked_by:
        return
    to = request.asked_by
    with in_language(to.language):
        context = {
            "title": request.page.get_admin_display_title(),
            "approved": request.state == ApprovalRequest.State.APPROVED,
            "name": request.name,
            "organisation": request.organisation,
            "words": request.words,
            "page": reverse("approvals:requests", args=[request.page_id]),
        }
    write("approvals/answered", to=to.email, language=to.language, context=context, plain=True)
