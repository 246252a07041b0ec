"""Amending acts in /cms/ from the night they are found: what each would do, and the decision."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Case, Value, When
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.widgets import AdminAutoHeightTextInput

from law import finlex
from law import incoming as decisions
from law.models import IncomingAmendment
from portal.accounts.roles import TEAMS
from portal.casework import (
    CasePolicy,
    CaseView,
    CaseViewSet,
    CountingFilters,
    DayInput,
    Move,
)
from portal.cms import trail
from portal.concurrency import Stale
from portal.errors import BrokenFileError
from portal.languages import current_language
from portal.workflow import TransitionNotAllowed

State = IncomingAmendment.State
INCOMING = gettext_lazy("Amending acts")
CANNOT_UNDO = {
    "letter": gettext_lazy(
        "It can no longer be undone: a letter has told of it already. What is wrong in a wording"
        " is corrected on the list of wordings."
    ),
    "later": gettext_lazy(
        "It cannot be undone now: the Act has been changed since. What came later is undone first."
    ),
    "referred": gettext_lazy(
        "It cannot be undone now: something rests on a section that it added. Take the reference"
        " away first."
    ),
    "before": gettext_lazy("It was taken in from a file, and that is not undone here."),
}


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why is it not taken into use?"),
        help_text=gettext_lazy("Kept with the act and in its log; readers do not see it."),
        max_length=1000,
        widget=AdminAutoHeightTextInput,
    )


class DayForm(forms.Form):
    day = forms.DateField(
        label=gettext_lazy("In force from"),
        help_text=gettext_lazy("The day that a decree gives, or that the act's own day moved to."),
        widget=DayInput,
    )


class IncomingFilters(CountingFilters):
    """By state, each with its number of acts."""

    counted = {"state": State}

    state = django_filters.MultipleChoiceFilter(
        label=gettext_lazy("State"), widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = IncomingAmendment
        fields: tuple[str, ...] = ()


def what_waits(incoming: IncomingAmendment) -> str:
    """What has to be done next, in words; nothing of what has been decided."""
    if incoming.state == State.ANNOUNCED:
        return _("Its words: not read") if incoming.problem else _("Its words: not there yet")
    if incoming.state == State.READY:
        return _("A decision") if incoming.in_force_from else _("The day it comes into force")
    return ""


def how_many(incoming: IncomingAmendment) -> str:
    """How many sections it names, in words."""
    count = len(incoming.sections) or len(_numbers(incoming))
    if not count:
        return ""
    return ngettext("%(count)s section", "%(count)s sections", count) % {"count": count}


def _numbers(incoming: IncomingAmendment) -> list[str]:
    """The sections that it changes, as far as they are known."""
    said = incoming.rows["modifications"] if incoming.rows else []
    return incoming.sections or list(dict.fromkeys(one["section"] for one in said))


class ListView(IndexView):
    """What waits for a decision first, then what is announced, then what has been decided."""

    page_title = INCOMING

    @property
    def no_results_message(self):
        if self.is_searching or self.is_filtering:
            return super().no_results_message
        return _(
            "No amending act has come. When Finlex publishes one, it waits here from the next night"
            " for a lawyer's decision."
        )

    def get_base_queryset(self):
        order = (State.READY, State.ANNOUNCED, State.CONFIRMED)
        cases = [When(state=state, then=Value(place)) for place, state in enumerate(order)]
        return IncomingAmendment.objects.select_related("act").annotate(
            turn=Case(*cases, default=Value(len(order)))
        )

    def order_queryset(self, queryset):
        return queryset.order_by("turn", "in_force_from", "-year", "-number")


class IncomingView(CaseView):
    """One amending act: what it would do or did, what rests on it, and the decision.

    POST makes one of `moves`. What the act as it stands does not allow is said with its place.
    """

    template_name = "law/cms/incoming.html"
    moves = {
        "take": Move(
            to=State.CONFIRMED,
            make=decisions.take_into_use,
            expects=True,
            heading=gettext_lazy("Take into use"),
            icon="check",
            button=gettext_lazy("Take into use"),
            done=gettext_lazy("The act has been taken into use."),
        ),
        "day": Move(
            make=decisions.set_day,
            expects=True,
            form=DayForm,
            heading=gettext_lazy("The day it comes into force"),
            icon="calendar",
            button=gettext_lazy("Save the day"),
            done=gettext_lazy("The day has been saved."),
            secondary=True,
        ),
        "dismiss": Move(
            to=State.DISMISSED,
            make=decisions.dismiss,
            expects=True,
            form=ReasonForm,
            heading=gettext_lazy("Dismiss"),
            icon="cross",
            button=gettext_lazy("Dismiss"),
            done=gettext_lazy("The act has been dismissed."),
            secondary=True,
        ),
        "reopen": Move(
            make=decisions.reopen,
            expects=True,
            heading=gettext_lazy("Open again"),
            icon="rotate",
            button=gettext_lazy("Open again"),
            done=gettext_lazy("The act waits for a decision again."),
            secondary=True,
        ),
        "undo": Move(
            make=decisions.undo,
            expects=True,
            heading=gettext_lazy("Undo"),
            icon="resubmit",
            button=gettext_lazy("Undo the use of the act"),
            done=gettext_lazy("The law is as it was before the act was taken into use."),
            secondary=True,
        ),
    }
    OFFERED = {
        State.ANNOUNCED: ("day", "dismiss"),
        State.READY: ("take", "day", "dismiss"),
        State.CONFIRMED: ("day", "undo"),
        State.DISMISSED: ("reopen",),
    }
    refusals = {
        TransitionNotAllowed: gettext_lazy("Somebody was first: it is now “%(state)s”."),
        Stale: gettext_lazy("The act has changed since you opened it. Read it again."),
        BrokenFileError: gettext_lazy("That cannot be done. %(refusal)s"),
        decisions.NotReadyError: gettext_lazy("It was not taken into use. %(refusal)s"),
        decisions.CannotUndoError: "",
    }

    def get_queryset(self):
        return IncomingAmendment.objects.select_related("act", "amendment__act", "decided_by")

    def may_make(self, name):
        return super().may_make(name) and decisions.may_decide(self.request.user)

    @property
    def possible(self):
        if not decisions.may_decide(self.request.user):
            return []
        left_out = {"take": self.preview.problem, "undo": self.refused}
        offered = self.OFFERED[self.object.state]
        return [name for name in offered if not left_out.get(name)]

    def in_words(self, refusal):
        if isinstance(refusal, decisions.CannotUndoError):
            return CANNOT_UNDO[refusal.reason]
        words = {"state": self.object.get_state_display(), "refusal": refusal}
        return str(super().in_words(refusal)) % words

    @cached_property
    def preview(self) -> decisions.Preview:
        """What it would do while it waits, and what it did once it has been taken into use."""
        if self.object.state == State.READY:
            return decisions.preview(self.object)
        if self.object.state == State.CONFIRMED and self.object.amendment:
            return decisions.done(self.object.amendment)
        return decisions.Preview()

    @cached_property
    def refused(self) -> str:
        """Why it cannot be undone, of one that has been taken into use; or nothing."""
        if self.object.state != State.CONFIRMED:
            return ""
        reason = decisions.undo_refused(self.object)
        return str(CANNOT_UNDO[reason]) if reason else ""

    def get_page_title(self):
        return _("Amending act %(reference)s") % {"reference": self.object.reference}

    def get_page_subtitle(self):
        return ""

    def get_breadcrumbs_items(self):
        return trail(self, "law_incoming:index", INCOMING, self.object.reference)

    def get_context_data(self, **kwargs):
        incoming, language = self.object, current_language()
        numbers = _numbers(incoming)
        return super().get_context_data(
            incoming=incoming,
            title=incoming.title_sv if language == "sv" else incoming.title_fi,
            title_language="sv" if language == "sv" else "fi",
            as_given=finlex.as_given(incoming, language),
            consolidated=finlex.consolidated(incoming.act, language),
            proposal=finlex.proposal(incoming.proposal, language),
            preview=self.preview,
            teams=_in_words(self.preview.reviews),
            changes=[(one, _in_words(one.reviews)) for one in self.preview.sections],
            refused=self.refused,
            named=incoming.act.sections.filter(number__in=numbers).select_related("act"),
            waits=what_waits(incoming),
            may_decide=decisions.may_decide(self.request.user),
            **kwargs,
        )


def _in_words(reviews: dict[str, int]) -> list[tuple[Any, int]]:
    """The teams by name with their numbers of checks."""
    return sorted((TEAMS.get(team, team), count) for team, count in reviews.items())


def in_force(incoming: IncomingAmendment) -> str:
    return date_format(incoming.in_force_from) if incoming.in_force_from else _("Not known")


class IncomingAmendments(CaseViewSet):
    """The list and the page, for those who check the words of the law."""

    model = IncomingAmendment
    name = "law_incoming"
    url_prefix = "law-incoming"
    icon = "download"
    menu_label = INCOMING
    menu_name = "law-incoming"
    menu_order = 239
    index_view_class = ListView
    inspect_view_class = IncomingView
    filterset_class = IncomingFilters
    list_display = [
        TitleColumn("reference", label=gettext_lazy("Act"), url_name="law_incoming:inspect"),
        Column("act", label=gettext_lazy("Amends"), accessor="act.title"),
        Column("in_force_from", label=gettext_lazy("In force from"), accessor=in_force),
        Column("sections", label=gettext_lazy("Sections"), accessor=how_many),
        Column("waits", label=gettext_lazy("What waits"), accessor=what_waits),
        DateColumn("announced_at", label=gettext_lazy("Announced")),
        StatusTagColumn(
            "state",
            label=gettext_lazy("State"),
            accessor="get_state_display",
            primary=lambda incoming: incoming.state == State.READY,
        ),
    ]

    @cached_property
    def permission_policy(self):
        return CasePolicy(self.model, lambda user: user.has_perm(decisions.CHECK))

    def waiting(self, user):
        return IncomingAmendment.objects.filter(state=State.READY).count()
