"""Courses for readers."""

from django.shortcuts import get_object_or_404, render

from law.impact_reviews import open_reviews

from .models import Course


def index(request):
    """The courses that the reader may see."""
    return render(
        request, "courses/index.html", {"courses": Course.objects.visible_to(request.user)}
    )


def course(request, slug):
    """One course, with what of it is being checked after a change of the law."""
    found = get_object_or_404(Course.objects.visible_to(request.user), slug=slug)
    reviews = open_reviews("course", [str(found.pk)]).get(str(found.pk), [])
    return render(request, "courses/course.html", {"course": found, "reviews": reviews})
