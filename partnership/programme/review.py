"""The programme team's side in /cms/: who is interested in a call, and what is offered."""

import django_filters
from django import forms
from django.db.models import Case, Value, When
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic import IndexView

from portal.casework import CasePolicy, CaseView, CaseViewSet, CountingFilters, Move
from portal.workflow import TransitionNotAllowed

from .forms import TakeDownForm
from .models import Call, Interest, Offer
from .permissions import may_manage
from .services import offers

State = Offer.State


class InterestFilters(CountingFilters):
    call = django_filters.ModelChoiceFilter(label=gettext_lazy("Call"), queryset=Call.objects.all())

    class Meta:
        model = Interest
        fields = ("call",)


class InterestQueue(IndexView):
    """What stands, the newest first; what was withdrawn is not read."""

    def get_base_queryset(self):
        return Interest.objects.standing().select_related("call", "organisation", "by")


class InterestPage(CaseView):
    """One expression of interest as it was sent."""

    page_title = gettext_lazy("Expression of interest")

    def get_queryset(self):
        return Interest.objects.standing().select_related("call", "organisation", "by")


class InterestViewSet(CaseViewSet):
    """Expressions of interest: a list, also as CSV, and a page of each."""

    model = Interest
    name = url_prefix = "interests"
    icon = "mail"
    menu_label = gettext_lazy("Interest in calls")
    menu_order = 263
    index_view_class = InterestQueue
    inspect_view_class = InterestPage
    inspect_template_name = "programme/cms/interest.html"
    filterset_class = InterestFilters
    search_fields = ["organisation__name_fi", "text"]
    list_export = ["call", "organisation", "organisation.email", "text", "sent_at"]
    list_display = [
        TitleColumn(
            "organisation",
            label=gettext_lazy("The organisation"),
            url_name="interests:inspect",
        ),
        Column("call", label=gettext_lazy("Call")),
        DateColumn("sent_at", label=gettext_lazy("Sent"), sort_key="sent_at"),
    ]

    @property
    def permission_policy(self):
        return CasePolicy(Interest, may_manage)


class OfferFilters(CountingFilters):
    counted = {"state": State}

    state = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("State"), widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Offer
        fields: tuple[str, ...] = ()


class OfferQueue(IndexView):
    """Those that are open come first, the newest before the others."""

    def get_base_queryset(self):
        turn = Case(When(state=State.OPEN, then=Value(0)), default=Value(1))
        return Offer.objects.select_related("organisation").annotate(turn=turn)

    def order_queryset(self, queryset):
        if self.ordering:
            return super().order_queryset(queryset)
        return queryset.order_by("turn", "-published_at", "-pk")


class OfferPage(CaseView):
    """One offer; the team can take down what does not belong here."""

    page_title = gettext_lazy("Sought or offered")
    moves = {
        "take_down": Move(
            to=State.CLOSED,
            make=offers.take_down,
            form=TakeDownForm,
            done=gettext_lazy("It is closed, and its organisation has been told why."),
            button=gettext_lazy("Take down"),
            heading=gettext_lazy("Take down"),
            icon="cross",
        ),
    }
    refusals = {
        TransitionNotAllowed: gettext_lazy("It has been closed meanwhile."),
    }

    def get_queryset(self):
        return Offer.objects.select_related("organisation", "by").prefetch_related(
            "areas", "topics"
        )


class OfferViewSet(CaseViewSet):
    """What organisations seek and offer, moved by the move alone."""

    model = Offer
    name = "offers_review"
    url_prefix = "offers"
    icon = "pick"
    menu_label = gettext_lazy("Sought and offered")
    menu_order = 264
    index_view_class = OfferQueue
    inspect_view_class = OfferPage
    inspect_template_name = "programme/cms/offer.html"
    filterset_class = OfferFilters
    search_fields = ["title", "organisation__name_fi"]
    list_display = [
        TitleColumn("title", label=gettext_lazy("The offer"), url_name="offers_review:inspect"),
        Column("kind", label=gettext_lazy("Sought or offered"), accessor="get_kind_display"),
        Column("organisation", label=gettext_lazy("The organisation")),
        StatusTagColumn(
            "state",
            label=gettext_lazy("State"),
            accessor="get_state_display",
            primary=lambda row: row.state == State.OPEN,
        ),
        DateColumn("expires_on", label=gettext_lazy("Open until"), sort_key="expires_on"),
    ]

    @property
    def permission_policy(self):
        return CasePolicy(Offer, may_manage)
