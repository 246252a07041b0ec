"""A section's words for reading within another page, opened by static/js/law.js."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from portal.languages import current_language
from portal.page_cache import kept
from portal.views.canonical import other_address

from . import finlex, impact_reviews, summaries
from .models import Section, SectionVersion


@kept()
@require_safe
@cache_control(public=True, max_age=300)
def section(request, number, year, section):
    """A piece of HTML without the site's frame: the wording in force today and where it stands.

    Without an imported wording, and in English, the portal's own summary speaks. Nothing is
    fetched from elsewhere. 404 when there is no such section.
    """
    sections = (
        Section.objects.visible_to(request.user)
        .select_related("act", "chapter")
        .annotate(to_be_confirmed=impact_reviews.under_review(summaries.KEY, "pk"))
    )
    section = sections.filter(act__number=number, act__year=year, number__iexact=section).first()
    if section is None:
        raise Http404
    if redirect := other_address(request, section.address_of("section_inline")):
        return redirect
    today, language = timezone.localdate(), current_language()
    amendments = {one.reference: one for one in section.act.amendments.all()}
    wordings = (
        SectionVersion.objects.visible_to(request.user)
        .filter(section=section)
        .select_related("amendment")
    )
    response = render(
        request,
        "law/inline.html",
        {
            "section": section,
            "wording": wordings.on(today).order_by("-valid_from", "-pk").first(),
            "awaits": section.awaited(amendments, wordings.worded().get(section.pk), today),
            "coming": wordings.coming(today).order_by("valid_from", "pk").first(),
            "summary_reviews": summaries.open_reviews_of(section),
            "speaks_summary": language == "en" and section.summary,
            "finlex": finlex.section_of(section, language),
        },
    )
    response.headers["X-Robots-Tag"] = "noindex"
    return response
