"""An organisation's e-mail domains, which its owners keep."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from partnership.organisations.errors import NotOfTheDomain
from partnership.organisations.services import domains as services

from .own import owned


@login_required
@require_POST
def add(request, slug):
    """Let people with confirmed addresses at `domain` join; it is one of the owner's own."""
    organisation = owned(request, slug)
    try:
        services.add(organisation, domain=request.POST.get("domain", ""), by=request.user)
    except NotOfTheDomain:
        messages.error(
            request,
            _("Choose a domain at which you have a confirmed address; free mail is not accepted."),
        )
    else:
        messages.success(request, _("The e-mail domain has been entered."))
    return redirect("organisations:people", slug=slug)


@login_required
@require_POST
def remove(request, slug, pk):
    """Take an e-mail domain away; who has joined by it stays."""
    row = get_object_or_404(owned(request, slug).email_domains, pk=pk)
    services.remove(row, by=request.user)
    messages.success(request, _("The e-mail domain has been removed."))
    return redirect("organisations:people", slug=slug)
