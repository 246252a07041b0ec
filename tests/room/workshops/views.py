"""Workshops for readers."""

from django.shortcuts import get_object_or_404, render

from law.impact_reviews import open_reviews

from .models import Workshop


def index(request):
    """The workshops that the reader may see."""
    return render(
        request, "workshops/index.html", {"workshops": Workshop.objects.visible_to(request.user)}
    )


def workshop(request, slug):
    """One workshop, with what of it is being checked after a change of the law."""
    found = get_object_or_404(Workshop.objects.visible_to(request.user), slug=slug)
    reviews = open_reviews("workshop", [str(found.pk)]).get(str(found.pk), [])
    return render(request, "workshops/workshop.html", {"workshop": found, "reviews": reviews})
