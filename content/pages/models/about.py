"""About the service: what it is, accessibility, privacy, terms."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from .base import BasePage, SubjectPage
from .panels import NOTE, tabs


class AboutIndexPage(BasePage):
    """What the portal says of itself."""

    edit_handler = tabs([])
    page_description = _("The list of pages about the portal.")
    parent_page_types = ["content.HomePage"]
    subpage_types = ["content.InformationPage"]

    class Meta:
        verbose_name = _("about index")
        verbose_name_plural = _("about indexes")

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | {
            "pages": InformationPage.objects.child_of(self)
            .visible_to(request.user)
            .defer_streamfields()
            .order_by("path")
        }


class InformationPage(SubjectPage):
    """A page that explains the portal itself."""

    REVIEW_MONTHS = 12

    edit_handler = tabs([FieldPanel("body")], note=NOTE)
    page_description = _("About the portal: accessibility, privacy, terms of use.")
    parent_page_types = ["content.AboutIndexPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("information page")
        verbose_name_plural = _("information pages")
