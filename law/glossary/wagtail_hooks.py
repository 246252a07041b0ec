"""Terms, edited in /cms/ by editors and lawyers; Wagtail logs who changed what."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import EditView, SnippetViewSet

from portal.languages import LANGUAGES

from . import references
from .models import Term


def in_each_language(field: str) -> list[FieldPanel]:
    return [FieldPanel(f"{field}_{language}") for language in LANGUAGES]


class EditTerm(EditView):
    """What an edit settles of the reviews after changes of the law is settled with it."""

    def save_instance(self):
        term = super().save_instance()
        references.settle(term, self.form.changed_data, by=self.request.user)
        return term


class TermViewSet(SnippetViewSet):
    """The list in the order of the names, and the form."""

    model = Term
    icon = "openquote"
    menu_label = _("Glossary")
    menu_order = 320
    add_to_admin_menu = True
    list_display = ["name_fi", "name_sv", "name_en", "section", "shown_in_texts"]
    list_filter = ["shown_in_texts"]
    ordering = ["name_fi"]
    search_fields = [f"{field}_{language}" for field in ("name", "also") for language in LANGUAGES]
    copy_view_enabled = False
    edit_view_class = EditTerm
    panels = [
        MultiFieldPanel([FieldRowPanel(in_each_language("name"))], _("Names")),
        MultiFieldPanel(in_each_language("definition"), _("Definitions")),
        MultiFieldPanel(
            [FieldRowPanel(in_each_language("also")), FieldPanel("avoid")], _("Other words")
        ),
        FieldPanel("section"),
        FieldPanel("shown_in_texts"),
        FieldPanel("key"),
    ]


register_snippet(TermViewSet)
