"""What lists in /cms/ have in common: the menu's way to them, and the views that they lack."""

from wagtail.admin.ui.sidebar import LinkMenuItem
from wagtail.admin.viewsets.model import ModelViewSet


def counting(component: LinkMenuItem, waiting: int) -> LinkMenuItem:
    """The menu's way to a list, with how many things on it wait for the person, if any do."""
    if waiting:
        component.label = f"{component.label} ({waiting})"
    return component


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
