"""Leaving an organisation, and what the letter of a hand-over leads to."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from partnership.organisations.errors import LastOwner
from partnership.organisations.models import HandOver, Representative
from partnership.organisations.people_forms import LeaveForm
from partnership.organisations.permissions import acts_for
from partnership.organisations.services import people as services

from .crumbs import below_own, partners
from .own import own, posted
from .requests import show_ask


@login_required
def leave(request, slug):
    """Its last owner leaves: names a successor, or has it handed over. POST does it.

    A POST without a choice changes nothing. The others leave on the page of its people.
    """
    organisation = own(request, slug)
    person = get_object_or_404(organisation.representatives, user=request.user)
    if not services.is_last_owner(person):
        return redirect("organisations:people", slug)
    form = LeaveForm(posted(request), others=organisation.representatives.exclude(pk=person.pk))
    if request.method == "POST" and form.is_valid():
        try:
            services.leave(person, **form.choice)
        except (LastOwner, Representative.DoesNotExist):
            messages.info(request, _("The people of the organisation have changed. Look again."))
            return redirect("organisations:mine")
        messages.success(request, _("You no longer act for the organisation."))
        return redirect("organisations:mine")
    return render(
        request,
        "organisations/leave.html",
        {"crumbs": below_own(organisation.name), "organisation": organisation, "form": form},
        status=422 if form.errors else 200,
    )


def hand_over(request, token):
    """What the letter says to an organisation's mailbox leads to: somebody new asks to act for it.

    Opening it changes nothing; the request is made after signing in. 404 for a link of nobody's.
    """
    try:
        found = HandOver.of_token(token)
    except HandOver.DoesNotExist:
        return render(
            request, "organisations/hand_over_unknown.html", {"no_index": True}, status=404
        )
    organisation = found.organisation
    if request.user.is_authenticated and acts_for(request.user, organisation):
        return redirect("organisations:people", organisation.slug)
    if found.ended_at:
        return redirect("organisations:ask", organisation.business_id)
    if request.user.is_authenticated:
        return show_ask(request, organisation, from_letter=True)
    if request.method == "POST":
        return redirect(request.path)
    context = {
        "crumbs": partners((organisation.name, None)),
        "organisation": organisation,
        "no_index": True,
    }
    return render(request, "organisations/hand_over.html", context)
