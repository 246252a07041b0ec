"""The desk: what waits for the person who is signed in, from all rooms."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils.translation import gettext as _

from portal.inbox import waiting_for
from portal.menu import crumbs


@login_required
def desk(request):
    """What is due for me and my organisations, what has a day first."""
    context = {
        "crumbs": crumbs((_("My desk"), None)),
        "tasks": waiting_for(request.user),
        "no_index": True,
    }
    return render(request, "desk.html", context)
