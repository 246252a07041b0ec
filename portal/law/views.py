"""The law for readers: the acts, an act as a whole, and one section with all that rests on it."""

from django.shortcuts import get_object_or_404, redirect, render

from portal.languages import current_language

from .models import Act, Section
from .resting import resting_on


def index(request):
    return render(request, "law/index.html", {"acts": Act.objects.all()})


def act(request, number, year):
    act = get_object_or_404(Act, number=number, year=year)
    return render(request, "law/act.html", {"act": act})


def section(request, number, year, section):
    found = get_object_or_404(
        Section.objects.visible_to(request.user).select_related("act", "chapter"),
        act__number=number,
        act__year=year,
        number__iexact=section,
    )
    if request.path != found.get_absolute_url():
        return redirect(found, permanent=True)
    resting = resting_on([found], request.user, current_language())[found.pk]
    return render(
        request, "law/section.html", {"section": found, "act": found.act, "resting": resting}
    )
