"""Merging two records of one organisation in /cms/: choose, see what moves, merge."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from .errors import CannotMerge, TwoMemberships
from .merging import moving
from .models import Organisation
from .permissions import acts_for, may_review
from .services import merging


class PairForm(forms.Form):
    """Which record stays and which goes into it."""

    kept = forms.ModelChoiceField(
        Organisation.objects.all(), label=gettext_lazy("The record that stays")
    )
    gone = forms.ModelChoiceField(
        Organisation.objects.all(), label=gettext_lazy("The record that goes into it")
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("kept") and cleaned.get("kept") == cleaned.get("gone"):
            raise forms.ValidationError(_("Choose two different records."))
        return cleaned


class MembershipForm(forms.Form):
    """Which of two open memberships goes on."""

    membership = forms.ChoiceField(
        label=gettext_lazy("Both have an open membership. Which one goes on?"),
        widget=forms.RadioSelect,
        help_text=gettext_lazy("The other one ends."),
    )

    def __init__(self, data=None, *, memberships):
        super().__init__(data)
        self.fields["membership"].choices = [
            (str(one.pk), f"{one.organisation}: {one.get_status_display()}") for one in memberships
        ]


class MergeView(WagtailAdminTemplateMixin, TemplateView):
    """GET asks for two records and, with `kept` and `gone`, shows what moves. POST merges.

    For the programme team (403 for others), and for nobody who acts for one of the two. 422 when
    both have an open membership and none is chosen.
    """

    template_name = "organisations/cms/merge.html"
    page_title = gettext_lazy("Merge two organisations")
    header_icon = "group"

    def dispatch(self, request, *args, **kwargs):
        if not may_review(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, *args, **kwargs):
        asked = bool({"kept", "gone"} & request.GET.keys())
        return self._show(PairForm(request.GET if asked else None))

    def post(self, request, *args, **kwargs):
        pair = PairForm(request.POST)
        if not pair.is_valid():
            return self._show(pair, status=422)
        kept, gone = pair.cleaned_data["kept"], pair.cleaned_data["gone"]
        if acts_for(request.user, kept) or acts_for(request.user, gone):
            messages.error(request, _("You act for one of these yourself: somebody else merges."))
            return self._show(pair, status=422)
        open_ones = {str(one.pk): one for one in merging.open_memberships(kept, gone)}
        chosen = open_ones.get(request.POST.get("membership", ""))
        try:
            merging.merge(kept, gone, by=request.user, membership=chosen)
        except TwoMemberships:
            messages.error(request, _("Choose first which of the two memberships goes on."))
            return self._show(pair, status=422)
        except CannotMerge:
            messages.error(request, _("These two cannot be merged. Nothing has been changed."))
            return self._show(pair, status=422)
        messages.success(request, _("The two records are one now."))
        return redirect("merge_organisations")

    def _show(self, pair, status=200):
        context = self.get_context_data(pair=pair)
        if pair.is_bound and pair.is_valid():
            kept, gone = pair.cleaned_data["kept"], pair.cleaned_data["gone"]
            both = merging.open_memberships(kept, gone)
            two = MembershipForm(memberships=both) if len(both) > 1 else None
            context |= {"kept": kept, "gone": gone, "moving": list(moving(gone)), "two": two}
        return self.render_to_response(context, status=status)


class MergeItem(MenuItem):
    """For the programme team."""

    def is_shown(self, request):
        return may_review(request.user)
