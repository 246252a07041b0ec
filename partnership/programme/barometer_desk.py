"""The barometer in /cms/: rounds with their days, and who is invited to one."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.snippets.views.snippets import SnippetViewSet

from portal.casework import CasePolicy, CaseView, CaseViewSet, Move

from .errors import NotOpen
from .models import BarometerRound
from .permissions import may_manage
from .services import barometer as services

MOST_ADDRESSES = 2000


class BarometerDesk(SnippetViewSet):
    """The rounds, the newest first, and the form with the days of one."""

    model = BarometerRound
    icon = "form"
    menu_label = gettext_lazy("Rounds of the barometer")
    menu_order = 266
    add_to_admin_menu = True
    list_display = ["name", "opens_on", "closes_on", "closed_at"]
    copy_view_enabled = False
    panels = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("opens_on"), FieldPanel("closes_on")]),
    ]


class AddressesForm(forms.Form):
    """Addresses as they are pasted, and the language of their letters."""

    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=settings.LANGUAGES)
    addresses = forms.CharField(
        label=gettext_lazy("E-mail addresses"),
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy("One a line, or with commas between them."),
    )

    def clean_addresses(self) -> list[str]:
        """The addresses, each once; the first that is none is named."""
        words = self.cleaned_data["addresses"].replace(",", " ").replace(";", " ").split()
        for word in words:
            try:
                validate_email(word)
            except ValidationError:
                raise ValidationError(
                    _("“%(word)s” is not an e-mail address.") % {"word": word[:100]}
                ) from None
        if len(words) > MOST_ADDRESSES:
            raise ValidationError(
                _("At most %(number)s addresses at once.") % {"number": MOST_ADDRESSES}
            )
        return words


def invite_list(round: BarometerRound, *, by, language: str, addresses: list[str]) -> int:
    """Invite the pasted addresses in one language."""
    return services.invite(round, [services.Guest(one, language) for one in addresses], by=by)


class Rounds(IndexView):
    """The rounds, the newest first."""

    def get_base_queryset(self):
        return BarometerRound.objects.all()


class InvitingPage(CaseView):
    """One round: how many were invited, and the two ways to invite more."""

    page_title = gettext_lazy("Invite to the barometer")
    moves = {
        "members": Move(
            make=services.invite_members,
            button=gettext_lazy("Invite the members"),
            done=gettext_lazy("The members have been invited; nobody gets two letters."),
            hint=lambda row: _(
                "One letter to each owner of a member organisation, in its language."
            ),
            heading=gettext_lazy("Members of the programme"),
            icon="group",
        ),
        "list": Move(
            make=invite_list,
            form=AddressesForm,
            button=gettext_lazy("Invite these"),
            done=gettext_lazy("They have been invited; nobody gets two letters."),
            heading=gettext_lazy("A list of addresses"),
            icon="mail",
        ),
    }
    refusals = {NotOpen: gettext_lazy("The round is over.")}

    @property
    def possible(self) -> list[str]:
        return [] if self.object.closed_at else list(self.moves)


class InvitingViewSet(CaseViewSet):
    """Who is invited to a round: by the programme team, by link."""

    model = BarometerRound
    name = "barometer_invitations"
    url_prefix = "barometer-invitations"
    icon = "mail"
    menu_label = gettext_lazy("Invite to the barometer")
    menu_order = 267
    index_view_class = Rounds
    inspect_view_class = InvitingPage
    inspect_template_name = "programme/cms/barometer.html"
    list_display = [
        TitleColumn(
            "name", label=gettext_lazy("The round"), url_name="barometer_invitations:inspect"
        ),
        DateColumn("opens_on", label=gettext_lazy("First day")),
        DateColumn("closes_on", label=gettext_lazy("Last day")),
        Column("invited", label=gettext_lazy("Invited")),
    ]

    @property
    def permission_policy(self):
        return CasePolicy(BarometerRound, may_manage)
