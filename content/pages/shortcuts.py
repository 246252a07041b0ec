"""The tasks of the home page as the reader gets them: with an address in their language."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from wagtail.models import Page

from portal import menu
from portal.caching.memory import remembered
from portal.links import Link
from portal.resources import home_places

from .visibility import closed_to, visible_to


@dataclass(frozen=True, kw_only=True)
class Shortcut(Link):
    description: str


def tasks_of(stream, locale_id: int, user) -> list[Shortcut]:
    """The tasks of a home page that lead somewhere: to a page that `user` may see, or to a view.

    A page is met in the language of the home page. One query in a version, or none without
    pages.
    """
    values = [child["value"] for child in stream.raw_data]
    chosen = tuple(value["page"] for value in values if value["page"])
    key = ("tasks", chosen, locale_id, closed_to(user))
    pages = remembered(lambda: _addresses(chosen, locale_id, user), *key)
    tasks = []
    for value in values:
        url = _view(value["view"]) if value["view"] else pages.get(value["page"])
        if url:
            tasks.append(Shortcut(value["title"], url, description=value["description"] or ""))
    return tasks


def _view(key: str) -> str:
    place = home_places().get(key)
    return menu.address(place.view) if place else ""


def _addresses(chosen: tuple[int, ...], locale_id: int, user) -> dict[int, str]:
    if not chosen:
        return {}
    keys = Page.objects.filter(pk__in=chosen).values("translation_key")
    rows = Page.objects.filter(translation_key__in=keys).annotate(
        open=Exists(visible_to(Page.objects.filter(pk=OuterRef("pk"), locale_id=locale_id), user))
    )
    together = list(rows.values_list("pk", "translation_key", "url_path", "open"))
    local = {key: url_path for _pk, key, url_path, is_open in together if is_open}
    return {pk: local[key] for pk, key, _url_path, _open in together if key in local}
