"""Duties, edited in /cms/ by lawyers and editors; Wagtail logs who changed what."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import EditView, SnippetViewSet

from portal.languages import LANGUAGES

from . import references
from .models import Duty


class EditDuty(EditView):
    """What an edit settles of the reviews after changes of the law is settled with it."""

    def save_instance(self):
        duty = super().save_instance()
        references.settle(duty, self.form.changed_data, by=self.request.user)
        return duty


class DutyViewSet(SnippetViewSet):
    """The list by authority, and the form."""

    model = Duty
    icon = "list-ul"
    menu_label = _("Duties by law")
    menu_order = 321
    add_to_admin_menu = True
    list_display = ["text_fi", "kind", "question", "section"]
    list_filter = ["kind", "question"]
    search_fields = [f"text_{language}" for language in LANGUAGES]
    copy_view_enabled = False
    edit_view_class = EditDuty
    panels = [
        MultiFieldPanel([FieldPanel(f"text_{language}") for language in LANGUAGES], _("Sentence")),
        FieldPanel("section"),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("question")]),
        FieldPanel("on_paper"),
        FieldPanel("position"),
        FieldPanel("key"),
    ]


register_snippet(DutyViewSet)
