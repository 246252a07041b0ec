"""The work lists in /cms/: changed sections by act, and one change with all that rests on it.

Everyone who works here may look; who may confirm a thing is for its kind to say.
"""

from itertools import groupby

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Exists, F, OuterRef, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from law import finlex, impact_reviews
from law.models import AmendmentEffect, ImpactReview
from portal.accounts.roles import roles_of
from portal.cms import counting, trail
from portal.languages import current_language
from portal.paging import page_of

from . import figures
from .changes import compared
from .forms import DONE, MINE, OPEN, ItemsForm, NoteForm, ReviewsForm
from .items import things_of
from .several import SeveralView

WAITING = Q(reviews__state=ImpactReview.State.OPEN)
CHANGES = gettext_lazy("Law changes")


class ListView(WagtailAdminTemplateMixin, TemplateView):
    """The changed sections by amending act, with how much of each is open and done."""

    PER_PAGE = 100
    template_name = "law/cms/changes.html"
    page_title = CHANGES
    header_icon = "doc-full-inverse"

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": CHANGES}]

    def get_context_data(self, **kwargs):
        form = ReviewsForm(self.request.GET, user=self.request.user)
        page = page_of(self.changes(form), self.request, self.PER_PAGE, "p")
        in_changes = ImpactReview.objects.filter(effect__in=list(page))
        of_changes = figures.by(form.narrow(in_changes), "effect")
        all_of_changes = figures.by(in_changes, "effect")
        acts = {effect.amendment_id for effect in page}
        in_acts = ImpactReview.objects.filter(effect__amendment__in=acts)
        of_acts = figures.by(form.narrow(in_acts), "effect__amendment")
        all_of_acts = figures.by(in_acts, "effect__amendment")
        none = figures.Figures()
        groups = [
            (
                amendment,
                of_acts.get(amendment.pk, none),
                all_of_acts.get(amendment.pk, none),
                [
                    (
                        effect,
                        of_changes.get(effect.pk, none),
                        all_of_changes.get(effect.pk, none),
                    )
                    for effect in changes
                ],
            )
            for amendment, changes in groupby(page, key=lambda effect: effect.amendment)
        ]
        query = self.request.GET.copy()
        query.pop("p", None)
        return super().get_context_data(
            form=form,
            groups=groups,
            mine=form.chosen["owner"] == MINE,
            page=page,
            elided=list(page.paginator.get_elided_page_range(page.number)),
            teams=figures.of_teams(self.request.user),
            narrowed=bool(query),
            items_query=query_for_items(form),
            any_change=bool(groups) or AmendmentEffect.objects.exists(),
            **kwargs,
        )

    def changes(self, form):
        reviews = form.narrow(ImpactReview.objects.filter(effect=OuterRef("pk")))
        waiting = reviews.filter(state=ImpactReview.State.OPEN)
        changes = AmendmentEffect.objects.select_related(
            "section__act", "amendment__act", "after"
        ).defer("after__text_fi", "after__text_sv")
        if form.chosen["act"]:
            changes = changes.filter(amendment=form.chosen["act"])
        if form.chosen["state"] == OPEN:
            changes = changes.filter(Exists(waiting))
        elif form.chosen["state"] == DONE:
            changes = changes.filter(~Exists(waiting))
        return changes.order_by(
            "-amendment__in_force_from", "-amendment", "section__position", "day"
        )


def query_for_items(form) -> str:
    """What narrows the list, for the address of one of its changes."""
    query = form.data.copy()
    for name in list(query):
        if name not in ("owner", "kind"):
            del query[name]
    return query.urlencode()


class ChangeView(WagtailAdminTemplateMixin, TemplateView):
    """One changed section: what changed, and every thing that rests on it. POST confirms one.

    A POST names the thing by `kind` and `thing`, with an optional `note`; a confirmation that
    somebody else was first with is told so.
    """

    PER_PAGE = 50
    template_name = "law/cms/change.html"
    header_icon = "doc-full-inverse"

    def dispatch(self, request, *args, **kwargs):
        self.effect = get_object_or_404(
            AmendmentEffect.objects.select_related(
                "section__act", "section__chapter", "amendment__act", "before", "after"
            ),
            pk=kwargs["pk"],
        )
        return super().dispatch(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        kind, thing = request.POST.get("kind", ""), request.POST.get("thing", "")
        reviews = self.effect.reviews.filter(kind=kind, thing=thing)
        [found] = things_of(reviews, request.user) or [None]
        if found is None or not found.title:
            raise Http404
        if not found.may_confirm:
            raise PermissionDenied
        form = NoteForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(
                self.get_context_data(typed={(kind, thing): form}), status=422
            )
        settled = impact_reviews.confirm(
            kind, thing, by=request.user, note=form.cleaned_data["note"], effect=self.effect
        )
        if settled:
            messages.success(
                request,
                ngettext(
                    "“%(title)s” is still right: its banner is gone.",
                    "“%(title)s” is still right: its banner is gone in %(count)s languages.",
                    settled,
                )
                % {"title": found.title, "count": settled},
            )
        else:
            messages.warning(
                request, _("Somebody was first: “%(title)s” is not open.") % {"title": found.title}
            )
        return redirect(request.get_full_path())

    def get_page_title(self):
        return self.effect.told

    def get_breadcrumbs_items(self):
        return trail(self, "law_changes:index", CHANGES, self.effect.told)

    def get_context_data(self, typed=None, **kwargs):
        effect = self.effect
        form = ItemsForm(self.request.GET, user=self.request.user)
        page = page_of(self.keys(form), self.request, self.PER_PAGE, "p")
        reviews = (
            effect.reviews.filter(thing__in={thing for _kind, thing, _open in page})
            .select_related("done_by", "seen", "effect__after")
            .order_by("kind", "thing", "pk")
        )
        things = {(one.kind_key, one.key): one for one in things_of(reviews, self.request.user)}
        shown = [things[kind, thing] for kind, thing, _open in page]
        for thing in shown:
            key = (thing.kind_key, thing.key)
            if thing.is_open and thing.may_confirm:
                thing.form = (typed or {}).get(key) or NoteForm(auto_id=f"%s-{key[0]}-{key[1]}")
        return super().get_context_data(
            effect=effect,
            finlex=finlex.as_given(effect.amendment, current_language()),
            figures=figures.of(form.narrow(effect.reviews.all())),
            whole=figures.of(effect.reviews.all()),
            mine=form.chosen["owner"] == MINE,
            texts=compared(effect),
            new_alone=effect.before is None and not effect.adds,
            form=form,
            things=shown,
            page=page,
            elided=list(page.paginator.get_elided_page_range(page.number)),
            any_review=bool(shown) or effect.reviews.exists(),
            **kwargs,
        )

    def keys(self, form):
        """Kind and key of each chosen thing, those that wait first."""
        waiting = Count("pk", filter=Q(state=ImpactReview.State.OPEN))
        keys = (
            form.narrow(self.effect.reviews.all())
            .order_by()
            .values_list("kind", "thing")
            .annotate(waiting=waiting)
        )
        if form.chosen["state"] == OPEN:
            keys = keys.filter(waiting__gt=0)
        elif form.chosen["state"] == DONE:
            keys = keys.filter(waiting=0)
        return keys.order_by(F("waiting").desc(), "kind", "thing")


class MyReviewsMenuItem(MenuItem):
    """The menu's way to the work lists, with how many things wait for the person's teams."""

    def render_component(self, request):
        mine = ImpactReview.objects.filter(
            state=ImpactReview.State.OPEN, owner__in=roles_of(request.user)
        )
        return counting(super().render_component(request), figures.of(mine).open)


class LawChanges(ViewSet):
    name = "law_changes"
    url_prefix = "law-changes"
    icon = "doc-full-inverse"
    menu_label = CHANGES
    menu_item_class = MyReviewsMenuItem
    menu_order = 240
    add_to_admin_menu = True

    def get_urlpatterns(self):
        return [
            path("", ListView.as_view(), name="index"),
            path("several/", SeveralView.as_view(), name="several"),
            path("<int:pk>/", ChangeView.as_view(), name="change"),
        ]


class HomePanel(Component):
    """On the first page of /cms/: what each team has left to check after changes of the law."""

    order = 50
    template_name = "law/cms/panel.html"

    def get_context_data(self, parent_context):
        return {"teams": figures.of_teams(parent_context["request"].user)}
