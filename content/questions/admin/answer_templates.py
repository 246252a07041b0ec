"""Texts for answers in /cms/, kept by the lawyers alone."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.ui.tables import DateColumn
from wagtail.permission_policies.base import BasePermissionPolicy

from content.questions.forms import SectionsField
from content.questions.models import AnswerTemplate
from content.questions.permissions import is_lawyer
from portal.cms import FewerViews


class OfLawyers(BasePermissionPolicy):
    """The lawyers by role do everything; a superuser is no lawyer."""

    def user_has_permission(self, user, action):
        return is_lawyer(user)


class AnswerTemplateForm(WagtailAdminModelForm):
    sections = SectionsField(label=_("Rests on"), required=False)

    class Meta:
        model = AnswerTemplate
        fields = ("name", "topic", "text_fi", "text_sv", "text_en", "sections")
        widgets = {f"text_{one}": forms.Textarea(attrs={"rows": 8}) for one in ("fi", "sv", "en")}
        help_texts = {
            "name": _("What the lawyers choose it by."),
            "text_fi": _("One language is enough; it is offered for questions in that language."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        chosen = self.instance.sections.all() if self.instance.pk else ()
        self.fields["sections"].offer([section.pk for section in chosen])


class AnswerTemplates(FewerViews):
    """A list of them, and a form of each."""

    WITHOUT = ("history", "usage")
    model = AnswerTemplate
    name = "answer_templates"
    url_prefix = "answer-templates"
    icon = "copy"
    menu_label = _("Answer templates")
    menu_order = 241
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = False
    list_display = ("name", "topic", DateColumn("saved_at", label=_("Saved"), sort_key="saved_at"))
    list_filter = ("topic",)
    search_fields = ("name", "text_fi", "text_sv", "text_en")
    search_backend_name = None

    @property
    def permission_policy(self):
        return OfLawyers(AnswerTemplate)

    def register_permissions(self):
        """Nothing to hand out: they are the lawyers' by their role."""

    def get_form_class(self, for_update=False):
        return AnswerTemplateForm


answer_templates = AnswerTemplates()
