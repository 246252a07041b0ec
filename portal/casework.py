"""Cases in /cms/: a queue of what waits, a page of one, and the moves that lead on from it.

A room makes a `CaseViewSet` of its model with a queue and a `CaseView`, and says there which moves
there are; the services that make them ask themselves whether they can be made.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Choices, Count, Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.functional import Promise, cached_property
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.views import generic
from wagtail.log_actions import registry
from wagtail.permission_policies.base import BasePermissionPolicy

from portal.cms import FewerViews, counting

Words = str | Promise


class DayInput(forms.DateInput):
    """The browser's own choice of a day: the page of a case has no scripts of Wagtail's forms."""

    input_type = "date"

    def __init__(self):
        super().__init__(format="%Y-%m-%d")


@dataclass(frozen=True, kw_only=True)
class Move:
    """What can be done to a case: a button, with a form when it needs words.

    `make` is the service, called with the case, `by` and what was typed, and when it `expects` the
    case as it was read, with the version token as `expect`; `done` is said when it went well. It is
    offered while the case can become `to` (always without): in a panel with `heading` and `icon`,
    or bare without them; `hint` gives a line above the form.
    """

    make: Callable[..., object]
    done: Words
    to: str = ""
    expects: bool = False
    button: Words = ""
    form: Callable[..., forms.Form] | None = None
    heading: Words = ""
    icon: str = ""
    hint: Callable[[Any], str] | None = None
    secondary: bool = False


@dataclass(frozen=True)
class Offered:
    """A move that can be made of this case now, as templates/cms/moves.html shows it."""

    name: str
    move: Move
    form: forms.Form | None
    hint: str


class CaseView(generic.InspectView):
    """One case with its log; POST makes one of `moves`, which the field `move_field` names.

    Words that are missing are asked for again on the page (`invalid_status`). What the service
    refuses is said in the words of `refusals`, on the case as it now stands. 403 for a move that
    there is not, or that is not for the person (`may_make`); 404 for a case that is not in
    `get_queryset`.
    """

    moves: ClassVar[Mapping[str, Move]] = {}
    refusals: ClassVar[Mapping[type[Exception], Words]] = {}
    move_field = "move"
    invalid_status = 422

    def get_fields(self):
        return []

    def get_queryset(self) -> QuerySet:
        """The cases that the person may see, with what the page shows of them."""
        return self.model._default_manager.all()

    def get_object(self, queryset=None):
        return get_object_or_404(self.get_queryset(), pk=self.pk)

    def may_make(self, name: str) -> bool:
        """Whether the move is one for the person at all."""
        return name in self.moves

    @property
    def possible(self) -> list[str]:
        """The names of the moves that the page offers."""
        return [
            name
            for name, move in self.moves.items()
            if not move.to or self.object.can_become(move.to)
        ]

    @cached_property
    def forms(self) -> dict[str, forms.Form]:
        """The forms of the moves, by name; the one that was sent with what was typed in it."""
        sent = self.request.POST.get(self.move_field)
        return {
            name: move.form(self.request.POST if name == sent else None)
            for name, move in self.moves.items()
            if move.form
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        name = request.POST.get(self.move_field, "")
        if not self.may_make(name):
            raise PermissionDenied
        form = self.forms.get(name)
        if form is not None and not form.is_valid():
            return self.render_to_response(self.get_context_data(), status=self.invalid_status)
        try:
            self.make(name, form.cleaned_data if form else {})
        except tuple(self.refusals) as refusal:
            messages.error(request, str(self.in_words(refusal)))
        else:
            messages.success(request, str(self.moves[name].done))
        return redirect(request.path)

    def make(self, name: str, typed: dict[str, Any]) -> None:
        """Call the service of the move."""
        move = self.moves[name]
        if move.expects:
            typed = {**typed, "expect": self.request.POST.get("seen") or None}
        move.make(self.object, by=self.request.user, **typed)

    def in_words(self, refusal: Exception) -> Words:
        """What is said to whoever was refused."""
        return self.refusals[type(refusal)]

    def get_history(self):
        """What has been done to the case, the latest first."""
        return registry.get_logs_for_instance(self.object).select_related("user")

    def get_context_data(self, **kwargs):
        offered = [
            Offered(name, move, self.forms.get(name), move.hint(self.object) if move.hint else "")
            for name, move in self.moves.items()
            if name in self.possible
        ]
        context = {
            "case": self.object,
            "moves": offered,
            "move_field": self.move_field,
            "forms": self.forms,
            "history": self.get_history(),
            **kwargs,
        }
        return super().get_context_data(**context)


class CasePolicy(BasePermissionPolicy):
    """Whoever passes `rule` sees the cases; they are made and moved elsewhere."""

    def __init__(self, model: type[Model], rule: Callable[[Any], bool]) -> None:
        super().__init__(model)
        self.rule = rule

    def user_has_permission(self, user, action):
        return action == "view" and self.rule(user)


class CountingFilters(WagtailFilterSet):
    """What narrows a queue; each choice of the filters in `counted` says how many cases it has."""

    counted: ClassVar[Mapping[str, type[Choices]]] = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, words in self.counted.items():
            column = self.filters[name].field_name
            rows = self._meta.model._default_manager.order_by().values_list(column)
            counts = dict(rows.annotate(number=Count("pk")))
            self.filters[name].extra["choices"] = [
                (value, f"{label} ({counts.get(value, 0)})") for value, label in words.choices
            ]


class CaseMenuItem(MenuItem):
    """The way to a queue, for whom it is for, with how many of its cases wait for the person."""

    desk: "CaseViewSet"

    def is_shown(self, request):
        return self.desk.is_for(request.user)

    def render_component(self, request):
        return counting(super().render_component(request), self.desk.waiting(request.user))


class CaseViewSet(FewerViews):
    """A queue and a page of each case, and no way to write the rows but by their moves.

    `permission` is what whoever works on the cases may do with the model, in the terms of the
    permission policy. A queue with `list_export` is to be had as CSV too.
    """

    permission = "view"
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    inspect_view_enabled = True
    search_backend_name = None
    form_fields: ClassVar[list[str]] = []
    WITHOUT: tuple[str, ...] = ("add", "edit", "delete", "history", "usage")

    def is_for(self, user) -> bool:
        return self.permission_policy.user_has_permission(user, self.permission)

    def waiting(self, user) -> int:
        """How many cases wait for the person; the badge in the menu."""
        return 0

    def more_urls(self) -> list[URLPattern]:
        """Pages of the room's own beside the queue."""
        return []

    def get_menu_item(self, order=None):
        item = super().get_menu_item(order)
        item.desk = self
        return item

    @property
    def menu_item_class(self):
        return CaseMenuItem

    def get_common_view_kwargs(self, **kwargs):
        return super().get_common_view_kwargs(
            **{
                "inspect_url_name": self.get_url_name("inspect"),
                "any_permission_required": [self.permission],
                **kwargs,
            }
        )

    def get_urlpatterns(self):
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            *self.more_urls(),
            path("<int:pk>/", self.inspect_view, name="inspect"),
        ]
