"""What pages add to the editors' side of Wagtail: sections of the law to choose, links in text."""

from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.html import format_html
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature

from .choosers import act_chooser, chapter_chooser, section_chooser
from .links import (
    ActLinkHandler,
    ChapterLinkHandler,
    LocalPageLinkHandler,
    SectionLinkHandler,
    conversion,
    section_address,
    whole_address,
)


@hooks.register("insert_global_admin_css")
def menu_shows_whole_names():
    return format_html('<link rel="stylesheet" href="{}">', static("cms/menu.css"))


@hooks.register("register_admin_viewset")
def choose_from_the_law():
    return [section_chooser, chapter_chooser, act_chooser]


LINKS = {
    "section": (section_address, section_chooser, gettext_lazy("Section of the law")),
    "chapter": (whole_address, chapter_chooser, gettext_lazy("Chapter of the law")),
    "act": (whole_address, act_chooser, gettext_lazy("Act or decree as a whole")),
}


@hooks.register("register_rich_text_features", order=100)
def links_in_text(features):
    for handler in (SectionLinkHandler, ChapterLinkHandler, ActLinkHandler, LocalPageLinkHandler):
        features.register_link_type(handler)
    for kind, (address, chooser, description) in LINKS.items():
        features.register_editor_plugin(
            "draftail",
            f"{kind}-link",
            EntityFeature(
                {
                    "type": kind.upper(),
                    "icon": "doc-full-inverse" if kind == "section" else "folder-open-inverse",
                    "description": description,
                    "attributes": ["id", "ref", "url"],
                    "chooserUrls": {"lawChooser": reverse_lazy(f"{chooser.name}:choose")},
                },
                js=["wagtailadmin/js/chooser-modal.js", "cms/section-link.js"],
            ),
        )
        features.register_converter_rule("contentstate", f"{kind}-link", conversion(kind, address))
