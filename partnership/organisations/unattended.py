"""Organisations without people who answer, in /cms/: the programme team finds somebody for each."""

from django import forms
from django.db.models import Max
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import IndexView

from portal.casework import CasePolicy, CaseView, CaseViewSet, Move

from .answering import taking_part, with_signs, without_people
from .errors import (
    AlreadyAnswered,
    AlreadyInvited,
    NotAMember,
    TooManyInvitations,
)
from .models import JoinRequest, Organisation
from .models.people import Role
from .permissions import acts_for, may_review
from .services import people, requests


class QueueView(IndexView):
    """Those that take part and whose people have all left, fallen silent or cannot be reached."""

    def get_base_queryset(self):
        return without_people().annotate(since=Max("hand_overs__started_at"))


class LetInForm(forms.Form):
    """Which of the requests that wait is accepted."""

    request = forms.ModelChoiceField(
        label=_("Request"),
        queryset=JoinRequest.objects.none(),
        widget=forms.RadioSelect,
        empty_label=None,
    )


class InviteForm(forms.Form):
    email = forms.EmailField(label=_("E-mail address"), max_length=254)


def let_in(organisation, *, request, by):
    """Accept a request as an owner's would be."""
    return requests.accept(request, role=Role.OWNER, by=by)


def invite(organisation, *, email, by):
    """Ask somebody to be the organisation's owner."""
    return people.invite(organisation, email=email, role=Role.OWNER, by=by)


class UnattendedView(CaseView):
    """One organisation: its people and why they do not answer, who asks, and what was written.

    Nobody lets people into an organisation of their own here.
    """

    page_title = _("Organisation without people")
    moves = {
        "let_in": Move(
            make=let_in,
            form=LetInForm,
            heading=_("Let somebody in as an owner"),
            icon="user",
            button=_("Let the person in"),
            done=_("The person acts for the organisation now."),
        ),
        "invite": Move(
            make=invite,
            form=InviteForm,
            heading=_("Invite an owner"),
            icon="mail",
            button=_("Send the invitation"),
            done=_("The invitation has been sent."),
            secondary=True,
        ),
    }
    refusals = {
        AlreadyAnswered: _("The request has been answered or taken back already."),
        AlreadyInvited: _(
            "This person acts for the organisation already, or has an invitation that waits."
        ),
        NotAMember: _("People can be invited once the organisation is a member."),
        TooManyInvitations: _("No more invitations can be sent today. Try again tomorrow."),
    }

    def get_queryset(self):
        return taking_part()

    @cached_property
    def forms(self):
        """The requests of this organisation alone can be accepted."""
        found = super().forms
        found["let_in"].fields["request"].queryset = self._requests()
        return found

    def _requests(self):
        return self.object.join_requests.waiting().select_related("user", "organisation")

    @property
    def possible(self):
        if not self._is_without_people:
            return []
        return [name for name in super().possible if name != "let_in" or self._requests().exists()]

    def may_make(self, name):
        own = acts_for(self.request.user, self.object)
        return super().may_make(name) and self._is_without_people and not own

    @cached_property
    def _is_without_people(self):
        return without_people().filter(pk=self.object.pk).exists()

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            organisation=self.object,
            people=with_signs(self.object.representatives.select_related("user")),
            requests=self._requests(),
            hand_overs=self.object.hand_overs.all(),
            own=acts_for(self.request.user, self.object),
            **kwargs,
        )


class UnattendedViewSet(CaseViewSet):
    """Organisations without people who answer: a list and a page of each."""

    model = Organisation
    name = "unattended"
    url_prefix = "organisations-without-people"
    icon = "warning"
    menu_label = _("Without people")
    menu_order = 262
    index_view_class = QueueView
    inspect_view_class = UnattendedView
    inspect_template_name = "organisations/cms/unattended.html"
    search_fields = ["name_fi", "business_id"]
    list_display = [
        TitleColumn("name", label=_("The organisation"), url_name="unattended:inspect"),
        Column("business_id", label=_("Business ID")),
        Column("email", label=_("Contact e-mail")),
        DateColumn("since", label=_("Hand-over begun"), sort_key="since"),
    ]

    @property
    def permission_policy(self):
        return CasePolicy(Organisation, may_review)

    def waiting(self, user):
        return without_people().count()
