"""Who takes part, and what they ask after the deadline: queues and cases in /cms/."""

from functools import partial

import django_filters
from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic import IndexView

from content.events.errors import NoRoom, NotNow
from content.events.models import Event, Registration, Request
from content.events.permissions import may_organise
from content.events.services import attendance, own
from portal.casework import CasePolicy, CaseView, CaseViewSet, CountingFilters, Move
from portal.workflow import TransitionNotAllowed

from .columns import MomentColumn
from .forms import AcceptForm, RefuseForm

State = Registration.State


class RegistrationFilters(CountingFilters):
    counted = {"state": State}

    event = django_filters.ModelChoiceFilter(
        label=pgettext_lazy("a gathering", "Event"), queryset=Event.objects.order_by("-starts_at")
    )
    state = django_filters.MultipleChoiceFilter(
        label=_("State"), widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Registration
        fields: tuple[str, ...] = ()


class RegistrationIndex(IndexView):
    """In the order in which they confirmed; those who have not confirmed last."""

    def get_base_queryset(self):
        return Registration.objects.select_related("event", "way", "place")

    def order_queryset(self, queryset):
        if self.ordering:
            return super().order_queryset(queryset)
        return queryset.order_by("-event__starts_at", "turn", "pk")


class RegistrationCase(CaseView):
    """One registration with its needs and answers; moved to the other way, or cancelled."""

    page_title = _("Registration")
    moves = {
        "came": Move(
            make=attendance.mark,
            heading=_("Attendance"),
            icon="check",
            button=_("Was there"),
            done=_("Noted. Who has an account gets a certificate of attendance."),
        ),
        "move": Move(
            make=own.move_to_other_way,
            heading=_("The other way of taking part"),
            icon="redirect",
            button=_("Move to the other way"),
            done=_("Moved, and told by a letter."),
            hint=lambda row: gettext("When there is a free place. Who waits keeps their turn."),
        ),
        "remove": Move(
            to=State.REMOVED,
            make=own.remove,
            heading=_("Cancel the registration"),
            icon="cross",
            button=_("Cancel the registration"),
            secondary=True,
            done=_("Cancelled, and told by a letter."),
            hint=lambda row: gettext("The person gets a letter, and the place passes on."),
        ),
    }
    refusals = {
        NotNow: _("The event has not begun yet."),
        NoRoom: _("There is no free place the other way."),
        TransitionNotAllowed: _("Somebody was first: it is in another state now."),
    }

    def get_queryset(self):
        rows = Registration.objects.select_related("event", "way", "place", "needs")
        return rows.prefetch_related("requests", "event__questions")

    @property
    def possible(self):
        movable = self.object.state in (State.REGISTERED, State.WAITING)
        may_have_come = self.object.state == State.REGISTERED and not self.object.came_at
        left_out = {"move": not movable, "came": not may_have_come}
        return [name for name in super().possible if not left_out.get(name)]

    def get_context_data(self, **kwargs):
        row = self.object
        answers = [
            (question.text, row.answers[str(question.pk)])
            for question in row.event.questions.all()
            if str(question.pk) in row.answers
        ]
        needs = getattr(row, "needs", None)
        return super().get_context_data(registration=row, answers=answers, needs=needs, **kwargs)


class RegistrationViewSet(CaseViewSet):
    """Registrations of all events: a queue by event and state, and as a file for the organiser."""

    model = Registration
    name = "event_registrations"
    url_prefix = "event-registrations"
    icon = "group"
    menu_label = _("Registrations")
    add_to_admin_menu = False
    index_view_class = RegistrationIndex
    inspect_view_class = RegistrationCase
    inspect_template_name = "events/cms/registration.html"
    filterset_class = RegistrationFilters
    search_fields = ["name", "email"]
    list_display = [
        TitleColumn("name", label=_("Name"), url_name="event_registrations:inspect", width="25%"),
        Column("event", label=pgettext_lazy("a gathering", "Event")),
        StatusTagColumn(
            "state",
            label=_("State"),
            accessor="get_state_display",
            primary=lambda row: row.state in Registration.HOLDING,
        ),
        Column("way", label=_("Way of taking part")),
        Column("turn", label=_("Turn"), sort_key="turn"),
        MomentColumn("answer_by", label=_("Answer by"), sort_key="answer_by"),
    ]
    list_export = ["event", "name", "email", "language", "state", "way", "turn", "confirmed_at"]
    export_filename = "registrations"

    @property
    def permission_policy(self):
        return CasePolicy(Registration, may_organise)


class RequestFilters(CountingFilters):
    counted = {"state": Request.State}

    state = django_filters.MultipleChoiceFilter(
        label=_("State"), widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Request
        fields: tuple[str, ...] = ()


class RequestIndex(IndexView):
    """The longest waiting first."""

    def get_base_queryset(self):
        return Request.objects.select_related("registration__event")

    def order_queryset(self, queryset):
        if self.ordering:
            return super().order_queryset(queryset)
        return queryset.order_by("decided_at", "made_at", "pk")


class RequestCase(CaseView):
    """A change that a participant asks for after the deadline."""

    page_title = _("Request")
    moves = {
        "accept": Move(
            to=Request.State.ACCEPTED,
            make=own.accept_request,
            form=partial(AcceptForm, auto_id="accept-%s"),
            heading=_("Make the change"),
            icon="check",
            button=_("Make the change"),
            done=_("The change is made, and the participant is told."),
        ),
        "refuse": Move(
            to=Request.State.REFUSED,
            make=own.refuse_request,
            form=partial(RefuseForm, auto_id="refuse-%s"),
            heading=_("Say why it is not possible"),
            icon="cross",
            button=_("Answer"),
            secondary=True,
            done=_("The participant has your answer."),
        ),
    }
    refusals = {
        NoRoom: _("There is no free place the other way. Raise the places first, or answer no."),
        TransitionNotAllowed: _("Somebody was first: it is in another state now."),
    }

    def get_queryset(self):
        return Request.objects.select_related(
            "registration__event", "registration__way", "registration__place", "decided_by"
        )

    def get_context_data(self, **kwargs):
        return super().get_context_data(asked=self.object, **kwargs)


class RequestViewSet(CaseViewSet):
    """What participants ask for after the deadline."""

    model = Request
    name = "event_requests"
    url_prefix = "event-requests"
    icon = "mail"
    menu_label = _("Requests of participants")
    add_to_admin_menu = False
    index_view_class = RequestIndex
    inspect_view_class = RequestCase
    inspect_template_name = "events/cms/request.html"
    filterset_class = RequestFilters
    search_fields = ["registration__name", "words"]
    list_display = [
        TitleColumn(
            "kind", label=_("Asked"), accessor="get_kind_display", url_name="event_requests:inspect"
        ),
        Column(
            "registration__event",
            label=pgettext_lazy("a gathering", "Event"),
            accessor="registration.event",
        ),
        Column("registration__name", label=_("Name"), accessor="registration.name"),
        StatusTagColumn(
            "state",
            label=_("State"),
            accessor="get_state_display",
            primary=lambda row: row.state == Request.State.OPEN,
        ),
        DateColumn("made_at", label=_("Asked on"), sort_key="made_at"),
    ]

    @property
    def permission_policy(self):
        return CasePolicy(Request, may_organise)

    def waiting(self, user):
        return Request.objects.filter(state=Request.State.OPEN).count()
