"""The plain summaries of sections: the list, and a form with the three languages."""

from functools import partial

from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic

from law import summaries, timeline
from law.models import Section
from portal.cms import FewerViews
from portal.concurrency import Stale, VersionedForm

IN_LANGUAGE = {"fi": _("In Finnish"), "sv": _("In Swedish"), "en": _("In English")}


def written(code: str, section: Section) -> str:
    """Whether the section has a summary in a language, in words."""
    return gettext("Written") if getattr(section, f"summary_{code}") else gettext("Missing")


def _standing(section: Section) -> str:
    """In force, repealed, or from when it comes or goes."""
    amendments = {one.reference: one for one in section.act.amendments.all()}
    label = timeline.label_of(section, amendments)
    return label[0] if label else str(section.standing)


class SummaryList(generic.IndexView):
    """Sections in the order of the Act; those who may edit them see the list."""

    any_permission_required = ["change"]
    page_title = _("Summaries of sections")

    def get_base_queryset(self):
        sections = Section.objects.visible_to(self.request.user)
        return sections.select_related("act", "chapter").prefetch_related("act__amendments")

    def order_queryset(self, queryset):
        return queryset.order_by("act", "position")

    @cached_property
    def columns(self):
        return [
            TitleColumn("label", label=_("Section"), get_url=self.get_edit_url),
            Column("name", label=_("Heading")),
            Column("act", label=_("Act"), accessor="act.reference"),
            Column("standing", label=_("Status"), accessor=_standing),
            *(
                Column(f"summary_{code}", label=label, accessor=partial(written, code))
                for code, label in IN_LANGUAGE.items()
            ),
        ]


class SummaryForm(generic.EditView):
    """The three summaries of a section; what is saved is logged.

    When somebody has saved other words since the form was opened (`seen`), nothing is saved, and
    both are shown: 422.
    """

    template_name = "law/cms/summary.html"

    def get_queryset(self):
        return Section.objects.visible_to(self.request.user).select_related("act", "chapter")

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except Stale:
            self.object.refresh_from_db()
            self.form = form.over(self.object)
            overtaken = self.get_context_data(stale=True, differences=self.form.differences())
            return self.render_to_response(overtaken, status=422)

    def save_instance(self):
        typed = self.form.cleaned_data
        self.has_content_changes = summaries.write(
            self.object,
            {name: typed[name].replace("\r\n", "\n") for name in Section.SUMMARIES},
            by=self.request.user,
            expect=typed["seen"],
        )
        return self.object


class SummaryWords(VersionedForm, WagtailAdminModelForm):
    """The words of the three summaries, and which ones were there when it was opened."""


class SectionSummaries(FewerViews):
    """Sections come by import; here their summaries alone are written."""

    model = Section
    name = "law_summaries"
    url_prefix = "law-summaries"
    icon = "edit"
    menu_label = _("Summaries of sections")
    menu_order = 242
    add_to_admin_menu = True
    index_view_class = SummaryList
    edit_view_class = SummaryForm
    inspect_view_enabled = False
    copy_view_enabled = False
    WITHOUT = ("add", "delete", "usage")
    list_per_page = 120
    search_fields = ["number", "name_fi", "name_sv", "name_en"]
    search_backend_name = None
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [FieldPanel(name) for name in Section.SUMMARIES],
                _("Plain summary"),
                help_text=_(
                    "A few plain sentences in each language on what the section means for the"
                    " reader. Not the words of the Act: those are imported."
                ),
            )
        ],
        base_form_class=SummaryWords,
    )
