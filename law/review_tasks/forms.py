"""What a work list is narrowed by, and the note that goes with a confirmation."""

from django import forms
from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from law import references
from law.models import Amendment, ImpactReview
from portal.accounts.roles import TEAMS, roles_of
from portal.errors import BadParameter

MINE, ALL, OPEN, DONE = "mine", "all", "open", "done"


class ReviewsForm(forms.Form):
    """Whose reviews, of which kind and state, and of which amending act; by GET.

    Without an answer: the reviews of the person's own roles (all for one without a role).
    """

    owner = forms.ChoiceField(label=_("Team"), required=False)
    act = forms.ChoiceField(label=_("Amending act"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("Open and done")), (OPEN, _("Open")), (DONE, _("Done"))],
    )

    def __init__(self, data, *, user):
        self.user = user
        super().__init__(data, initial={"owner": MINE}, label_suffix="")
        mine = [(MINE, _("My teams"))] if self.roles else []
        self.fields["owner"].choices = [*mine, (ALL, _("All teams")), *TEAMS.items()]
        self.fields["kind"].choices = [
            ("", _("All kinds")),
            *((key, one.title) for key, one in references.referrers().items() if one.references),
        ]
        if "act" in self.fields:
            changing = Amendment.objects.filter(effects__isnull=False).distinct()
            self.fields["act"].choices = [
                ("", _("All acts")),
                *(
                    (str(amendment.pk), amendment.reference)
                    for amendment in changing.order_by("-in_force_from", "-pk")
                ),
            ]

    @cached_property
    def roles(self) -> list[str]:
        return roles_of(self.user)

    @cached_property
    def chosen(self) -> dict[str, str]:
        """The answers. Raises BadParameter for one that is not among the choices."""
        if not self.is_valid():
            name = next(iter(self.errors))
            raise BadParameter(name, self.data.get(name, ""))
        default = MINE if self.roles else ALL
        return {**self.cleaned_data, "owner": self.cleaned_data["owner"] or default}

    def narrow(self, reviews: QuerySet[ImpactReview]) -> QuerySet[ImpactReview]:
        """The reviews of the chosen team and kind, in every state."""
        owner = self.chosen["owner"]
        if owner != ALL:
            reviews = reviews.filter(owner__in=self.roles if owner == MINE else [owner])
        if self.chosen["kind"]:
            reviews = reviews.filter(kind=self.chosen["kind"])
        return reviews


class ItemsForm(ReviewsForm):
    """The same for the items of one change."""

    act = None


class NoteForm(forms.Form):
    """An optional word on why the thing is still right."""

    note = forms.CharField(
        label=_("Note (optional)"),
        required=False,
        max_length=500,
        widget=forms.TextInput,
        help_text=_("Why it is still right. Kept in the log; readers do not see it."),
    )
