"""Translation work in /cms/: the board in the menu, the translator's view, what the log says."""

from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from portal.cms import counting

from .admin.board import BoardView, admitted
from .admin.segments import SegmentsView
from .board import waiting
from .permissions import languages_of


class TranslationsItem(MenuItem):
    """Stands in the menu of those who order or make translations, with how many wait for them."""

    def is_shown(self, request):
        return admitted(request.user)

    def render_component(self, request):
        number = waiting(request.user, languages_of(request.user)).count()
        return counting(super().render_component(request), number)


class Translations(ViewSet):
    name = "translations"
    url_prefix = "translations"
    icon = "wagtail-localize-language"

    def get_urlpatterns(self):
        return [
            path("", BoardView.as_view(), name="index"),
            path("<uuid:key>/<slug:language>/", SegmentsView.as_view(), name="segments"),
        ]


@hooks.register("register_admin_viewset")
def translations():
    return Translations()


@hooks.register("register_admin_menu_item")
def translations_in_the_menu():
    return TranslationsItem(
        _("Translations"),
        reverse("translations:index"),
        name="translations",
        icon_name="wagtail-localize-language",
        order=150,
    )


@hooks.register("register_log_actions")
def name_what_is_logged(actions):
    for action, label, message in (
        ("content.translation_ordered", _("Order a translation"), _("Translation ordered")),
        ("content.translation_delivered", _("Hand over a translation"), _("Translation done")),
        (
            "content.translation_not_needed",
            _("Say that no translation is needed"),
            _("No translation needed"),
        ),
    ):
        actions.register_action(action, label, message)
