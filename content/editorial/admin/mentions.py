"""One click that links the section which a page names, and the word on it after publishing."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.models import Page

from content.editorial import mentions
from law.models import Section


@require_POST
def link(request, page: int, section: int):
    """A draft in which the first words that name the section lead to it; for those who may edit.

    A page that somebody has locked is left alone.
    """
    where = get_object_or_404(Page, pk=page)
    target = get_object_or_404(Section.objects.select_related("act"), pk=section)
    if not where.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    lock = where.get_lock()
    if lock and lock.for_user(request.user):
        messages.error(request, lock.get_message(request.user))
    else:
        try:
            mentions.link(where, target, by=request.user)
        except mentions.NotThereError:
            messages.error(
                request,
                _(
                    "No running text names %(section)s where a link can stand. Add it to the box "
                    "of sections that the page rests on."
                )
                % {"section": target.label},
            )
        else:
            messages.success(
                request,
                _("%(section)s is linked in the draft. Publish it when you like.")
                % {"section": target.label[:1].upper() + target.label[1:]},
            )
    back = reverse("wagtailadmin_pages:edit", args=[page])
    return redirect(get_valid_next_url_from_request(request) or back)


def urls():
    return [
        path("mentions/<int:page>/<int:section>/", link, name="content_link_mention"),
    ]


def tell_after_publishing(request, page: Page) -> None:
    """A publication that names sections without a link says so, and where they are linked."""
    found = mentions.mentions_of(page)
    if found:
        words = ngettext(
            "The page names a section without a link: %(sections)s. Open it to link it.",
            "The page names sections without a link: %(sections)s. Open it to link them.",
            len(found),
        )
        messages.warning(request, words % {"sections": ", ".join(one.label for one in found)})
