"""Themes and audiences, edited in /cms/ by those who may."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from portal.languages import LANGUAGES

from .models import Audience, Topic

WORDS = [
    MultiFieldPanel(
        [FieldRowPanel([FieldPanel(f"name_{language}") for language in LANGUAGES])], _("Names")
    ),
    MultiFieldPanel(
        [FieldPanel(f"description_{language}") for language in LANGUAGES], _("Meaning")
    ),
    FieldPanel("position"),
]


class LabelViewSet(SnippetViewSet):
    list_display = ["name", "key", "position"]
    search_fields = ["name_fi", "name_sv", "name_en"]
    copy_view_enabled = False


class TopicViewSet(LabelViewSet):
    model = Topic
    icon = "tag"
    panels = [*WORDS, FieldPanel("icon"), FieldPanel("key")]


class AudienceViewSet(LabelViewSet):
    model = Audience
    icon = "group"
    panels = [*WORDS, FieldPanel("key")]


class Classification(SnippetViewSetGroup):
    items = (TopicViewSet, AudienceViewSet)
    menu_label = _("Themes and audiences")
    menu_icon = "tag"


register_snippet(Classification)
