"""Wordings that a script put together: a lawyer compares each and says that it is right."""

from django.core.exceptions import PermissionDenied
from django.db.models import Case, F, When
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet
from wagtail.models import ModelLogEntry

from law import finlex, services, timeline, wordings
from law.models import SectionVersion
from portal.cms import counting, trail
from portal.concurrency import Stale
from portal.languages import current_language
from portal.paging import page_of

from .forms import WordingForm

CHECK = "law.check_sectionversion"
WORDINGS = gettext_lazy("Wordings to check")


class ForLawyers(WagtailAdminTemplateMixin):
    """Only for those who may check wordings."""

    header_icon = "check"

    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_perm(CHECK):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


def in_line():
    """The wordings that wait, in the order of the Act; those that never were in force come last."""
    never = Case(When(valid_to__lt=F("valid_from"), then=True), default=False)
    return (
        SectionVersion.objects.needs_legal_review()
        .annotate(never=never)
        .order_by("never", "section__act", "section__position", "valid_from", "pk")
    )


class ListView(ForLawyers, TemplateView):
    """Those that wait, in the order of the Act; `?p=` is the page."""

    PER_PAGE = 100
    template_name = "law/cms/wordings.html"
    page_title = WORDINGS

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": WORDINGS}]

    def get_context_data(self, **kwargs):
        waiting = in_line().select_related("section__act", "amendment").defer("text_fi", "text_sv")
        page = page_of(waiting, self.request, self.PER_PAGE, "p")
        elided = list(page.paginator.get_elided_page_range(page.number))
        rows = [(version, *timeline.standing(version)) for version in page]
        return super().get_context_data(page=page, elided=elided, rows=rows, **kwargs)


class WordingView(ForLawyers, TemplateView):
    """One wording: what changed, and the text in both languages to be confirmed or corrected.

    POST says that the text of the form is right; what was changed in it is saved with that, and
    `next` in it opens the one that waits after this. When somebody has saved other words since the
    form was opened (`seen`), nothing is saved, and both are shown: 422.
    """

    template_name = "law/cms/wording.html"

    def dispatch(self, request, *args, **kwargs):
        self.version = get_object_or_404(
            SectionVersion.objects.select_related(
                "section__act", "section__chapter", "amendment", "checked_by"
            ),
            pk=kwargs["pk"],
        )
        self.form = WordingForm(instance=self.version)
        return super().dispatch(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        self.form = WordingForm(request.POST, instance=self.version)
        if self.form.is_stale:
            return self.overtaken()
        if not self.form.is_valid():
            self.version.refresh_from_db()
            return self.render_to_response(self.get_context_data(), status=422)
        _place, _count, following = self.place()
        try:
            services.check_wording(
                self.version,
                self.form.words,
                by=request.user,
                expect=self.form.cleaned_data["seen"],
            )
        except Stale:
            return self.overtaken()
        messages.success(
            request,
            _("The corrected wording is saved as checked.")
            if self.form.corrects
            else _("The wording is marked as checked."),
        )
        if "next" in request.POST and following:
            return redirect("law_wordings:wording", following)
        return redirect("law_wordings:index")

    def overtaken(self):
        """What somebody else has saved, beside what was typed: sent again, that takes its place."""
        self.version.refresh_from_db()
        self.form = self.form.over(self.version)
        context = self.get_context_data(stale=True, differences=self.form.differences())
        return self.render_to_response(context, status=422)

    def place(self) -> tuple[int, int, int | None]:
        """Which of those that wait it is (0 for none), of how many, and the next one's pk."""
        waiting = list(in_line().values_list("pk", flat=True))
        here = waiting.index(self.version.pk) if self.version.pk in waiting else -1
        others = [pk for pk in waiting[here + 1 :] + waiting if pk != self.version.pk]
        return here + 1, len(waiting), others[0] if others else None

    def get_page_title(self):
        section = self.version.section
        return f"{section.act.reference}, {section.label}"

    def get_breadcrumbs_items(self):
        return trail(self, "law_wordings:index", WORDINGS, self.get_page_title())

    def get_context_data(self, **kwargs):
        version = self.version
        versions = wordings.of_section(version.section)
        place = next(index for index, one in enumerate(versions) if one.pk == version.pk)
        before = versions[place - 1] if place else None
        place, count, following = self.place()
        texts = [
            (
                language,
                name,
                timeline.compared(before, version, language),
                timeline.only(before, version, language) if before else "",
            )
            for language, name in (("fi", _("In Finnish")), ("sv", _("In Swedish")))
            if getattr(version, f"text_{language}")
        ]
        given = version.amendment or version.section.act
        return super().get_context_data(
            version=version,
            before=before,
            place=place,
            count=count,
            following=following,
            standing=timeline.standing(version)[0],
            texts=texts,
            form=self.form,
            act_given=given,
            in_finlex=[
                (name, finlex.as_given(given, language))
                for language, name in (("fi", _("in Finnish")), ("sv", _("in Swedish")))
            ],
            consolidated=finlex.section_of(version.section, current_language()),
            log=ModelLogEntry.objects.for_instance(version).select_related("user"),
            **kwargs,
        )


class WordingsMenuItem(MenuItem):
    """Says how many wait, to those who check them."""

    def is_shown(self, request):
        return request.user.has_perm(CHECK)

    def render_component(self, request):
        waiting = SectionVersion.objects.needs_legal_review().count()
        return counting(super().render_component(request), waiting)


class Wordings(ViewSet):
    name = "law_wordings"
    url_prefix = "law-wordings"
    icon = "check"
    menu_label = WORDINGS
    menu_item_class = WordingsMenuItem
    menu_order = 241
    add_to_admin_menu = True

    def get_urlpatterns(self):
        return [
            path("", ListView.as_view(), name="index"),
            path("<int:pk>/", WordingView.as_view(), name="wording"),
        ]
