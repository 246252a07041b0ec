"""Public bodies in /cms/: the domains of their addresses, and claims that wait for a yes."""

from functools import partial

from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views import generic
from wagtail.permission_policies.base import BasePermissionPolicy

from portal.casework import CasePolicy, CaseView, CaseViewSet, Move
from portal.cms import FewerViews, trail
from portal.workflow import TransitionNotAllowed

from .errors import AlreadyClaimed
from .forms import WordsForm
from .models import BodyClaim, PublicBody
from .permissions import acts_for, may_review
from .services import bodies

State = BodyClaim.State


class TeamPolicy(BasePermissionPolicy):
    """The programme team notes and corrects; nobody deletes."""

    def user_has_permission(self, user, action):
        return action in ("add", "change", "view") and may_review(user)


class PublicBodyViewSet(FewerViews):
    """What is known of public bodies: a list, and a form of the domains."""

    model = PublicBody
    name = url_prefix = "public_bodies"
    icon = "site"
    menu_label = gettext_lazy("Public bodies")
    menu_order = 261
    add_to_admin_menu = True
    form_fields = ["area", "domains"]
    search_fields = ["area__name_fi", "area__name_sv", "domains"]
    list_display = ["__str__", "domains", "organisation"]
    copy_view_enabled = False
    search_backend_name = None
    WITHOUT = ("delete", "usage")

    @property
    def permission_policy(self):
        return TeamPolicy(PublicBody)


class ClaimList(generic.IndexView):
    """What waits comes first, the longest waiting before the others."""

    list_filter = ["state"]

    def get_base_queryset(self):
        return BodyClaim.objects.select_related("body__area", "organisation", "by")

    def order_queryset(self, queryset):
        if self.ordering:
            return super().order_queryset(queryset)
        return queryset.order_by("-state", "pk")


def with_reason(claim, *, text, **given):
    return bodies.decline(claim, reason=text, **given)


class ClaimView(CaseView):
    """One claim: who says it, with which address; yes or no with a reason."""

    template_name = "organisations/cms/claim.html"
    moves = {
        "accept": Move(
            to=State.ACCEPTED,
            make=bodies.accept,
            button=gettext_lazy("Yes, it is theirs"),
            done=gettext_lazy("The public body has its organisation."),
        ),
        "decline": Move(
            to=State.DECLINED,
            make=with_reason,
            form=partial(WordsForm, label=gettext_lazy("Why not?")),
            heading=gettext_lazy("Say no"),
            icon="cross",
            button=gettext_lazy("Decline the claim"),
            done=gettext_lazy("The claim has been declined."),
            secondary=True,
        ),
    }
    refusals = {
        AlreadyClaimed: gettext_lazy("This public body has its organisation already."),
        TransitionNotAllowed: gettext_lazy("Somebody else has already decided this claim."),
    }

    def get_queryset(self):
        return BodyClaim.objects.select_related("body__area", "organisation", "by")

    def may_make(self, name):
        """Nobody decides on a claim of their own or of an organisation that they act for."""
        own = self.object.by_id == self.request.user.pk
        return (
            super().may_make(name)
            and not own
            and not acts_for(self.request.user, self.object.organisation)
        )

    @property
    def possible(self):
        return [name for name in super().possible if self.may_make(name)]

    def get_page_title(self):
        return str(self.object)

    def get_page_subtitle(self):
        return ""

    def get_breadcrumbs_items(self):
        return trail(self, "body_claims:index", gettext_lazy("Claims"), self.get_page_title())


class ClaimDesk(CaseViewSet):
    """Claims of public bodies, for the programme team."""

    model = BodyClaim
    name = url_prefix = "body_claims"
    icon = "site"
    menu_label = gettext_lazy("Claims of public bodies")
    menu_order = 262
    index_view_class = ClaimList
    inspect_view_class = ClaimView
    list_display = [
        TitleColumn("body", label=gettext_lazy("Public body"), url_name="body_claims:inspect"),
        Column("organisation", label=gettext_lazy("Organisation")),
        Column("get_state_display", label=gettext_lazy("State")),
        DateColumn("claimed_at", label=gettext_lazy("Claimed")),
    ]

    @property
    def permission_policy(self):
        return CasePolicy(BodyClaim, may_review)

    def waiting(self, user):
        return BodyClaim.objects.filter(state=State.WAITING).count()
