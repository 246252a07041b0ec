"""The board in /cms/: page by language; those who may order choose pages and order them at once."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Locale, Page

from content.pages.models import Keeper
from content.translation import board, services
from content.translation.models import TranslationOrder
from content.translation.permissions import languages_of, may_order, translators
from portal.accounts.models import User

ON_A_PAGE = 25


def admitted(user) -> bool:
    """Who meets the board: those who order translations, and those who make them."""
    return may_order(user) or bool(languages_of(user))


class Filters(forms.Form):
    """What of the board is shown; what cannot be read is left out."""

    q = forms.CharField(label=gettext_lazy("Title"), required=False, max_length=100)
    keeper = forms.ChoiceField(
        label=gettext_lazy("Kept up to date by"),
        required=False,
        choices=[("", gettext_lazy("All")), *Keeper.choices],
    )
    work = forms.ChoiceField(
        label=gettext_lazy("Work"),
        required=False,
        choices=[
            ("", gettext_lazy("All pages")),
            ("mine", gettext_lazy("Waits for me")),
            ("ordered", gettext_lazy("Ordered")),
            ("late", gettext_lazy("Late")),
        ],
    )


class OrderForm(forms.Form):
    """Pages, languages, and by when; or why a translation is not needed."""

    pages = forms.ModelMultipleChoiceField(
        Page.objects.none(),
        error_messages={"required": gettext_lazy("Choose at least one page of the list.")},
    )
    locales = forms.ModelMultipleChoiceField(
        Locale.objects.all(),
        label=gettext_lazy("Languages"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one language.")},
    )
    due = forms.DateField(
        label=gettext_lazy("Wanted by"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    assignee = forms.ModelChoiceField(
        User.objects.none(), label=gettext_lazy("Translator"), required=False
    )
    reason = forms.CharField(
        label=gettext_lazy("Not needed because"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Only when no translation is wanted: say why."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["pages"].queryset = board.originals()
        known = {one.pk for code in ("fi", "sv", "en") for one in translators(code)}
        self.fields["assignee"].queryset = User.objects.filter(pk__in=known)
        self.fields["assignee"].empty_label = _("Whoever takes it")

    def clean_due(self):
        due = self.cleaned_data["due"]
        if due and due < timezone.localdate():
            raise forms.ValidationError(_("The day has gone by."))
        return due


class BoardView(WagtailAdminTemplateMixin, TemplateView):
    """GET: the board, `ON_A_PAGE` originals a page, the statutory first. POST: an order of many.

    For those who order or make translations; only the first may POST. 403 for others.
    """

    template_name = "translation/board.html"
    page_title = gettext_lazy("Translations")
    header_icon = "wagtail-localize-language"

    def dispatch(self, request, *args, **kwargs):
        if not admitted(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def post(self, request, *args, **kwargs):
        if not may_order(request.user):
            raise PermissionDenied
        form = OrderForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        said = form.cleaned_data
        with transaction.atomic():
            for page in said["pages"]:
                if said["reason"]:
                    for locale in said["locales"]:
                        services.not_needed(page, locale, said["reason"], by=request.user)
                else:
                    services.order(
                        page,
                        said["locales"],
                        by=request.user,
                        due=said["due"],
                        assignee=said["assignee"],
                    )
        number = len(said["pages"])
        done = (
            ngettext("%(number)s page needs no translation.", "%(number)s pages need none.", number)
            if said["reason"]
            else ngettext("%(number)s page is ordered.", "%(number)s pages are ordered.", number)
        )
        messages.success(request, done % {"number": number})
        return redirect(request.get_full_path())

    def get_context_data(self, **kwargs):
        user, today = self.request.user, timezone.localdate()
        filters = Filters(self.request.GET)
        filters.is_valid()
        said = filters.cleaned_data
        pages = board.originals()
        if words := said.get("q"):
            pages = pages.filter(title__icontains=words)
        if keeper := said.get("keeper"):
            pages = of_keeper(pages, keeper)
        if work := said.get("work"):
            orders = TranslationOrder.objects.open()
            if work == "mine":
                orders = board.waiting(user, languages_of(user))
            elif work == "late":
                orders = orders.filter(due__lt=today)
            pages = pages.filter(translation_key__in=orders.values("translation_key"))
        shown = Paginator(pages, ON_A_PAGE).get_page(self.request.GET.get("p"))
        query = self.request.GET.copy()
        query.pop("p", None)
        return super().get_context_data(
            **{
                "filters": filters,
                "form": OrderForm(),
                "may_order": may_order(user),
                "shown": shown,
                "rows": board.rows(shown),
                "locales": Locale.objects.order_by("pk"),
                "query": query.urlencode(),
                **kwargs,
            }
        )


def of_keeper(pages, keeper):
    """Those that a team keeps: the field is one of each kind of page."""
    keys = [
        pk
        for model in board.kinds()
        for pk in model.objects.filter(keeper=keeper).values_list("pk", flat=True)
    ]
    return pages.filter(pk__in=keys)
