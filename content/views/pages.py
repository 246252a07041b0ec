"""Serving a page in the fewest queries: its address is its path in the tree."""

from functools import cache

from django.apps import apps
from django.db.models import Exists
from wagtail.models import Page, PageViewRestriction
from wagtail.url_routing import RouteResult
from wagtail.views import serve

from content.models import BasePage
from content.visibility import restrictions_above
from portal.running.kept import kept


@kept("topic", "audience", "past", "section", "validity", "page")
def page(request, path):
    """A published page, in one query with its own fields and whether it is open to all.

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
    slug = url_path.rstrip("/").rpartition("/")[2]
    found = (
        Page.objects.filter(slug=slug, url_path=url_path, live=True)
        .annotate(restricted=Exists(restrictions_above()))
        .select_related("locale", *own_kinds(), "themepage__topic")
        .first()
    )
    if found is None:
        return None
    model = found.cached_content_type.model_class()
    if model is None or not issubclass(model, BasePage):
        return RouteResult(found.specific)
    specific = getattr(found, model._meta.model_name)
    specific.locale = found.locale
    # Wagtail opens an alias with its original, whatever restrictions the alias has itself.
    specific.is_restricted = found.restricted and found.alias_of_id is None
    specific.open_to_all = not found.restricted and found.alias_of_id is None
    return RouteResult(specific)


@cache
def own_kinds() -> list[str]:
    """The names by which a page leads to its own fields, one for each kind of page."""
    return [model._meta.model_name for model in apps.get_models() if issubclass(model, BasePage)]
