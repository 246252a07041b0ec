from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from .figures import FiguresView


@hooks.register("register_admin_urls")
def follow_figures():
    return [path("followers/", FiguresView.as_view(), name="follow_figures")]


class FiguresItem(MenuItem):
    """For those who may see the figures."""

    def is_shown(self, request):
        return request.user.has_perm("notices.view_follower")


@hooks.register("register_reports_menu_item")
def figures_in_the_menu():
    return FiguresItem(
        _("Followers"), reverse("follow_figures"), name="followers", icon_name="mail", order=900
    )
