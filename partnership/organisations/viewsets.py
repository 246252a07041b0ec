"""What the programme team keeps in /cms/ beside the cases: periods, and texts for decisions."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.ui.tables import DateColumn
from wagtail.permission_policies.base import BasePermissionPolicy

from portal.cms import FewerViews
from portal.languages import LANGUAGES

from .models import DecisionTemplate, Period
from .permissions import may_review


class OfTheTeam(BasePermissionPolicy):
    """Who decides applications does everything."""

    def user_has_permission(self, user, action):
        return may_review(user)


class KeptByTheTeam(FewerViews):
    """A list, and a form of each row."""

    WITHOUT = ("history", "usage")
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = False
    search_backend_name = None

    @property
    def permission_policy(self):
        return OfTheTeam(self.model)

    def register_permissions(self):
        """Nothing to hand out: they are the team's by its role."""


class PeriodForm(WagtailAdminModelForm):
    class Meta:
        model = Period
        fields = (
            *(f"name_{one}" for one in LANGUAGES),
            "starts",
            "ends",
            *(f"priorities_{one}" for one in LANGUAGES),
            "applications_from",
            "applications_until",
            "renewal_from",
            "grace_until",
        )
        widgets = {f"priorities_{one}": forms.Textarea(attrs={"rows": 5}) for one in LANGUAGES}


class Periods(KeptByTheTeam):
    WITHOUT = ("history", "usage", "delete")
    model = Period
    name = "programme_periods"
    url_prefix = "programme-periods"
    icon = "calendar"
    menu_label = _("Programme periods")
    menu_order = 261
    list_display = (
        "name",
        DateColumn("starts", label=_("Begins"), sort_key="starts"),
        DateColumn("ends", label=_("Ends"), sort_key="ends"),
    )
    search_fields = ("name_fi", "name_sv", "name_en")

    def get_form_class(self, for_update=False):
        return PeriodForm


class DecisionTemplateForm(WagtailAdminModelForm):
    class Meta:
        model = DecisionTemplate
        fields = ("name", "use", *(f"text_{one}" for one in LANGUAGES))
        widgets = {f"text_{one}": forms.Textarea(attrs={"rows": 6}) for one in LANGUAGES}
        help_texts = {
            "name": _("What the team chooses it by."),
            "text_fi": _("One language is enough; it is offered for applicants in that language."),
        }


class DecisionTemplates(KeptByTheTeam):
    model = DecisionTemplate
    name = "decision_templates"
    url_prefix = "decision-templates"
    icon = "copy"
    menu_label = _("Decision templates")
    menu_order = 262
    list_display = ("name", "use", DateColumn("saved_at", label=_("Saved"), sort_key="saved_at"))
    list_filter = ("use",)
    search_fields = ("name", "text_fi", "text_sv", "text_en")

    def get_form_class(self, for_update=False):
        return DecisionTemplateForm


periods, decision_templates = Periods(), DecisionTemplates()
