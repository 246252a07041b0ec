"""Areas for readers: the map as the way in, and a page of each area."""

from django.shortcuts import get_object_or_404, redirect, render

from .models import Area
from .panels import panels_of


def index(request):
    areas = Area.objects.visible_to(request.user).filter(kind=Area.Kind.EMPLOYMENT_AREA)
    return render(request, "places/index.html", {"areas": areas})


def area(request, key):
    area = get_object_or_404(Area.objects.visible_to(request.user).with_page(), key__iexact=key)
    if request.path != area.get_absolute_url():
        return redirect(area, permanent=True)
    return render(
        request, "places/area.html", {"area": area, "panels": panels_of(area, request.user)}
    )
