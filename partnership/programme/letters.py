"""Letters about calls, offers and the barometer, in the language of who gets them."""

from django.urls import reverse

from partnership.organisations.models import Organisation
from portal.accounts.models import User
from portal.languages import in_language
from portal.mail.outbox import write

from .models import BarometerRound, Interest, Offer


def received(interest: Interest) -> None:
    """The receipt: that it was sent, what was written, and until when it can be withdrawn."""
    _to_writers(interest.organisation, "received", interest=interest, call=interest.call)


def withdrawn(interest: Interest) -> None:
    """That it was withdrawn, and by which day it can be sent again."""
    _to_writers(interest.organisation, "withdrawn", interest=interest, call=interest.call)


def ends_soon(offer: Offer) -> None:
    """Its last day is near: one press on its page renews it, nothing needs to be done to end it."""
    _to_writers(offer.organisation, "ends_soon", offer=offer)


def taken_down(offer: Offer) -> None:
    """The programme team has closed it, and why."""
    _to_writers(offer.organisation, "taken_down", offer=offer)


def barometer(round: BarometerRound, to: str, language: str, key: str) -> None:
    """Invite to answer: the link shows the questions, and the letter forgets it as it is sent."""
    with in_language(language):
        address = reverse("programme:answer_barometer", kwargs={"key": key})
    context = {"closes_on": round.closes_on, "address": address}
    write("programme/barometer", to=to, language=language, context=context, holds_key=True)


def _to_writers(organisation: Organisation, template: str, **context) -> None:
    """One letter to each of the organisation's people who write for it and are in use."""
    people = organisation.representatives.editors()
    users = User.objects.filter(is_active=True, pk__in=people.values("user"))
    with in_language(organisation.language):
        pages = {name: _page(thing) for name, thing in context.items()}
    for user in users.order_by("pk"):
        write(
            f"programme/{template}",
            to=user.email,
            language=organisation.language,
            context={"organisation": organisation, "pages": pages, **context},
            plain=True,
        )


def _page(thing) -> str:
    if isinstance(thing, Interest):
        return reverse("programme:interest", kwargs={"slug": thing.call.slug})
    if isinstance(thing, Offer):
        return reverse("programme:own_offer", kwargs={"pk": thing.pk})
    return thing.get_absolute_url()
