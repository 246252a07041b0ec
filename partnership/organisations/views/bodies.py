"""Public bodies of places: found by name, and claimed by their people."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnership.organisations.errors import AlreadyClaimed
from partnership.organisations.models import BodyClaim, Organisation
from partnership.organisations.models.bodies import known_bodies
from partnership.organisations.services import bodies
from portal.languages import alphabetical

from .crumbs import partners

MOST = 30


class WhichForm(forms.Form):
    """Which of the person's organisations is the body."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=gettext_lazy("Which of your organisations is it?"),
        empty_label=None,
        widget=forms.RadioSelect,
        to_field_name="slug",
    )

    def __init__(self, data=None, *, user):
        super().__init__(data)
        owned = user.representations.owners().values("organisation")
        self.fields["organisation"].queryset = Organisation.objects.filter(pk__in=owned)


def index(request):
    """Public bodies with the words `q` in their names; nothing is listed without words."""
    words = request.GET.get("q", "").strip()[:100]
    found = alphabetical(known_bodies().named(words)) if words else []
    return render(
        request,
        "organisations/bodies.html",
        {
            "crumbs": partners((_("Public bodies"), None)),
            "words": words,
            "count": len(found),
            "found": found[:MOST],
            "listed": _listed([area.pk for area in found[:MOST]]),
            "no_index": True,
        },
    )


@login_required
def body(request, key):
    """Ask which of the person's organisations the body is; POST claims it.

    404 for an area without a public body. Where the body is in the directory, its entry is shown.
    """
    area = get_object_or_404(known_bodies(), key=key)
    entry = Organisation.objects.listed().filter(public_bodies__area=area).first()
    if entry:
        return redirect(entry)
    form = WhichForm(request.POST if request.method == "POST" else None, user=request.user)
    if form.is_bound and form.is_valid():
        return _claim(request, area, form.cleaned_data["organisation"])
    mine = BodyClaim.objects.filter(
        body__area=area, organisation__in=Organisation.objects.of(request.user)
    )
    return render(
        request,
        "organisations/body.html",
        {
            "crumbs": partners(
                (_("Public bodies"), reverse("organisations:bodies")), (area.name, None)
            ),
            "area": area,
            "form": form,
            "may_claim": form.fields["organisation"].queryset.exists(),
            "claim": mine.select_related("organisation").first(),
            "no_index": True,
        },
        status=422 if form.errors else 200,
    )


def _claim(request, area, organisation):
    try:
        row = bodies.claim(area, organisation, by=request.user)
    except AlreadyClaimed:
        messages.info(request, _("This public body has its organisation already."))
    else:
        messages.success(
            request,
            _("It is noted: your address is one of this public body's.")
            if row.state == BodyClaim.State.ACCEPTED
            else _("The programme team makes sure of it and answers you by e-mail."),
        )
    return redirect(request.path)


def _listed(areas: list[int]) -> set[int]:
    """Those of the areas whose public body is in the directory."""
    rows = Organisation.objects.listed().filter(public_bodies__area__in=areas)
    return set(rows.values_list("public_bodies__area", flat=True))
