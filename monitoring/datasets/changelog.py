"""The public changelog of datasets: what was corrected, when and why; a page and an Atom feed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _

from portal.api.responses import LICENCE, LICENCE_URL, absolute
from portal.languages import current_language
from portal.linguistics.typed import valid_in_xml
from portal.menu import crumbs
from portal.page_cache import kept
from portal.paging import page_of

from . import revisions

PER_PAGE = 20
IN_THE_FEED = 30
NAMED_IN_THE_FEED = 5


@kept("page")
def index(request: HttpRequest) -> HttpResponse:
    """All corrections, the newest first, each with what it revised; 400 for a page too many."""
    page = page_of(revisions.corrections(), request, PER_PAGE)
    revised = revisions.of_releases(list(page.object_list))
    context = {
        "page_obj": page,
        "entries": [(release, revised.get(release.pk)) for release in page.object_list],
        "licence": LICENCE,
        "licence_url": LICENCE_URL,
        "crumbs": crumbs((_("Datasets"), reverse("datasets:index")), (_("Corrections"), None)),
    }
    return render(request, "datasets/changelog.html", context)


def feed(request: HttpRequest) -> HttpResponse:
    """The newest corrections as Atom, in the language of the address."""
    atom = Atom1Feed(
        title=_("Corrected figures"),
        link=absolute(reverse("datasets:changelog")),
        description=_("What was corrected in the datasets of the integration portal, and why."),
        language=current_language(),
        feed_url=absolute(request.path),
        author_name=_("KEHA Centre"),
    )
    releases = list(revisions.corrections()[:IN_THE_FEED])
    revised = revisions.of_releases(releases, NAMED_IN_THE_FEED)
    for release in releases:
        first = revised[release.pk].first if release.pk in revised else []
        words = [release.reason, *(f"{revisions.sentence(one)}." for one in first)]
        link = f"{absolute(reverse('datasets:changelog'))}#release-{release.pk}"
        atom.add_item(
            title=valid_in_xml(release.dataset.name),
            link=link,
            description=escape(valid_in_xml(" ".join(filter(None, words)))),
            pubdate=release.released_at,
            updateddate=release.released_at,
            unique_id=f"{absolute('/')}release/{release.pk}",
        )
    return HttpResponse(atom.writeString("utf-8"), content_type="application/atom+xml")
