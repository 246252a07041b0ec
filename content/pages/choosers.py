"""How an editor picks a section of the law: in a block, and as a link in running text."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import chooser as views
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.blocks import ChooserBlock

from law import citations
from law.models import Act, Chapter, Section
from portal.languages import unbroken
from portal.linguistics.typed import mentioning


class SectionFilterForm(BaseFilterForm):
    """Sections by number (`14`, `32 a`) or by a word of the heading in any language."""

    q = forms.CharField(label=_("Number or a word of the heading"), required=False)

    def filter(self, objects):
        words = self.cleaned_data["q"].strip()
        if not words:
            return objects
        self.is_searching, self.search_query = True, words
        numbers, others = citations.apart(words)
        if numbers and not others:
            return objects.filter(number__in=numbers)
        named = mentioning(objects, words, lambda section: section.names)
        return objects.filter(pk__in=[section.pk for section in named])


class NameFilterForm(BaseFilterForm):
    """Chapters or acts by a word of the name in any language, or by the number."""

    q = forms.CharField(label=_("Number or a word of the name"), required=False)

    def filter(self, objects):
        words = self.cleaned_data["q"].strip()
        if not words:
            return objects
        self.is_searching, self.search_query = True, words
        named = mentioning(
            objects, words, lambda one: f"{one.number} {one.name_fi} {one.name_sv} {one.name_en}"
        )
        return objects.filter(pk__in=[one.pk for one in named])


class SectionsInOrder:
    """The list of the chooser: sections with their act, in the order of the law."""

    filter_form_class = SectionFilterForm

    def get_object_list(self):
        return Section.objects.select_related("act")

    def apply_object_list_ordering(self, objects):
        return objects

    @property
    def columns(self):
        return [
            *super().columns,
            Column("status", label=_("Status"), accessor="get_status_display"),
        ]


class ChooseView(SectionsInOrder, views.ChooseView):
    pass


class ChooseResultsView(SectionsInOrder, views.ChooseResultsView):
    pass


class ChosenResponse:
    """What the editor's page gets of a chosen section: enough to make a link of it."""

    def get_chosen_response_data(self, item, **kwargs):
        return super().get_chosen_response_data(item, **kwargs) | {
            "ref": f"{item.act.reference}:{item.number}",
            "url": item.get_absolute_url(),
            "words": item.label if item.is_annex else unbroken(f"{item.shown_number} §"),
        }


class ChosenView(ChosenResponse, views.ChosenView):
    pass


class ChosenMultipleView(ChosenResponse, views.ChosenMultipleView):
    pass


class SectionsWithTheirActs(ChooserBlock):
    """Sections are shown with a link, which their act is part of."""

    def bulk_to_python(self, values):
        sections = Section.objects.select_related("act").in_bulk(values)
        return [sections.get(value) for value in values]


class SectionChooserViewSet(ChooserViewSet):
    model = Section
    icon = "doc-full-inverse"
    choose_one_text = _("Choose a section")
    choose_another_text = _("Choose another section")
    per_page = 20
    choose_view_class = ChooseView
    choose_results_view_class = ChooseResultsView
    chosen_view_class = ChosenView
    chosen_multiple_view_class = ChosenMultipleView
    base_block_class = SectionsWithTheirActs

    def get_urlpatterns(self):
        """Sections come from the law; none is made here."""
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "create"]


section_chooser = SectionChooserViewSet("section_chooser")
SectionChooserBlock = section_chooser.get_block_class(
    name="SectionChooserBlock", module_path="content.pages.choosers"
)


class NamedLaw:
    """The list of a chooser of chapters or acts, found by the words of their names."""

    filter_form_class = NameFilterForm

    def apply_object_list_ordering(self, objects):
        return objects


class ChooseNamedView(NamedLaw, views.ChooseView):
    pass


class ChooseNamedResultsView(NamedLaw, views.ChooseResultsView):
    pass


class ChosenWhole:
    """What the editor's page gets of a chosen chapter or act: enough to make a link of it."""

    def get_chosen_response_data(self, item, **kwargs):
        act, chapter = (item.act, item) if isinstance(item, Chapter) else (item, None)
        return super().get_chosen_response_data(item, **kwargs) | {
            "ref": f"{act.reference}:{chapter.key}" if chapter else act.reference,
            "url": item.get_absolute_url(),
            "words": unbroken(chapter.label if chapter else act.title),
        }


class ChosenWholeView(ChosenWhole, views.ChosenView):
    pass


class ChosenWholesView(ChosenWhole, views.ChosenMultipleView):
    pass


class WithTheirAct(ChooserBlock):
    """Chapters are shown with a link, which their act is part of."""

    def bulk_to_python(self, values):
        rows = self.model_class.objects.all()
        if self.model_class is Chapter:
            rows = rows.select_related("act")
        found = rows.in_bulk(values)
        return [found.get(value) for value in values]


class WholeLawChooserViewSet(ChooserViewSet):
    icon = "doc-full-inverse"
    per_page = 20
    choose_view_class = ChooseNamedView
    choose_results_view_class = ChooseNamedResultsView
    chosen_view_class = ChosenWholeView
    chosen_multiple_view_class = ChosenWholesView
    base_block_class = WithTheirAct

    def get_urlpatterns(self):
        """They come from the law; none is made here."""
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "create"]


class ChapterChooserViewSet(WholeLawChooserViewSet):
    model = Chapter
    choose_one_text = _("Choose a chapter")
    choose_another_text = _("Choose another chapter")


class ActChooserViewSet(WholeLawChooserViewSet):
    model = Act
    choose_one_text = _("Choose an act or a decree")
    choose_another_text = _("Choose another act or decree")


chapter_chooser = ChapterChooserViewSet("chapter_chooser")
act_chooser = ActChooserViewSet("act_chooser")
ChapterChooserBlock = chapter_chooser.get_block_class(
    name="ChapterChooserBlock", module_path="content.pages.choosers"
)
ActChooserBlock = act_chooser.get_block_class(
    name="ActChooserBlock", module_path="content.pages.choosers"
)
