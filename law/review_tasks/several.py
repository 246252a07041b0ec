"""Several checks at once: those of one amending act, or of one page, with what each rests on."""

from itertools import groupby

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from law import impact_reviews
from law.models import Amendment, ImpactReview
from portal.cms import trail
from portal.errors import BadParameter

from .changes import compared
from .forms import NoteForm
from .items import things_of

CHANGES = gettext_lazy("Law changes")
MOST = 200


class SeveralView(WagtailAdminTemplateMixin, TemplateView):
    """The open checks of `?amendment=1`, or of `?kind=guidance&thing=1`, that one may confirm.

    Each change stands with its marked words, and each thing that rests on it with a box. POST
    confirms what was ticked in `pick`, all or nothing: nothing when the words of one of the changes
    are others than those that the person had before them.
    """

    template_name = "law/cms/several.html"
    header_icon = "check"
    page_title = gettext_lazy("Confirm several")

    def get_breadcrumbs_items(self):
        return trail(self, "law_changes:index", CHANGES, self.page_title)

    def reviews(self):
        """Raises Http404 for an amendment that is none, BadParameter when nothing is asked for."""
        chosen = self.request.GET
        waiting = ImpactReview.objects.filter(state=ImpactReview.State.OPEN)
        if amendment := chosen.get("amendment"):
            if not amendment.isdecimal() or len(amendment) > 9:
                raise BadParameter("amendment", amendment)
            get_object_or_404(Amendment, pk=amendment)
            waiting = waiting.filter(effect__amendment=amendment)
        elif chosen.get("kind") and chosen.get("thing"):
            waiting = waiting.filter(kind=chosen["kind"], thing=chosen["thing"])
        else:
            raise BadParameter("amendment", "")
        return waiting.select_related(
            "effect__section__act", "effect__amendment__act", "effect__before", "effect__after"
        ).order_by("effect__section__position", "effect__day", "effect", "kind", "thing", "pk")

    def groups(self):
        """Each change with the things that the person may confirm of it: as many as MOST."""
        reviews = list(self.reviews())
        things = {(one.kind_key, one.key): one for one in things_of(reviews, self.request.user)}
        found, count = [], 0
        for effect, of_effect in groupby(reviews, key=lambda review: review.effect):
            token = impact_reviews.token_of(effect)
            picks = []
            for key, same in groupby(of_effect, key=lambda review: (review.kind, review.thing)):
                thing = things[key]
                if thing.title and thing.may_confirm and count < MOST:
                    value = "/".join((str(effect.pk), *key, token))
                    picks.append((value, thing, [one.pk for one in same]))
                    count += 1
            if picks:
                found.append((effect, picks))
        return found

    def get_context_data(self, **kwargs):
        groups = [(effect, compared(effect), picks) for effect, picks in self.groups()]
        kwargs.setdefault("form", NoteForm())
        kwargs.setdefault("picked", [])
        return super().get_context_data(groups=groups, **kwargs)

    def post(self, request, *args, **kwargs):
        form, picked = NoteForm(request.POST), request.POST.getlist("pick")
        offered = {value: pks for _effect, picks in self.groups() for value, _thing, pks in picks}
        problem = ""
        if not picked:
            problem = _("Tick what you have checked.")
        elif unknown := set(picked) - set(offered):
            self.refuse_strangers(unknown)
            problem = _("Somebody was first, or the words have changed: look at the list again.")
        if problem or not form.is_valid():
            if problem:
                messages.error(request, problem)
            context = self.get_context_data(form=form, picked=picked)
            return self.render_to_response(context, status=422)
        settled = impact_reviews.confirm_several(
            [pk for value in picked for pk in offered[value]],
            by=request.user,
            note=form.cleaned_data["note"],
        )
        messages.success(
            request,
            ngettext(
                "%(count)s check is done: its banner is gone.",
                "%(count)s checks are done: their banners are gone.",
                settled,
            )
            % {"count": settled},
        )
        return redirect(reverse("law_changes:index"))

    def refuse_strangers(self, picked):
        """Raises PermissionDenied for a thing that the person may not confirm, Http404 for none."""
        for value in picked:
            effect, kind, thing = [*value.split("/"), "", "", ""][:3]
            if not effect.isdecimal() or len(effect) > 9:
                raise Http404
            reviews = ImpactReview.objects.filter(effect=effect, kind=kind, thing=thing)
            [found] = things_of(reviews, self.request.user) or [None]
            if found is None or not found.title:
                raise Http404
            if not found.may_confirm:
                raise PermissionDenied
