"""What lists in /cms/ have in common: the ways to them, and the views that they lack."""

from django.urls import reverse
from wagtail.admin.ui.sidebar import LinkMenuItem
from wagtail.admin.viewsets.model import ModelViewSet


def counting(component: LinkMenuItem, waiting: int) -> LinkMenuItem:
    """The menu's way to a list, with how many things on it wait for the person, if any do."""
    if waiting:
        component.label = f"{component.label} ({waiting})"
    return component


def trail(view, index: str, title, here) -> list[dict]:
    """The crumbs of a page below a list: the list, by the name of its address, and the page."""
    return [
        *view.breadcrumbs_items,
        {"url": reverse(index), "label": title},
        {"url": "", "label": here},
    ]


class FewerViews(ModelViewSet):
    """Rows of which some things are never done by hand: the views in `WITHOUT` are not there."""

    WITHOUT: tuple[str, ...] = ()

    def get_common_view_kwargs(self, **kwargs):
        none = {f"{name}_url_name": None for name in self.WITHOUT}
        return super().get_common_view_kwargs(**none | kwargs)

    def get_urlpatterns(self):
        return [
            view
            for view in super().get_urlpatterns()
            if view.name.removesuffix("_results") not in self.WITHOUT
        ]
