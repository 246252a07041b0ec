"""A letter of the programme team to many in /cms/: shown first as it will be, then sent once."""

import uuid
from collections import Counter

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from portal.accounts.models import User
from portal.cms import trail
from portal.languages import LANGUAGES
from portal.names import one_line
from portal.places.models import Area

from .models import Membership, Organisation, TeamLetter
from .services import team_letters as services

LANGUAGE_NAMES = dict(settings.LANGUAGES)


class ManyLettersForm(forms.Form):
    """To whom, and the words in each language that one of them has; sent after it was shown.

    A form of a queue adds the fields by which it chooses, and `organisations` of what they say.
    """

    key = forms.UUIDField(widget=forms.HiddenInput)
    number = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.choosing = [name for name in self.fields if name not in ("key", "number")]
        for language in LANGUAGES:
            name = LANGUAGE_NAMES[language]
            self.fields[f"subject_{language}"] = forms.CharField(
                label=_("Subject (%(language)s)") % {"language": name},
                max_length=140,
                required=False,
                validators=[one_line],
            )
            self.fields[f"text_{language}"] = forms.CharField(
                label=_("Text (%(language)s)") % {"language": name},
                max_length=5000,
                required=False,
                widget=forms.Textarea(attrs={"rows": 6}),
            )

    def organisations(self, **chosen) -> QuerySet[Organisation]:
        raise NotImplementedError

    @property
    def words(self) -> dict[str, tuple[str, str]]:
        return {
            one: (self.cleaned_data[f"subject_{one}"], self.cleaned_data[f"text_{one}"])
            for one in LANGUAGES
        }

    def clean(self):
        cleaned = super().clean()
        if not set(self.choosing) <= cleaned.keys():
            return cleaned
        chosen = {name: cleaned[name] for name in self.choosing}
        cleaned["to"] = services.recipients(self.organisations(**chosen))
        for language in {one.language for one in cleaned["to"]}:
            for part in ("subject", "text"):
                if not cleaned.get(f"{part}_{language}"):
                    self.add_error(
                        f"{part}_{language}", _("Some of them are written to in this language.")
                    )
        if not cleaned["to"]:
            self.add_error(self.choosing[0], _("There is nobody to write to."))
        return cleaned


class ManyLettersView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    """A letter to many: first shown as it will be, with how many get it; then sent.

    What is sent is what was shown: when the number of those who get it has changed since, it is
    shown again. `queue` is the address of the queue that it stands beside.
    """

    permission_policy = None
    permission_required = "view"
    page_title = gettext_lazy("A letter to many")
    template_name = "organisations/cms/letter.html"
    queue = ""
    queue_title: str | Promise = ""

    def get_breadcrumbs_items(self):
        return trail(self, self.queue, self.queue_title, self.get_page_title())

    def get_initial(self):
        return {"key": uuid.uuid4()}

    def form_valid(self, form) -> HttpResponse:
        to = form.cleaned_data["to"]
        if "send" in self.request.POST and form.cleaned_data["number"] == len(to):
            by = User.objects.get_by_natural_key(self.request.user.get_username())
            services.write_to_many(to, form.words, key=form.cleaned_data["key"], by=by)
            messages.success(self.request, _("Letters written: %(number)s.") % {"number": len(to)})
            return redirect(reverse(self.queue))
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


class ApplicationsForm(ManyLettersForm):
    """To those whose application or membership is in a state, perhaps of one kind or area."""

    status = forms.ChoiceField(
        label=gettext_lazy("To those whose application or membership is in this state"),
        choices=Membership.Status.choices,
        initial=Membership.Status.ACTIVE,
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind of organisation"),
        choices=[("", gettext_lazy("All kinds")), *Organisation.Kind.choices],
        required=False,
    )
    area: forms.ModelChoiceField = forms.ModelChoiceField(
        label=gettext_lazy("Area"),
        queryset=Area.objects.exclude(kind=Area.Kind.MUNICIPALITY).choosable(),
        to_field_name="key",
        required=False,
    )

    def organisations(self, status, kind, area):
        rows = Organisation.objects.filter(
            pk__in=Membership.objects.filter(status=status).values("organisation")
        )
        if kind:
            rows = rows.filter(kind=kind)
        return rows.filter(areas=area) if area else rows


class ApplicationsLetter(ManyLettersView):
    """A letter to those who have applied, or are members."""

    header_icon = "group"
    form_class = ApplicationsForm
    queue = "memberships:index"
    queue_title = gettext_lazy("Applications")
