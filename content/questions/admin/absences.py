"""Lawyers who are away: who says it, and what of theirs goes to whom."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets import AdminDateInput

from content.questions.models import Absence, Question
from content.questions.permissions import is_lawyer, lawyers
from content.questions.services import absences, casework
from portal.cms import trail
from portal.workflow import TransitionNotAllowed


class AwayForm(forms.Form):
    lawyer = forms.ModelChoiceField(lawyers(), label=gettext_lazy("Lawyer"), empty_label=None)
    until = forms.DateField(
        label=gettext_lazy("Away until"),
        widget=AdminDateInput,
        help_text=gettext_lazy("The last day away. After it they are back by themselves."),
    )

    def clean_until(self):
        until = self.cleaned_data["until"]
        if until < timezone.localdate():
            raise forms.ValidationError(_("Give a day that has not gone by."))
        return until


class HandOnForm(forms.Form):
    """Which cases of people who are away go, and to whom."""

    to = forms.ModelChoiceField(
        lawyers(), label=gettext_lazy("To whom?"), empty_label=gettext_lazy("Choose")
    )
    cases = forms.ModelMultipleChoiceField(
        Question.objects.none(), label=gettext_lazy("Questions"), required=True
    )

    def __init__(self, data=None):
        super().__init__(data)
        today = timezone.localdate()
        self.fields["to"].queryset = lawyers().exclude(absence__until__gte=today)
        self.fields["cases"].queryset = absences.cases_of_the_away(today).select_related(
            "handler__absence"
        )


class AbsencesView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """GET shows who is away, their cases and their checks. POST `move`: away, back, preview, give
    or free, which leaves the check of one case to another lawyer.

    A button `only` gives the one case that it names. 403 for who is no lawyer by role; 422 with
    the forms for what is missing in them.
    """

    permission_policy = None
    permission_required = "view"
    page_title = gettext_lazy("Absences")
    template_name = "questions/cms/absences.html"
    header_icon = "calendar-alt"

    def get_breadcrumbs_items(self):
        return trail(self, "legal_questions:index", _("Legal questions"), self.get_page_title())

    def post(self, request):
        if not is_lawyer(request.user):
            raise PermissionDenied
        move = request.POST.get("move", "give" if "only" in request.POST else "")
        if move == "back":
            absence = get_object_or_404(Absence, pk=_number(request.POST.get("absence", "")))
            absences.back(absence.lawyer, by=request.user)
            messages.success(request, _("They are back."))
            return redirect(request.path)
        if move == "away":
            return self._away(AwayForm(request.POST))
        if move == "free":
            return self._free_check()
        if move in ("preview", "give"):
            return self._hand_on(move)
        raise PermissionDenied

    def _away(self, form):
        if not form.is_valid():
            return self._asked_again(away_form=form)
        absences.away(
            form.cleaned_data["lawyer"], by=self.request.user, until=form.cleaned_data["until"]
        )
        messages.success(self.request, _("The absence has been kept."))
        return redirect(self.request.path)

    def _hand_on(self, move):
        posted = self.request.POST.copy()
        if only := posted.get("only"):
            posted.setlist("cases", [only])
        form = HandOnForm(posted)
        if not form.is_valid():
            return self._asked_again(form=form)
        to, cases = form.cleaned_data["to"], list(form.cleaned_data["cases"])
        if move == "preview":
            going = [case for case in cases if absences.may_go(case, to)]
            staying = [case for case in cases if case not in going]
            return self.render_to_response(
                self.get_context_data(preview=True, to=to, going=going, staying=staying)
            )
        number = len(absences.hand_on(cases, by=self.request.user, to=to))
        messages.success(
            self.request,
            ngettext(
                "%(number)s question has been given to %(name)s.",
                "%(number)s questions have been given to %(name)s.",
                number,
            )
            % {"number": number, "name": to},
        )
        if left := len(cases) - number:
            messages.warning(
                self.request,
                ngettext(
                    "%(number)s question stays: it is not theirs to answer, or somebody was first.",
                    "%(number)s questions stay: not theirs to answer, or somebody was first.",
                    left,
                )
                % {"number": left},
            )
        return redirect(self.request.path)

    def _free_check(self):
        number = _number(self.request.POST.get("check", ""))
        question = get_object_or_404(Question, pk=number)
        try:
            casework.release_check(question, by=self.request.user)
        except TransitionNotAllowed:
            messages.warning(self.request, _("Somebody was first: nobody is checking it any more."))
        else:
            messages.success(self.request, _("Another lawyer can check it now."))
        return redirect(self.request.path)

    def _asked_again(self, **forms_sent):
        return self.render_to_response(self.get_context_data(**forms_sent), status=422)

    def get_context_data(self, **kwargs):
        today = timezone.localdate()
        own = {"lawyer": self.request.user.pk}
        return super().get_context_data(
            **{
                "may": is_lawyer(self.request.user),
                "away": Absence.objects.now(today).select_related("lawyer"),
                "cases": absences.cases_of_the_away(today).select_related("handler__absence"),
                "checks": absences.checks_of_the_away(today).select_related(
                    "checker__absence", "handler"
                ),
                "away_form": AwayForm(initial=own),
                "form": HandOnForm(),
                **kwargs,
            }
        )


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 19 else -1
