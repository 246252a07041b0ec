"""Breaks of a dataset in /cms/: all of them with their history, and the form of one."""

from django import forms
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.log_actions import registry

from monitoring.datasets import breaks
from monitoring.datasets.models import Break

from .of_dataset import OfDataset

LONGEST = Break._meta.get_field("text_fi").max_length


class BreakForm(forms.Form):
    """From which period on, and what changes, in three languages."""

    period = forms.CharField(
        label=gettext_lazy("First period after the break"),
        max_length=10,
        help_text=gettext_lazy(
            "As the dataset has it: 2025, 2025Q1 or 2025M01. It may lie ahead: then the break is "
            "announced."
        ),
    )
    text_fi = forms.CharField(label=gettext_lazy("What changes, in Finnish"), max_length=LONGEST)
    text_sv = forms.CharField(label=gettext_lazy("What changes, in Swedish"), max_length=LONGEST)
    text_en = forms.CharField(label=gettext_lazy("What changes, in English"), max_length=LONGEST)


class BreaksView(OfDataset, FormView):
    """The breaks of a dataset, and the form of a new one or of the one in the address."""

    form_class = BreakForm
    template_name = "datasets/cms/breaks.html"
    page_title = gettext_lazy("Breaks in the series")

    @cached_property
    def one(self):
        number = self.kwargs.get("number")
        return get_object_or_404(self.dataset.breaks, pk=number) if number else None

    def get_initial(self):
        if self.one is None:
            return {}
        texts = {name: getattr(self.one, name) for name in breaks.TEXTS}
        return {"period": str(self.one.period), **texts}

    def post(self, request, *args, **kwargs):
        if "remove" not in request.POST or self.one is None:
            return super().post(request, *args, **kwargs)
        breaks.remove(self.one, by=request.user)
        messages.success(request, _("The break has been taken away."))
        return redirect("dataset_structures:breaks", self.dataset.pk)

    def form_valid(self, form):
        texts = {name: form.cleaned_data[name] for name in breaks.TEXTS}
        period = form.cleaned_data["period"]
        try:
            breaks.save(self.dataset, self.one, period=period, texts=texts, by=self.request.user)
        except ValidationError as error:
            form.add_error(None, error)  # of the period, by its name
            return self.form_invalid(form)
        messages.success(self.request, _("The break has been saved."))
        return redirect("dataset_structures:breaks", self.dataset.pk)

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs):
        history = registry.get_logs_for_instance(self.dataset).select_related("user")
        found = self.dataset.breaks.select_related("dataset")
        return super().get_context_data(breaks=found, one=self.one, history=history, **kwargs)
