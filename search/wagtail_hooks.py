"""How editors steer the search in /cms/: synonyms, pins, and what was searched in vain."""

from urllib.parse import urlencode

from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views.generic import IndexView
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import (
    CreateView,
    InspectView,
    SnippetViewSet,
    SnippetViewSetGroup,
)

from search import empty_searches
from search.models import EmptySearch, SearchPin, SearchSynonym
from search.previews import preview

IN_CHARGE = gettext_lazy("Person in charge")
FILLED_IN = ("language", "words")  # fields of a new row that an address may fill in


class Owned(CreateView):
    """A new row belongs to who makes it; the address may fill in what it is about."""

    def get_initial_form_instance(self):
        given = {name: self.request.GET[name] for name in FILLED_IN if name in self.request.GET}
        return self.model(**given)

    def save_instance(self):
        self.form.instance.owner = self.request.user
        return super().save_instance()


class WhatItChanges(InspectView):
    """A row, and what it changes on the gold set's tuning half and on what found nothing."""

    def get_field_label(self, field_name, field):
        return IN_CHARGE if field_name == "owner" else super().get_field_label(field_name, field)

    def get_field_display_value(self, field_name, field):
        value = super().get_field_display_value(field_name, field)
        if value is None:
            return "–"
        return value if not isinstance(value, bool) else _("Yes") if value else _("No")

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"preview": preview(self.object)}


class Synonyms(SnippetViewSet):
    model = SearchSynonym
    icon = "link"
    menu_label = gettext_lazy("Synonyms")
    list_display = [
        "words",
        "means",
        "language",
        BooleanColumn("in_use", label=gettext_lazy("In use")),
        "ends_on",
        Column("owner", label=IN_CHARGE),
    ]
    list_filter = ["language", "in_use", "retired"]
    search_fields = ["words", "means"]
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_class = WhatItChanges
    inspect_template_name = "search/cms/inspect.html"
    inspect_view_fields = ["words", "means", "retired", "reason", "owner", "ends_on", "in_use"]
    add_view_class = Owned
    panels = [
        FieldPanel("language"),
        FieldPanel("words"),
        FieldPanel("means"),
        FieldPanel("retired"),
        FieldPanel("reason"),
        FieldRowPanel([FieldPanel("in_use"), FieldPanel("ends_on")]),
    ]


class Pins(SnippetViewSet):
    model = SearchPin
    icon = "thumbtack"
    menu_label = gettext_lazy("Pins")
    list_display = [
        "words",
        "address",
        "language",
        BooleanColumn("in_use", label=gettext_lazy("In use")),
        "ends_on",
        Column("owner", label=IN_CHARGE),
        BooleanColumn("is_there", label=gettext_lazy("Can be found")),
    ]
    list_filter = ["language", "in_use"]
    search_fields = ["words", "address"]
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_class = WhatItChanges
    inspect_template_name = "search/cms/inspect.html"
    inspect_view_fields = ["words", "address", "reason", "owner", "ends_on", "in_use"]
    add_view_class = Owned
    panels = [
        FieldPanel("language"),
        FieldPanel("words"),
        FieldPanel("address"),
        FieldPanel("reason"),
        FieldRowPanel([FieldPanel("in_use"), FieldPanel("ends_on")]),
    ]


class Looked(ModelPermissionPolicy):
    """Whoever may add synonyms looks at the list; nobody writes in it."""

    def user_has_permission(self, user, action):
        return action == "view" and user.has_perm("search.add_searchsynonym")

    def user_has_any_permission(self, user, actions):
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user, action, instance):
        return self.user_has_permission(user, action)


class InVain(IndexView):
    """What was searched often enough to be shown, the newest week first."""

    def get_base_queryset(self):
        return EmptySearch.objects.filter(count__gte=empty_searches.SHOWN_FROM).exclude(words="")


class Remedy(Column):
    """A link that makes a synonym of what was searched."""

    def get_value(self, instance):
        given = urlencode({"language": instance.language, "words": instance.words})
        address = reverse(Synonyms().get_url_name("add"))
        return format_html('<a href="{}?{}">{}</a>', address, given, _("Make it a synonym"))


class EmptySearches(SnippetViewSet):
    model = EmptySearch
    icon = "search"
    menu_label = gettext_lazy("Nothing found")
    list_display = [
        "words",
        "language",
        "week",
        "count",
        Remedy("remedy", label=gettext_lazy("What to do")),
    ]
    list_filter = ["language", "week"]
    index_view_class = InVain
    permission_policy = Looked(EmptySearch)
    copy_view_enabled = False
    form_fields: list[str] = []

    def register_permissions(self):
        """Nothing to hand out."""

    def get_urlpatterns(self):
        return [
            path("", self.index_view, name="list"),
            path("results/", self.index_results_view, name="list_results"),
        ]


class Steering(SnippetViewSetGroup):
    menu_label = gettext_lazy("Search")
    menu_icon = "search"
    menu_order = 330
    items = (Synonyms, Pins, EmptySearches)


register_snippet(Steering)
