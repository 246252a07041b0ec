"""Serving a page in the fewest queries: its address is its path in the tree."""

from functools import partial

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, PageViewRestriction
from wagtail.url_routing import RouteResult
from wagtail.views import serve

from content.pages.models import BasePage
from content.pages.visibility import restrictions
from portal.caching.memory import pages, remembered
from portal.page_cache import kept


@kept("topic", "audience", "past", "section", "validity", "page")
def page(request, path):
    """A published page with its own fields, and whether it is open to all.

    Wagtail's own view does the rest, and answers 404 when there is no such page. A restricted page
    asks for a password or to sign in; to one who has signed in and is not of its groups it is not
    there.
    """
    route = find(request.path_info)
    if route and request.user.is_authenticated and kept_from(route.page, request):
        route = None
    request._wagtail_route_for_request = route
    return serve(request, path)


def kept_from(page: Page, request) -> bool:
    return any(
        restriction.restriction_type == PageViewRestriction.GROUPS
        and not restriction.accept_request(request)
        for restriction in page.get_view_restrictions()
    )


def find(url_path: str) -> RouteResult | None:
    """The published page at an address, whoever may read it: two queries in a version.

    Whether this reader may is asked at each visit. What a page shows is not to be changed on it.
    """
    return remembered(partial(_find, url_path), "page", url_path, memory=pages)


def _find(url_path: str) -> RouteResult | None:
    """One query says which kind it is, one is of that kind alone.

    A join with the table of every kind would cost the more the more kinds there are.
    """
    slug = url_path.rstrip("/").rpartition("/")[2]
    row = (
        Page.objects.filter(slug=slug, url_path=url_path, live=True)
        .values_list("pk", "content_type_id", "path", "alias_of_id")
        .first()
    )
    if row is None:
        return None
    pk, kind, path, alias_of = row
    model = ContentType.objects.get_for_id(kind).model_class()
    if model is None or not issubclass(model, BasePage):
        return RouteResult(Page.objects.get(pk=pk).specific)
    page = model.objects.select_related("locale").filter(pk=pk).first()
    if page is None:
        return None
    # Wagtail opens an alias with its original, whatever restrictions the alias has itself.
    restricted = alias_of is None and bool(restrictions().above(path))
    page.is_restricted = restricted
    page.open_to_all = not restricted and alias_of is None
    return RouteResult(page)
