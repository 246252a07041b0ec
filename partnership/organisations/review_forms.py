"""What the programme team fills in about an application."""

from django import forms
from django.contrib.auth.models import Permission
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.casework import DayInput
from portal.forms import WordsThatAreSeen

from .criteria import MET, NOT_MET, all_met, criteria
from .models import Proposal

FOUND = [(MET, _("Met")), (NOT_MET, _("Not met"))]
PREFIX = "criterion_"


def team():
    """The people who may decide applications by a role; superusers come along."""
    decide = Permission.objects.filter(
        codename="decide_membership", content_type__app_label="organisations"
    )
    roles = Q(groups__permissions__in=decide) | Q(is_superuser=True)
    return User.objects.filter(roles, is_active=True).distinct().order_by("last_name", "first_name")


class ProposalForm(forms.Form):
    """The checklist of criteria, the decision that follows, its reasons, and what is secret.

    Nothing is chosen beforehand. `cleaned_data` is what `reviewing.propose` takes.
    """

    def __init__(self, data=None, **kwargs):
        super().__init__(data, auto_id="propose-%s", **kwargs)
        for one in criteria():
            self.fields[f"{PREFIX}{one.key}"] = forms.ChoiceField(
                label=one.name, help_text=one.help, choices=FOUND, widget=forms.RadioSelect
            )
        self.fields["decision"] = forms.ChoiceField(
            label=_("What do you propose?"),
            choices=Proposal.Decision,
            widget=forms.RadioSelect,
        )
        self.fields["text"] = forms.CharField(
            label=_("Reasons"),
            help_text=_("They go into the decision and the e-mail. Declining needs them."),
            required=False,
            max_length=3000,
            widget=forms.Textarea(attrs={"rows": 4}),
        )
        self.fields["secret"] = forms.CharField(
            label=_("What in the application is secret, and on which ground?"),
            help_text=_("Name the part and the section of the act. Empty: nothing is secret."),
            required=False,
            max_length=1000,
            widget=forms.Textarea(attrs={"rows": 2}),
        )

    def clean(self):
        cleaned = super().clean()
        found = {
            name.removeprefix(PREFIX): value
            for name, value in cleaned.items()
            if name.startswith(PREFIX)
        }
        decision, reason = cleaned.get("decision"), cleaned.get("text", "")
        if decision == Proposal.Decision.DECLINE and not reason:
            self.add_error("text", _now("Write why the application should be declined."))
        if decision == Proposal.Decision.APPROVE and not self.errors and not all_met(found):
            self.add_error(
                "decision",
                _now(
                    "Not every criterion is met: propose declining, or ask the applicant for more."
                ),
            )
        return {
            "criteria": found,
            "decision": decision,
            "reason": reason,
            "secret": cleaned.get("secret", ""),
        }


class CommentForm(WordsThatAreSeen, forms.Form):
    comment = forms.CharField(
        label=_("What should the first reader look at again?"),
        help_text=_("Only the programme team sees it."),
        error_messages={"required": _("Write a sentence or two.")},
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data=None):
        super().__init__(data, auto_id="send-back-%s")


class PersonField(forms.ModelChoiceField):
    def label_from_instance(self, user):
        return user.get_full_name() or user.email


class AssignForm(forms.Form):
    """Who handles the application, and by when."""

    handler = PersonField(
        User.objects.none(), label=_("Who handles it"), required=False, empty_label=_("Nobody yet")
    )
    due_on = forms.DateField(label=_("Decision due"), required=False, widget=DayInput)

    def __init__(self, data=None, **kwargs):
        super().__init__(data, auto_id="assign-%s", **kwargs)
        self.fields["handler"].queryset = team()
