"""What the figures of areas add to /cms/: which of them stand on the pages of each kind of area."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel
from wagtail.permission_policies.base import BasePermissionPolicy

from monitoring.datasets.admin.releases import may_handle
from portal.cms import FewerViews

from .models import HeadlineFigure


class HeadlinePolicy(BasePermissionPolicy):
    """Those who handle releases choose the figures of areas."""

    def user_has_permission(self, user, action):
        return may_handle(user)


class HeadlinesDesk(FewerViews):
    """The figures of each kind of area, in their order; a kind without any has the usual ones."""

    model = HeadlineFigure
    name = "headline_figures"
    url_prefix = "headline-figures"
    icon = "list-ol"
    menu_label = _("Figures of areas")
    menu_order = 254
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    list_display = ["__str__", "position"]
    list_filter = ["kind"]
    search_backend_name = None
    ordering = ["kind", "position", "pk"]
    panels = [FieldPanel("kind"), FieldPanel("dataset"), FieldPanel("position")]
    WITHOUT = ("usage", "history")

    @property
    def permission_policy(self):
        return HeadlinePolicy(HeadlineFigure)


@hooks.register("register_admin_viewset")
def headlines_desk():
    return HeadlinesDesk()
