"""Pages of the programme team beside the queue: figures of the follow-up, and a letter to many."""

from collections import Counter
from datetime import timedelta

from django import forms
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.models import ModelLogEntry

from partnership.organisations.models import Organisation
from partnership.organisations.team_letters import ManyLettersForm, ManyLettersView
from portal.accounts.models import User
from portal.accounts.roles import PROGRAMME
from portal.casework import DayInput
from portal.cms import trail
from portal.places.models import Area

from .models import Ask, Commitment, Confirmation, Report

PERIOD = timedelta(days=365)


class AssignForm(forms.Form):
    """Who of the team reads a commitment, and by when."""

    assignee: forms.ModelChoiceField = forms.ModelChoiceField(
        label=gettext_lazy("Who reads it"),
        queryset=User.objects.filter(groups__name=PROGRAMME, is_active=True),
        required=False,
        empty_label=gettext_lazy("Nobody yet"),
    )
    read_by = forms.DateField(label=gettext_lazy("To be read by"), required=False, widget=DayInput)


class TeamPage(PermissionCheckedMixin, WagtailAdminTemplateMixin):
    """A page beside the queue, for whoever sees the queue."""

    permission_policy = None
    permission_required = "view"
    header_icon = "tick-inverse"

    def get_breadcrumbs_items(self):
        return trail(self, "commitments_review:index", _("Commitments"), self.get_page_title())


class FiguresView(TeamPage, TemplateView):
    """How commitments stand and what came of the letters of a year: a query each."""

    page_title = gettext_lazy("Figures of commitments")
    template_name = "commitments/cms/figures.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**figures(), **kwargs)


def figures(now=None) -> dict:
    """Commitments by state, the share told of within a year, and the letters of a year."""
    since = (now or timezone.now()) - PERIOD
    states = Counter(dict(Commitment.objects.order_by().values_list("state").annotate(Count("pk"))))
    running = Commitment.objects.running()
    told = running.filter(told_at__gte=since).count()
    answered = Exists(Report.objects.standing().filter(ask=OuterRef("pk")))
    asks = Ask.objects.filter(asked_at__gte=since).aggregate(
        sent=Count("pk"),
        answered=Count("pk", filter=Q(answered)),
        snoozed=Count("pk", filter=Q(snoozed_at__isnull=False)),
        backup=Count("pk", filter=Q(backup=True)),
    )
    undone = Report.objects.filter(ask__isnull=False, undone_at__gte=since).count()
    asked = Confirmation.objects.filter(asked_at__gte=since, organisation__isnull=False)
    words = asked.aggregate(sent=Count("pk"), answered=Count("pk", filter=~Q(answered_at=None)))
    return {
        "states": [(state.label, states[state.value]) for state in Commitment.State],
        "running": states[Commitment.State.PUBLISHED],
        "told": told,
        "told_percent": round(100 * told / states["published"]) if states["published"] else None,
        "letters": [
            (_("Letters that asked how it goes"), asks["sent"]),
            (_("of them to a backup person"), asks["backup"]),
            (_("Answered"), asks["answered"]),
            (_("Put off"), asks["snoozed"]),
            (_("Taken back"), undone),
            (_("Partners asked to confirm"), words["sent"]),
            (_("Answered by a partner"), words["answered"]),
        ],
        "events": ModelLogEntry.objects.filter(
            action__startswith="commitments.", timestamp__gte=since
        ).count(),
    }


class LetterForm(ManyLettersForm):
    """To those who lead commitments in a state, perhaps in one area."""

    state = forms.ChoiceField(
        label=gettext_lazy("To those who lead commitments in this state"),
        choices=Commitment.State.choices,
        initial=Commitment.State.PUBLISHED,
    )
    area: forms.ModelChoiceField = forms.ModelChoiceField(
        label=gettext_lazy("Area"),
        queryset=Area.objects.exclude(kind=Area.Kind.MUNICIPALITY).choosable(),
        to_field_name="key",
        required=False,
    )

    def organisations(self, state, area):
        rows = Commitment.objects.filter(state=state)
        if area is not None:
            rows = rows.filter(areas=area)
        return Organisation.objects.filter(pk__in=rows.values("organisation"))


class LetterView(ManyLettersView):
    """A letter to those who lead commitments."""

    header_icon = "tick-inverse"
    form_class = LetterForm
    queue = "commitments_review:index"
    queue_title = gettext_lazy("Commitments")
