"""The structure of datasets in /cms/: what one measures, its rules, its dimensions and codes."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList, TabbedInterface
from wagtail.admin.views.generic import CreateView, EditView
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import log, registry
from wagtail.permission_policies.base import BasePermissionPolicy

from monitoring.datasets import structuring
from monitoring.datasets.models import Dataset, Dimension
from monitoring.indicators.admin.viewsets import in_three
from portal.cms import FewerViews

from .breaks import BreaksView
from .of_dataset import OfDataset
from .releases import may_handle

LONGEST_NAME = Dimension._meta.get_field("name_fi").max_length
FIXED = ("slug", "period", "decimals")  # what values are kept by, and addresses lead to


class DatasetForm(WagtailAdminModelForm):
    """A dataset; what its values are kept by stays once there are any."""

    def clean(self):
        cleaned = super().clean()
        least, most = cleaned.get("least"), cleaned.get("most")
        if least is not None and most is not None and least > most:
            self.add_error("most", _("A number that is not below the least value."))
        if self.instance.pk and structuring.has_values(self.instance):
            for name in FIXED:
                if name in self.changed_data:
                    self.add_error(name, _("Values have come: this stays as it is."))
        return cleaned


class StructurePolicy(BasePermissionPolicy):
    """Statisticians make and edit structures; nobody deletes one."""

    def user_has_permission(self, user, action):
        return action in {"add", "change", "view"} and may_handle(user)


class AddDatasetView(CreateView):
    """A new dataset, with its dimension of areas."""

    @transaction.atomic
    def save_instance(self):
        saved = super().save_instance()
        structuring.begin(saved)
        return saved


class EditDatasetView(EditView):
    """The fields of a dataset; each change goes to the log with what was there before."""

    def save_instance(self):
        before = {name: str(self.form.initial.get(name, "")) for name in self.form.changed_data}
        saved = super().save_instance()
        if before:
            data = {"before": before}
            log(saved, "datasets.structure", user=self.request.user, data=data)
        return saved

    @property
    def header_more_buttons(self):
        dimensions = reverse("dataset_structures:dimensions", args=[self.object.pk])
        breaks = reverse("dataset_structures:breaks", args=[self.object.pk])
        return [
            *super().header_more_buttons,
            Button(_("Dimensions"), dimensions, icon_name="list-ul"),
            Button(_("Breaks in the series"), breaks, icon_name="warning"),
        ]


class DimensionForm(forms.Form):
    key = forms.CharField(
        label=gettext_lazy("Key"),
        max_length=40,
        help_text=gettext_lazy(
            "The column in files, in capitals, such as SEX. REF_AREA is the dimension of areas, "
            "which every dataset has; the period needs none."
        ),
    )
    name_fi = forms.CharField(label=gettext_lazy("Name in Finnish"), max_length=LONGEST_NAME)
    name_sv = forms.CharField(label=gettext_lazy("Name in Swedish"), max_length=LONGEST_NAME)
    name_en = forms.CharField(label=gettext_lazy("Name in English"), max_length=LONGEST_NAME)
    codes = forms.CharField(
        label=gettext_lazy("Codes"),
        widget=forms.Textarea(attrs={"rows": 20, "spellcheck": "false"}),
        help_text=gettext_lazy(
            "One a line, as copied from a spreadsheet or with semicolons: code; name in Finnish; "
            "in Swedish; in English; the totals that it is a part of. Example: “F; Naiset; "
            "Kvinnor; Women; _T”. Of REF_AREA the code of the area is enough: “TA05; ; ; ; FI”. A "
            "total that adds up in two ways: “FI FI#regions”. Files are checked against these "
            "totals, and disclosure control counts with them. Once values have come, new codes "
            "come last, and none can be taken away."
        ),
    )

    def clean(self):
        cleaned = super().clean()
        if "codes" in cleaned and "key" in cleaned:
            try:
                cleaned["found"] = structuring.lines(cleaned["codes"], cleaned["key"])
            except ValidationError as error:
                self.add_error("codes", error)
        return cleaned


class DimensionsView(OfDataset, TemplateView):
    """The dimensions of a dataset, and what has been changed in its structure."""

    template_name = "datasets/cms/dimensions.html"
    page_title = gettext_lazy("Dimensions")

    def get_context_data(self, **kwargs):
        history = registry.get_logs_for_instance(self.dataset).select_related("user")
        dimensions = self.dataset.dimensions.prefetch_related("codes")
        return super().get_context_data(dimensions=dimensions, history=history, **kwargs)


class DimensionView(OfDataset, FormView):
    """A dimension with its codes: new, or one that is there."""

    form_class = DimensionForm
    template_name = "datasets/cms/dimension.html"
    page_title = gettext_lazy("Dimension")

    @cached_property
    def dimension(self):
        number = self.kwargs.get("dimension")
        return get_object_or_404(self.dataset.dimensions, pk=number) if number else None

    def get_initial(self):
        one = self.dimension
        if one is None:
            return {}
        names = {name: getattr(one, name) for name in ("name_fi", "name_sv", "name_en")}
        return {"key": one.key, "codes": structuring.written(one), **names}

    def post(self, request, *args, **kwargs):
        if "remove" not in request.POST or self.dimension is None:
            return super().post(request, *args, **kwargs)
        try:
            structuring.remove(self.dimension, by=request.user)
        except structuring.InUse:
            messages.error(request, _("Values have come: the dimensions stay as they are."))
        else:
            messages.success(request, _("The dimension has been taken away."))
        return redirect("dataset_structures:dimensions", self.dataset.pk)

    def form_valid(self, form):
        typed = form.cleaned_data
        names = (typed["name_fi"], typed["name_sv"], typed["name_en"])
        try:
            structuring.save(
                self.dataset,
                self.dimension,
                key=typed["key"],
                names=names,
                found=typed["found"],
                by=self.request.user,
            )
        except structuring.InUse:
            form.add_error("key", _("Values have come: the dimensions stay as they are."))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(self.request, _("The dimension has been saved."))
            return redirect("dataset_structures:dimensions", self.dataset.pk)
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs):
        fixed = structuring.has_values(self.dataset)
        return super().get_context_data(dimension=self.dimension, fixed=fixed, **kwargs)


class DatasetsDesk(FewerViews):
    """Datasets by what they measure and how values are checked, shown and protected."""

    model = Dataset
    name = "dataset_structures"
    url_prefix = "dataset-structures"
    icon = "list-ul"
    menu_label = gettext_lazy("Structure of datasets")
    menu_order = 253
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    add_view_class = AddDatasetView
    edit_view_class = EditDatasetView
    list_display = ["slug", "name_fi", "period", "smallest_shown", "released_at"]
    search_backend_name = None
    ordering = ["slug"]
    WITHOUT = ("delete", "usage")
    edit_handler = TabbedInterface(
        [
            ObjectList(
                [
                    in_three("name", gettext_lazy("Name")),
                    FieldPanel("genitive_fi"),
                    FieldPanel("slug"),
                    in_three("description", gettext_lazy("What it tells")),
                    in_three("unit", gettext_lazy("Unit, as it stands after a number")),
                    in_three("source", gettext_lazy("Source")),
                    FieldPanel("source_url"),
                ],
                heading=gettext_lazy("What is measured"),
            ),
            ObjectList(
                [
                    FieldPanel("domain"),
                    FieldPanel("track"),
                    FieldPanel("clients"),
                    FieldPanel("direction"),
                    FieldPanel("source_type"),
                    FieldPanel("aggregation"),
                    in_three("coverage", gettext_lazy("Coverage")),
                    in_three("method", gettext_lazy("Changes of method")),
                    in_three("limits", gettext_lazy("What it cannot tell")),
                ],
                heading=gettext_lazy("How to read it"),
            ),
            ObjectList(
                [
                    FieldRowPanel(
                        [FieldPanel("period"), FieldPanel("decimals")],
                        heading=gettext_lazy("The figure"),
                    ),
                    FieldRowPanel(
                        [FieldPanel("least"), FieldPanel("most")],
                        heading=gettext_lazy("Files of values are checked against these."),
                    ),
                ],
                heading=gettext_lazy("Checks"),
            ),
            ObjectList(
                [
                    FieldPanel("smallest_shown"),
                    FieldPanel("hide_zeros"),
                    FieldPanel("true_values"),
                    FieldPanel("same_people"),
                    FieldPanel("example"),
                ],
                heading=gettext_lazy("Disclosure control"),
            ),
        ],
        base_form_class=DatasetForm,
    )

    @property
    def permission_policy(self):
        return StructurePolicy(Dataset)

    def get_urlpatterns(self):
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/dimensions/", self.construct_view(DimensionsView), name="dimensions"),
            path("<int:pk>/breaks/", self.construct_view(BreaksView), name="breaks"),
            path("<int:pk>/breaks/<int:number>/", self.construct_view(BreaksView), name="break"),
            path(
                "<int:pk>/dimensions/new/",
                self.construct_view(DimensionView),
                name="dimension_new",
            ),
            path(
                "<int:pk>/dimensions/<int:dimension>/",
                self.construct_view(DimensionView),
                name="dimension",
            ),
        ]


datasets_desk = DatasetsDesk()
