"""What editorial work adds to Wagtail: publications say what they change, pages are reviewed."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogFormatter

from . import reviews
from .admin import mentions, publishing
from .admin.views import HomePanel, Reviews, menu_item
from .admin.waiting import WaitingPanel


@hooks.register("before_bulk_action")
def ask_at_every_publication(request, action_type, objects, action_class_instance):
    """Many pages are published at once only if each draft says what it changes."""
    if request.method != "POST" or action_type != "publish":
        return None
    silent = [
        page.get_admin_display_title()
        for page in publishing.drafts(objects, below="include_descendants" in request.POST)
        if not publishing.is_answered(page)
    ]
    if not silent:
        return None
    messages.error(
        request,
        _("Open these pages and say what kind of change you publish: %(titles)s")
        % {"titles": ", ".join(silent)},
    )
    return redirect(
        get_valid_next_url_from_request(request) or reverse("wagtailadmin_explore_root")
    )


@hooks.register("before_copy_page")
def copies_begin_as_drafts(request, page):
    """A copy is published when it says what it is, like every other page."""
    if request.method != "POST" or "publish_copies" not in request.POST:
        return None
    messages.error(
        request,
        _(
            "A copy begins as a draft. Take away “Publish copied page”, and publish the copy when "
            "it is done."
        ),
    )
    return redirect(request.get_full_path())


@hooks.register("before_edit_page", order=-10)
def ask_for_the_note_of_a_translation(request, page):
    """A translation that carries a substantive change says in its own language what changed."""
    if request.method == "POST" and request.POST.get("action") == "publish":
        return publishing.ask_for_note(request, page)
    return None


@hooks.register("register_admin_urls", order=-10)
def synchronising_asks_too():
    """In the place of the translation tool's own view."""
    return [
        path(
            "localize/update/<int:translation_source_id>/",
            publishing.UpdateTranslations.as_view(),
            name="content_update_translations",
        )
    ]


@hooks.register("register_admin_urls")
def links_with_one_click():
    return mentions.urls()


@hooks.register("after_publish_page")
def sections_named_without_a_link(request, page):
    mentions.tell_after_publishing(request, page)


@hooks.register("register_admin_viewset")
def reviews_of_pages():
    return Reviews()


@hooks.register("register_reports_menu_item")
def reviews_among_the_reports():
    return menu_item()


@hooks.register("construct_homepage_panels")
def what_is_to_be_reviewed(request, panels):
    panels[:] = [WaitingPanel(), *panels, HomePanel()]


@hooks.register("construct_homepage_summary_items")
def no_counters(request, items):
    """How many pages there are tells an editor nothing to do."""
    items.clear()


@hooks.register("construct_help_menu")
def help_is_ours(request, items):
    """The keys that work here; guides and news of another product lead nowhere."""
    items[:] = [item for item in items if item.name == "keyboard-shortcuts-trigger"]


@hooks.register("register_page_header_buttons")
def confirm_from_the_page(page, user, view_name, next_url=None):
    if reviews.is_reviewed(page) and page.permissions_for_user(user).can_publish():
        yield Button(
            gettext_lazy("Still right – in all languages"),
            reverse("content_reviews:confirm", args=[page.pk]),
            icon_name="calendar-check",
            priority=5,
        )


@hooks.register("register_log_actions")
def name_what_is_logged(actions):
    @actions.register_action("content.review")
    class Reviewed(LogFormatter):
        label = gettext_lazy("Confirm that a page is still right")
        message = gettext_lazy("Confirmed as still right")

        def format_comment(self, entry):
            return entry.data.get("note", "")
