"""The programme by economic development centre, and which one is the reader's own."""

from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from partnership.organisations.directory import with_logos
from partnership.organisations.models import Organisation
from partnership.programme import figures
from partnership.programme.forms import CentreForm
from partnership.programme.listing import with_parts
from partnership.programme.models import Call, Offer
from partnership.programme.regions import Regions, centres
from portal.languages import alphabetical
from portal.notifications.models import Follow
from portal.page_cache import kept
from portal.places.models import Area

from .crumbs import centres as crumbs
from .crumbs import programme

Kind = Area.Kind
SHOWN = 20


def mine(user, found: list[Area]) -> list[Area]:
    """The centres of the organisations that a person acts for, else of the areas they follow.

    None for who has not signed in, and for who works in the whole country.
    """
    if not user.is_authenticated:
        return []
    acting = Organisation.objects.of(user).values("pk")
    places = set(Area.objects.filter(organisations__in=acting).values_list("pk", flat=True))
    if not places:
        follows = Follow.objects.filter(follower__user=user, kind="area").values("subject")
        places = set(Area.objects.filter(key__in=follows).values_list("pk", flat=True))
    own = Regions.today().centres_of(places) if places else set()
    return [centre for centre in found if centre.pk in own]


def index(request):
    """The centres with their figures; `area`, a name or a key, leads to its centre.

    Who acts for an organisation has the centre of its area first. 404 in words for a place that
    has no centre.
    """
    form = CentreForm(request.GET if "area" in request.GET else None)
    if form.is_bound and form.is_valid():
        own = Regions.today().centres_of([form.cleaned_data["area"].pk])
        keys = [centre.key for centre in centres() if centre.pk in own]
        if not keys:
            raise Http404
        return redirect("programme:centre", key=keys[0])
    rows = {row.area.pk: row.numbers for row in figures.by_area(Kind.DEVELOPMENT_CENTRE)}
    found = centres()
    counted = list(figures.counted().values())
    context = {
        "crumbs": programme((_("Economic development centres"), None)),
        "form": form,
        "counted": counted,
        "rows": [figures.Row(centre, rows.get(centre.pk, [0] * len(counted))) for centre in found],
        "mine": mine(request.user, found),
    }
    return render(request, "programme/centres.html", context, status=400 if form.errors else 200)


@kept()
def detail(request, key):
    """One centre: who takes part there, open calls, what is sought and offered. 404 for none."""
    centre = next((one for one in centres() if one.key == key.upper()), None)
    if centre is None:
        raise Http404
    if key != centre.key:
        return redirect("programme:centre", key=centre.key, permanent=True)
    regions = Regions.today()
    inside = regions.inside(centre.pk)
    members = Organisation.objects.listed().filter(areas__in=inside).distinct()
    found = list(with_logos(members)[: SHOWN + 1])
    open_calls = Call.objects.open_now().filter(Q(areas__in=inside) | Q(areas=None)).distinct()
    offers = Offer.objects.running().filter(areas__in=inside).distinct()
    areas = Area.objects.filter(pk__in=inside, kind=Kind.EMPLOYMENT_AREA).defer("map_path")
    rows = {row.area.pk: row.numbers for row in figures.by_area(Kind.DEVELOPMENT_CENTRE)}
    context = {
        "crumbs": crumbs((centre.name, None)),
        "centre": centre,
        "whole": list(zip(figures.counted().values(), rows.get(centre.pk, []), strict=False)),
        "areas": alphabetical(areas),
        "members": alphabetical(found[:SHOWN]),
        "more": len(found) > SHOWN,
        "calls": list(open_calls.order_by("closes_on", "pk")[:SHOWN]),
        "offers": list(with_parts(offers)[:SHOWN]),
    }
    return render(request, "programme/centre.html", context)
