"""Pages of the programme team beside the queue: figures of the follow-up, and a letter to many."""

import uuid
from collections import Counter
from datetime import timedelta

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db.models import Count, Exists, OuterRef, Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.models import ModelLogEntry

from portal.accounts.models import User
from portal.accounts.roles import PROGRAMME
from portal.casework import DayInput
from portal.cms import trail
from portal.languages import LANGUAGES
from portal.places.models import Area

from .models import Ask, Commitment, Confirmation, Report, TeamLetter
from .services import team

PERIOD = timedelta(days=365)
LANGUAGE_NAMES = dict(settings.LANGUAGES)


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


class LetterForm(forms.Form):
    """To whom, and the words in each language that one of them has; sent after it was shown."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    number = forms.IntegerField(widget=forms.HiddenInput, required=False)
    state = forms.ChoiceField(
        label=gettext_lazy("To those who lead commitments in this state"),
        choices=Commitment.State.choices,
    )
    area: forms.ModelChoiceField = forms.ModelChoiceField(
        label=gettext_lazy("Area"),
        queryset=Area.objects.exclude(kind=Area.Kind.MUNICIPALITY).with_page(),
        to_field_name="key",
        required=False,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for language in LANGUAGES:
            name = LANGUAGE_NAMES[language]
            self.fields[f"subject_{language}"] = forms.CharField(
                label=_("Subject (%(language)s)") % {"language": name},
                max_length=140,
                required=False,
            )
            self.fields[f"text_{language}"] = forms.CharField(
                label=_("Text (%(language)s)") % {"language": name},
                max_length=5000,
                required=False,
                widget=forms.Textarea(attrs={"rows": 6}),
            )

    @property
    def words(self) -> dict[str, tuple[str, str]]:
        return {
            one: (self.cleaned_data[f"subject_{one}"], self.cleaned_data[f"text_{one}"])
            for one in LANGUAGES
        }

    def clean(self):
        cleaned = super().clean()
        if not {"state", "area"} <= cleaned.keys():
            return cleaned
        cleaned["to"] = team.recipients(cleaned["state"], cleaned["area"])
        for language in {one.language for one in cleaned["to"]}:
            for part in ("subject", "text"):
                if not cleaned.get(f"{part}_{language}"):
                    self.add_error(
                        f"{part}_{language}", _("Some of them are written to in this language.")
                    )
        if not cleaned["to"]:
            self.add_error("state", _("There is nobody to write to."))
        return cleaned


class LetterView(TeamPage, FormView):
    """A letter to many: first shown as it will be, with how many get it; then sent.

    What is sent is what was shown: when the number of those who get it has changed since, it is
    shown again.
    """

    page_title = gettext_lazy("A letter to many")
    template_name = "commitments/cms/letter.html"
    form_class = LetterForm

    def get_initial(self):
        return {"key": uuid.uuid4(), "state": Commitment.State.PUBLISHED}

    def form_valid(self, form) -> HttpResponse:
        to = form.cleaned_data["to"]
        if "send" in self.request.POST and form.cleaned_data["number"] == len(to):
            by = User.objects.get_by_natural_key(self.request.user.get_username())
            team.write_to_many(to, form.words, key=form.cleaned_data["key"], by=by)
            messages.success(self.request, _("Letters written: %(number)s.") % {"number": len(to)})
            return redirect(reverse("commitments_review:index"))
        languages = Counter(one.language for one in to)
        shown = [
            (LANGUAGE_NAMES[one], languages[one], *form.words[one])
            for one in LANGUAGES
            if languages[one]
        ]
        return self.render_to_response(
            self.get_context_data(form=form, shown=shown, number=len(to))
        )

    def form_invalid(self, form) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            earlier=TeamLetter.objects.select_related("by")[:10], **kwargs
        )
