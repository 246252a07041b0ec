"""The programme team's side in /cms/: the queue of applications, and a page of each."""

from functools import partial

import django_filters
from django import forms
from django.db.models import Case, Q, Value, When
from django.db.models.functions import Coalesce
from django.urls import path
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.log_actions import registry

from portal.casework import CasePolicy, CaseView, CaseViewSet, CountingFilters, Move
from portal.concurrency import Stale
from portal.workflow import TransitionNotAllowed

from .criteria import judged
from .errors import SamePerson
from .forms import WordsForm
from .models import DecisionTemplate, Membership, Organisation
from .permissions import may_decide, may_review
from .review_forms import AssignForm, CommentForm, ProposalForm
from .services import memberships, renewals, reviewing
from .statistics import StatisticsView
from .team_letters import ApplicationsLetter

Status = Membership.Status
TO_APPLICANT = gettext_lazy("These words go into the e-mail to the applicant.")
# Whoever acts for the organisation may still write notes and hand the case to somebody else.
FOR_ALL = ("note", "assign")
# In which form a template's text goes.
FORMS = {"approve": "propose", "decline": "propose", "return": "return", "end": "end"}


class QueueFilters(CountingFilters):
    """State and kind, each choice with its number of applications; whose they are, and overdue."""

    counted = {"status": Status, "kind": Organisation.Kind}

    status = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("State"), widget=forms.CheckboxSelectMultiple
    )
    kind = django_filters.MultipleChoiceFilter(
        field_name="organisation__kind",
        label=gettext_lazy("Kind of organisation"),
        widget=forms.CheckboxSelectMultiple,
    )
    whose = django_filters.ChoiceFilter(
        label=gettext_lazy("Who handles it"),
        method="of_whom",
        choices=[
            ("mine", gettext_lazy("I do")),
            ("nobody", gettext_lazy("Nobody yet")),
            ("late", gettext_lazy("Overdue, whoever does")),
        ],
        widget=forms.RadioSelect,
    )

    def of_whom(self, queryset, _name, value):
        if value == "mine":
            return queryset.filter(handler=self.request.user)
        if value == "nobody":
            return queryset.filter(handler=None, status__in=Membership.WAITING)
        return queryset.filter(due_on__lt=timezone.localdate(), status__in=Membership.WAITING)

    class Meta:
        model = Membership
        fields: tuple[str, ...] = ()


class QueueView(IndexView):
    """What waits for a decision comes first, the longest waiting before the others."""

    def get_base_queryset(self):
        first = Case(When(status__in=Membership.WAITING, then=Value(0)), default=Value(1))
        return Membership.objects.select_related("organisation", "handler").annotate(
            turn=first, came_at=Coalesce("answered_at", "applied_at")
        )

    def order_queryset(self, queryset):
        if self.ordering:
            return super().order_queryset(queryset)
        return queryset.order_by("turn", "came_at", "pk")


def due(membership) -> str:
    """By when it should be decided, and whether that day has passed."""
    if not membership.due_on or membership.status not in Membership.WAITING:
        return "–"
    day = date_format(membership.due_on, "SHORT_DATE_FORMAT")
    return _("%(day)s, overdue") % {"day": day} if membership.is_overdue else day


def with_reason(service):
    """The service, called with the words of the form as its reason."""
    return lambda membership, *, text, **given: service(membership, reason=text, **given)


class ReviewView(CaseView):
    """One application with all that was sent, its history and notes.

    A first reader proposes by the criteria, a second one decides. A second decision is told that
    somebody was first; nobody decides on an organisation of their own.
    """

    page_title = gettext_lazy("Application for membership")
    moves = {
        "propose": Move(
            to=Status.PROPOSED,
            make=reviewing.propose,
            expects=True,
            form=ProposalForm,
            done=gettext_lazy("The proposal waits for a second reader."),
        ),
        "decide": Move(
            to=Status.DECLINED,
            make=reviewing.decide,
            expects=True,
            done=gettext_lazy("The decision has been made and the applicant told."),
        ),
        "send_back": Move(
            to=Status.APPLIED,
            make=reviewing.send_back,
            expects=True,
            form=CommentForm,
            done=gettext_lazy("The proposal has been sent back to its first reader."),
        ),
        "return": Move(
            to=Status.RETURNED,
            make=with_reason(reviewing.return_for_more),
            expects=True,
            form=partial(
                WordsForm,
                label=gettext_lazy("What should the applicant add or change?"),
                help_text=TO_APPLICANT,
                auto_id="return-%s",
            ),
            done=gettext_lazy("The application has been returned to the applicant."),
        ),
        "restore": Move(
            make=renewals.restore,
            done=gettext_lazy("The membership goes on."),
        ),
        "end": Move(
            to=Status.ENDED,
            make=with_reason(memberships.end),
            form=partial(
                WordsForm,
                label=gettext_lazy("Why does the membership end?"),
                help_text=TO_APPLICANT,
                auto_id="end-%s",
            ),
            done=gettext_lazy("The membership has been ended."),
        ),
        "assign": Move(
            make=reviewing.assign,
            form=AssignForm,
            done=gettext_lazy("Saved."),
        ),
        "note": Move(
            make=memberships.note,
            form=partial(
                WordsForm,
                label=gettext_lazy("Internal note"),
                help_text=gettext_lazy("Only the programme team sees notes."),
                auto_id="note-%s",
            ),
            done=gettext_lazy("The note has been kept."),
        ),
    }
    refusals = {
        TransitionNotAllowed: gettext_lazy(
            "Somebody was first: the application is now in the state “%(state)s”."
        ),
        Stale: gettext_lazy(
            "The application or the profile changed after you opened it. Read it again."
        ),
        SamePerson: gettext_lazy("You made this proposal, so somebody else in the team decides."),
    }

    def get_queryset(self):
        return Membership.objects.select_related(
            "organisation__logo", "applicant", "handler", "period"
        )

    def may_make(self, name):
        return super().may_make(name) and (
            name in FOR_ALL or may_decide(self.request.user, self.object)
        )

    def in_words(self, refusal):
        return str(super().in_words(refusal)) % {"state": self.object.get_status_display()}

    @cached_property
    def forms(self):
        """With the text of a chosen template, and with who handles the case now."""
        found = super().forms
        found["assign"].initial = {
            "handler": self.object.handler_id,
            "due_on": self.object.due_on,
        }
        if template := self.template:
            found[FORMS[template.use]].initial = {
                "text": template.text_in(self.object.organisation.language)
            }
        return found

    @property
    def templates(self):
        """Those that have a text in the language of the organisation."""
        language = self.object.organisation.language
        return DecisionTemplate.objects.exclude(**{f"text_{language}": ""})

    @cached_property
    def template(self):
        chosen = self.request.GET.get("template", "")
        return self.templates.filter(pk=chosen).first() if chosen.isdecimal() else None

    def get_history(self):
        """What is in the log of the application and of its organisation, the newest first."""
        entries = [
            entry
            for instance in (self.object, self.object.organisation)
            for entry in registry.get_logs_for_instance(instance).select_related("user")
        ]
        return sorted(entries, key=lambda entry: (entry.timestamp, entry.pk), reverse=True)

    def get_context_data(self, **kwargs):
        membership = self.object
        organisation = membership.organisation
        proposals = list(membership.proposals.select_related("by", "second"))
        proposal = next((one for one in proposals if not one.settled_at), None)
        return super().get_context_data(
            membership=membership,
            organisation=organisation,
            areas=organisation.areas.all(),
            topics=organisation.topics.all(),
            people=organisation.representatives.select_related("user"),
            earlier=organisation.memberships.exclude(pk=membership.pk),
            notes=membership.notes.select_related("author"),
            may_decide=may_decide(self.request.user, membership),
            templates=self.templates,
            proposal=proposal,
            judged=judged(proposal.criteria) if proposal else [],
            is_own_proposal=proposal and proposal.by_id == self.request.user.pk,
            sent_back=[one for one in proposals if one.sent_back],
            is_new=membership.status == Status.APPLIED,
            waits=membership.status in Membership.WAITING,
            is_member=membership.status == Status.ACTIVE,
            has_lapsed=membership.status == Status.LAPSED,
            **kwargs,
        )


class MembershipViewSet(CaseViewSet):
    """Applications and memberships: a list and a page of each, and no way to write the rows."""

    model = Membership
    name = url_prefix = "memberships"
    icon = "group"
    menu_label = gettext_lazy("Applications")
    menu_order = 260
    add_to_reference_index = True
    index_view_class = QueueView
    inspect_view_class = ReviewView
    inspect_template_name = "organisations/cms/review.html"
    index_template_name = "organisations/cms/queue.html"
    filterset_class = QueueFilters
    search_fields = ["organisation__name_fi", "organisation__business_id"]
    list_export = [
        "register_number",
        "organisation.name_fi",
        "organisation.business_id",
        "organisation.get_kind_display",
        "get_status_display",
        "applied_at",
        "due_on",
        "decided_at",
        "period",
    ]
    export_headings = {
        "register_number": gettext_lazy("Register number"),
        "organisation.name_fi": gettext_lazy("The organisation"),
        "organisation.business_id": gettext_lazy("Business ID"),
        "organisation.get_kind_display": gettext_lazy("Kind of organisation"),
        "get_status_display": gettext_lazy("State"),
        "applied_at": gettext_lazy("Came in"),
        "due_on": gettext_lazy("Decision due"),
        "decided_at": gettext_lazy("Decided"),
        "period": gettext_lazy("programme period"),
    }
    export_filename = "applications"
    list_display = [
        TitleColumn(
            "organisation", label=gettext_lazy("The organisation"), url_name="memberships:inspect"
        ),
        Column(
            "kind",
            label=gettext_lazy("Kind of organisation"),
            accessor="organisation.get_kind_display",
        ),
        StatusTagColumn(
            "status",
            label=gettext_lazy("State"),
            accessor="get_status_display",
            primary=lambda membership: membership.status in Membership.WAITING,
        ),
        Column("handler", label=gettext_lazy("Who handles it")),
        DateColumn("came_at", label=gettext_lazy("Came in"), sort_key="came_at"),
        Column("due_on", label=gettext_lazy("Decision due"), sort_key="due_on", accessor=due),
    ]

    @property
    def permission_policy(self):
        return CasePolicy(Membership, may_review)

    def waiting(self, user):
        """Those that wait for a decision, without the ones that this person proposed."""
        own = Q(proposals__by=user, proposals__settled_at=None)
        return Membership.objects.waiting().exclude(own).count()

    def more_urls(self):
        policy = self.permission_policy
        return [
            path("figures/", StatisticsView.as_view(permission_policy=policy), name="figures"),
            path("letter/", ApplicationsLetter.as_view(permission_policy=policy), name="letter"),
        ]
