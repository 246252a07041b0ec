"""The pages of those who keep an area, and the documents that they show."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.concurrency import Stale
from portal.languages import alphabetical
from portal.media import attachments
from portal.menu import crumbs
from portal.places.models import Area

from . import services
from .forms import ContactForm, OfficerForm, ProgrammeForm
from .lines import expected, with_contacts
from .models import KIND_OF, AreaContact, IntegrationProgramme, Role
from .officers import areas_of, keeps_all, may_edit, may_name, standing_for


def _area(key: str) -> Area:
    """An area that has an authority of its own, or 404."""
    return get_object_or_404(Area, key=key, kind__in=set(KIND_OF.values()))


def _kept(request: HttpRequest, key: str) -> Area:
    """The same, for who keeps it: 403 for others."""
    area = _area(key)
    if not may_edit(request.user, area):
        raise PermissionDenied
    return area


def _trail(area: Area, *further: str):
    here = reverse("authorities:area", args=[area.key]) if further else None
    return crumbs(
        (_("Areas"), reverse("places:index")),
        (area.name, area.get_absolute_url()),
        (_("What you keep"), here),
        *[(title, None) for title in further],
    )


@login_required
def mine(request):
    """The areas whose officer the person is, and what is told of each."""
    areas = alphabetical(areas_of(request.user).defer("map_path"))
    context = {
        "crumbs": crumbs((_("Areas that you keep"), None)),
        "lines": with_contacts(expected(areas)),
        "keeps_all": keeps_all(request.user),
        "no_index": True,
    }
    return render(request, "authorities/mine.html", context)


@login_required
def area(request, key):
    """What is told of an area by its own authority, its officers and programmes.

    Whoever keeps it changes it from here; others read who could, and how to become that.
    """
    area = _area(key)
    return _show(request, area)


def _show(request, area: Area, form: OfficerForm | None = None):
    edits, names = may_edit(request.user, area), may_name(request.user, area)
    organisation = standing_for(area)
    officers = list(area.officers.standing().select_related("user"))
    if names and form is None:
        form = OfficerForm(organisation=organisation, officers=officers)
    programmes = area.integration_programmes.select_related("organisation", "attachment")
    context = {
        "crumbs": _trail(area),
        "area": area,
        "lines": with_contacts(expected([area])),
        "may_edit": edits,
        "may_name": names,
        "organisation": organisation,
        "officers": officers if edits or names else [],
        "programmes": programmes if edits else [],
        "has_programmes": area.kind in HAVE_PROGRAMMES,
        "form": form if names else None,
        "no_index": True,
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "authorities/area.html", context, status=status)


HAVE_PROGRAMMES = (Area.Kind.MUNICIPALITY, Area.Kind.EMPLOYMENT_AREA)


@login_required
def tell(request, key, role):
    """The form of one authority's contact; POST saves it as checked today. 409 with both versions
    when somebody has saved another since it was opened.
    """
    area = _kept(request, key)
    if role not in [one.value for one in Role.of_kind(area.kind)]:
        raise Http404
    found = AreaContact.objects.filter(area=area, role=role).select_related("area", "lead").first()
    contact = found or AreaContact(area=area, role=role)
    contact.area = area
    posted = request.POST if request.method == "POST" else None
    form = ContactForm(posted, instance=contact)
    stale = []
    if posted is not None and found and form.is_stale:
        stale, form = form.differences(), form.over(contact)
    elif posted is not None and form.is_valid():
        seen = form.cleaned_data["seen"] if found else None
        try:
            services.tell(form.instance, by=request.user, seen=seen)
        except (Stale, IntegrityError):  # between the look above and the lock
            return redirect(request.path)
        messages.success(request, _("The contact has been saved, as checked today."))
        return redirect("authorities:area", key=key)
    context = {
        "crumbs": _trail(area, Role(role).label),
        "area": area,
        "role": Role(role),
        "contact": found,
        "form": form,
        "differences": stale,
        "no_index": True,
    }
    status = 409 if stale else 422 if form.errors else 200
    return render(request, "authorities/contact.html", context, status=status)


@login_required
@require_POST
def check(request, key, role):
    """Say that a contact still holds today."""
    area = _kept(request, key)
    contact = get_object_or_404(AreaContact, area=area, role=role)
    services.check(contact, by=request.user)
    messages.success(request, _("The contact is marked as checked today."))
    return redirect("authorities:area", key=key)


@login_required
@require_POST
def name(request, key):
    """Name one of the people of the area's public body its officer, for its owners (403)."""
    area = _area(key)
    if not may_name(request.user, area):
        raise PermissionDenied
    officers = area.officers.standing()
    form = OfficerForm(request.POST, organisation=standing_for(area), officers=officers)
    if not form.is_valid():
        return _show(request, area, form)
    services.name(area, form.cleaned_data["person"].user, by=request.user)
    messages.success(request, _("The person has been named, and gets a letter."))
    return redirect("authorities:area", key=key)


@login_required
@require_POST
def remove(request, key, pk):
    """An owner takes the task from an officer, or officers leave it themselves."""
    area = _area(key)
    officer = get_object_or_404(area.officers.all(), pk=pk)
    if officer.user_id != request.user.pk and not may_name(request.user, area):
        raise PermissionDenied
    services.remove(officer, by=request.user)
    messages.success(request, _("The person no longer keeps the area."))
    return redirect("authorities:area", key=key)


@login_required
def add_programme(request, key):
    """The form of an integration programme's document; POST keeps it, private until it is shown."""
    area = _kept(request, key)
    if area.kind not in HAVE_PROGRAMMES:
        raise Http404
    posted = request.POST if request.method == "POST" else None
    form = ProgrammeForm(posted, request.FILES or None)
    if posted is not None and form.is_valid():
        services.add_programme(
            area,
            form.cleaned_data["upload"],
            by=request.user,
            owner=standing_for(area),
            **form.words,
        )
        messages.success(
            request, _("The document is kept. Nobody else sees it before you show it.")
        )
        return redirect("authorities:area", key=key)
    context = {
        "crumbs": _trail(area, _("Integration programme")),
        "area": area,
        "form": form,
        "no_index": True,
    }
    status = 422 if form.errors else 200
    return render(request, "authorities/programme.html", context, status=status)


@login_required
@require_POST
def change_programme(request, pk):
    """Show, hide or delete a document: `act` is show, hide or drop; 400 for anything else."""
    programme = get_object_or_404(
        IntegrationProgramme.objects.select_related("area", "attachment"), pk=pk
    )
    if not may_edit(request.user, programme.area):
        raise PermissionDenied
    acts = {
        "show": (services.show, _("Everybody can read the programme now.")),
        "hide": (services.hide, _("Readers no longer see the programme.")),
        "drop": (services.drop, _("The document has been deleted.")),
    }
    make, done = acts.get(request.POST.get("act", ""), (None, ""))
    if make is None:
        raise PermissionDenied
    make(programme, by=request.user)
    messages.success(request, done)
    return redirect("authorities:area", key=programme.area.key)


def file(request, pk):
    """The document: for all once it is shown; before, 404 to who does not keep its area."""
    rows = IntegrationProgramme.objects.select_related("area", "attachment")
    programme = get_object_or_404(rows, pk=pk)
    if programme.shown_at is None and not may_edit(request.user, programme.area):
        raise Http404
    return attachments.answer(programme.attachment)
