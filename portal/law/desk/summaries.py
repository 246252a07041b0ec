"""The plain summaries of sections: the list, and a form with the three languages."""

from functools import partial

from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from portal.law import impact, summaries, timeline
from portal.law.models import Section

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
    """The three summaries of a section; what is saved is logged."""

    def get_queryset(self):
        return Section.objects.visible_to(self.request.user).select_related("act", "chapter")

    def save_instance(self):
        """What changed the words also settles the checks that a change of the law opened."""
        section = super().save_instance()
        if self.form.has_changed():
            impact.changed(summaries.KEY, str(section.pk), by=self.request.user)
        return section


class SectionSummaries(ModelViewSet):
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
    list_per_page = 120
    search_fields = ["number", "name_fi", "name_sv", "name_en"]
    search_backend_name = None
    panels = [
        MultiFieldPanel(
            [FieldPanel("summary_fi"), FieldPanel("summary_sv"), FieldPanel("summary_en")],
            _("Plain summary"),
            help_text=_(
                "A few plain sentences in each language on what the section means for the reader."
                " Not the words of the Act: those are imported."
            ),
        )
    ]

    def get_common_view_kwargs(self, **kwargs):
        return super().get_common_view_kwargs(
            **{"add_url_name": None, "delete_url_name": None, "usage_url_name": None, **kwargs}
        )

    def get_urlpatterns(self):
        left_out = {"add", "delete", "usage"}
        return [one for one in super().get_urlpatterns() if one.name not in left_out]
