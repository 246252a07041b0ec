"""Pending bills in /cms/: lawyers enter them, move them on, and say that a stage still holds."""

from datetime import date

from django import forms
from django.db import transaction
from django.db.models import Case, When
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import CreateView, EditView, IndexView

from law import bills
from law.incoming import may_decide
from law.models import Act, PendingBill, Section
from portal.casework import CasePolicy, CaseView, CaseViewSet, DayInput, Move
from portal.concurrency import Stale
from portal.languages import LANGUAGES
from portal.workflow import TransitionNotAllowed

BILLS = _("Pending bills")
STAGE_NOW = ("stage", "confirmed_on")


class ForLawyers(CasePolicy):
    """Lawyers do with bills what is done with them; nobody else sees them in /cms/."""

    def user_has_permission(self, user, action):
        return self.rule(user)


def whose_stage(bill: PendingBill) -> str:
    """The stage, and for how long nobody has confirmed it when that is too long."""
    stage = bill.get_stage_display()
    return f"{stage} ({gettext('to be confirmed')})" if bill.is_unchecked else stage


class BillList(IndexView):
    """Those on their way first, by the day on which they are to be in force."""

    columns = [
        TitleColumn("title", label=_("Bill"), accessor="title", url_name="law_bills:inspect"),
        Column("stage", label=_("Stage"), accessor=whose_stage),
        Column("planned", label=_("Planned in force"), accessor="planned"),
        DateColumn("confirmed_on", label=_("Stage confirmed on"), accessor="confirmed_on"),
    ]

    def order_queryset(self, queryset):
        ended = Case(When(stage__in=PendingBill.ENDS, then=True), default=False)
        return queryset.order_by(ended, "planned_on", "pk")


class BillForm(WagtailAdminModelForm):
    """A bill; the stage is written here only when it is entered, and moved on afterwards."""

    class Media:
        css = {"all": ["cms/law-changes.css"]}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["acts"].queryset = Act.objects.all()
        self.fields["sections"].queryset = Section.objects.in_force().select_related("act")
        if self.instance.pk:
            for name in STAGE_NOW:
                del self.fields[name]

    def clean_confirmed_on(self) -> date:
        return not_ahead(self.cleaned_data["confirmed_on"])


def not_ahead(day: date) -> date:
    """The day itself; ValidationError for one that is still to come."""
    if day > timezone.localdate():
        raise forms.ValidationError(_("This day is still to come."))
    return day


class MoveForm(forms.Form):
    """To which stage, since when, where that was found, and a word for the history."""

    since = forms.DateField(label=_("Since"), widget=DayInput, initial=timezone.localdate)
    source = forms.CharField(label=_("Where it was found"), max_length=255, required=False)
    note = forms.CharField(
        label=_("Note"),
        help_text=_("Only those who work in /cms/ see it."),
        max_length=500,
        required=False,
    )

    def __init__(self, data=None, *, bill: PendingBill):
        super().__init__(data, auto_id="move-%s")
        follows = PendingBill.MOVES[PendingBill.Stage(bill.stage)]
        stages = [choice for choice in PendingBill.Stage.choices if choice[0] in follows]
        self.fields["to"] = forms.ChoiceField(label=_("Stage"), choices=stages)
        self.order_fields(["to"])

    def clean_since(self) -> date:
        return not_ahead(self.cleaned_data["since"])


class SourceForm(forms.Form):
    """Where the stage was found to be what it is."""

    source = forms.CharField(label=_("Where it was found"), max_length=255, required=False)

    def __init__(self, data=None, *, bill: PendingBill):
        super().__init__(data, auto_id="confirm-%s", initial={"source": bill.source})


class BillView(CaseView):
    """One bill: what is known of it, and the two moves of it; POST makes one of them."""

    page_title = _("Pending bill")
    template_name = "law/cms/bill.html"
    moves = {
        "confirm": Move(
            make=bills.confirm,
            done=_("The stage is confirmed as it is."),
            expects=True,
            form=SourceForm,
            button=_("Confirm the stage as it is"),
            heading=_("Still in this stage"),
            icon="check",
        ),
        "move": Move(
            make=bills.move,
            done=_("The bill is in its new stage, and its followers are told."),
            expects=True,
            form=MoveForm,
            button=_("Move on"),
            heading=_("In another stage"),
            icon="arrow-right",
        ),
    }
    refusals = {
        Stale: _("Somebody else has changed the bill in the meantime. See what it says now."),
        TransitionNotAllowed: _("The bill cannot go to that stage from where it is now."),
    }

    @property
    def possible(self):
        return [
            name for name, can in (("confirm", self.object.is_live), ("move", self.leads_on)) if can
        ]

    @property
    def leads_on(self) -> bool:
        return bool(PendingBill.MOVES[PendingBill.Stage(self.object.stage)])

    @cached_property
    def forms(self):
        sent = self.request.POST.get(self.move_field)
        return {
            name: move.form(self.request.POST if name == sent else None, bill=self.object)
            for name, move in self.moves.items()
        }

    def get_queryset(self):
        return PendingBill.objects.select_related("confirmed_by").prefetch_related(
            "acts", "sections__act", "amendments"
        )


class EnterBill(CreateView):
    """A new bill; those who follow what it changes are told."""

    @transaction.atomic
    def save_instance(self):
        bill = super().save_instance()
        bills.entered(bill, by=self.request.user)
        return bill

    def get_success_url(self):
        return reverse("law_bills:inspect", args=[self.object.pk])


class EditBill(EditView):
    """What is known of a bill, but for its stage."""

    @transaction.atomic
    def save_instance(self):
        before = set(self.object.sections.values_list("pk", flat=True))
        bill = super().save_instance()
        bills.edited(bill, sections_before=before)
        return bill

    def get_success_url(self):
        return reverse("law_bills:inspect", args=[self.object.pk])


def in_each_language(field: str) -> list[FieldPanel]:
    return [FieldPanel(f"{field}_{language}") for language in LANGUAGES]


class Bills(CaseViewSet):
    """The list, and a page of each bill with its moves and its form."""

    model = PendingBill
    name = "law_bills"
    url_prefix = "law-bills"
    icon = "history"
    menu_label = BILLS
    menu_order = 243
    index_view_class = BillList
    inspect_view_class = BillView
    inspect_template_name = "law/cms/bill.html"
    add_view_class = EnterBill
    edit_view_class = EditBill
    ordering = ["planned_on"]
    search_fields = ["number", "name_fi", "name_sv", "name_en"]
    WITHOUT = ("delete", "history", "usage")
    edit_handler = ObjectList(
        [
            MultiFieldPanel([FieldPanel("number"), *in_each_language("name")], _("Bill")),
            MultiFieldPanel(in_each_language("summary"), _("What it proposes")),
            MultiFieldPanel(
                [FieldPanel("acts"), FieldPanel("sections"), FieldPanel("new_sections")],
                _("What it changes"),
            ),
            FieldRowPanel(
                [FieldPanel("planned_on"), FieldPanel("planned_as")], _("Planned in force")
            ),
            MultiFieldPanel(
                [FieldPanel(name) for name in (*STAGE_NOW, "source", "url")],
                _("Stage, and where it was found"),
            ),
        ],
        base_form_class=BillForm,
    )

    @property
    def permission_policy(self):
        return ForLawyers(PendingBill, may_decide)

    def waiting(self, user):
        return PendingBill.objects.unchecked(timezone.localdate()).count()

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),
            path("new/", self.add_view, name="add"),
            path("<int:pk>/edit/", self.edit_view, name="edit"),
        ]


class BillsPanel(Component):
    """On a lawyer's first page of /cms/: the bills whose stage nobody has confirmed for long."""

    order = 55
    template_name = "law/cms/bills_panel.html"

    def get_context_data(self, parent_context):
        return {"bills": PendingBill.objects.unchecked(timezone.localdate())}

    def render_html(self, parent_context=None):
        shown = parent_context and may_decide(parent_context["request"].user)
        return super().render_html(parent_context) if shown else ""
