"""The public directory and the profile of an organisation."""

from functools import partial

from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import redirect, render

from partnership.organisations.confirmation_rule import FIGURES
from partnership.organisations.directory import FACETS, Directory, member_since, with_logos
from partnership.organisations.models import Organisation
from partnership.organisations.permissions import acts_for
from partnership.organisations.reach import NAMED
from partnership.organisations.sections import sections_of
from portal.caching.memory import remembered, views
from portal.embedding import code_for
from portal.page_cache import kept
from portal.places.forms import by_its_key, is_typed
from portal.places.models import Area

from .crumbs import partners


@kept("kind", "area", "topic", "page", sought=("q",))
def index(request):
    """Members, narrowed by `q`, `kind`, `area` (a key such as TA05), `topic` and `page`."""
    if is_typed(request.GET):
        return _named(request)
    key = ("organisations", request.GET.urlencode())
    shown = remembered(partial(_found, request), *key, memory=views)
    fragment = None if request.user.is_authenticated else key
    return render(request, "organisations/index.html", shown | {"fragment": fragment})


def _named(request):
    """The area that somebody named: its own address, or what was meant when there is none."""
    others = {name: each for name, each in request.GET.items() if name != "area"}
    directory = Directory(others, request.user)
    form = directory.filled({name: request.GET.get(name, "") for name in FACETS})
    if form.is_valid():
        return by_its_key(request, form.cleaned_data["area"])
    shown = _shown(directory) | {"filters": form, "narrowed": True, "fragment": None}
    return render(request, "organisations/index.html", shown, status=400)


def _found(request) -> dict:
    """The same for every reader: a member's entry is either listed for all or for nobody."""
    return _shown(Directory(request.GET, AnonymousUser()))


def _shown(directory: Directory) -> dict:
    return {
        "crumbs": partners(),
        "page_obj": directory.page,
        "filters": directory.filters,
        "narrowed": bool(directory.filters.changed_data),
        "rule": FIGURES,
        "embed": code_for("partners", directory.parameters),
    }


@kept()
def detail(request, slug):
    """An organisation's public profile; before and after its membership only for its own people."""
    areas = Prefetch("areas", Area.objects.only(*NAMED))
    organisations = with_logos(Organisation.objects.visible_to(request.user))
    organisation = organisations.prefetch_related(areas, "topics").filter(slug=slug).first()
    if organisation is None:
        return _led_on(request, slug)
    since = member_since(organisation)
    return render(
        request,
        "organisations/detail.html",
        {
            "organisation": organisation,
            "crumbs": partners((organisation.name, None)),
            "since": since,
            "mine": acts_for(request.user, organisation),
            "no_index": since is None or organisation.hidden_at is not None,
            "contacts": organisation.contacts.all(),
            "sections": sections_of(organisation, request.user),
        },
    )


def _led_on(request, slug):
    """An address that an organisation had before two records of it were merged, or 404."""
    visible = Organisation.objects.visible_to(request.user)
    organisation = visible.filter(former_addresses__slug=slug).first()
    if organisation is None:
        raise Http404
    return redirect(organisation, permanent=True)
