"""What pages add to the editors' side of Wagtail: sections of the law to choose, links in text."""

from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.html import format_html
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature

from .choosers import section_chooser
from .links import CONVERSION, LocalPageLinkHandler, SectionLinkHandler


@hooks.register("insert_global_admin_css")
def menu_shows_whole_names():
    return format_html('<link rel="stylesheet" href="{}">', static("cms/menu.css"))


@hooks.register("register_admin_viewset")
def choose_sections():
    return section_chooser


@hooks.register("register_rich_text_features", order=100)
def links_in_text(features):
    features.register_link_type(SectionLinkHandler)
    features.register_link_type(LocalPageLinkHandler)
    features.register_editor_plugin(
        "draftail",
        "section-link",
        EntityFeature(
            {
                "type": "SECTION",
                "icon": "doc-full-inverse",
                "description": gettext_lazy("Section of the law"),
                "attributes": ["id", "ref", "url"],
                "chooserUrls": {"sectionChooser": reverse_lazy("section_chooser:choose")},
            },
            js=["wagtailadmin/js/chooser-modal.js", "cms/section-link.js"],
        ),
    )
    features.register_converter_rule("contentstate", "section-link", CONVERSION)
