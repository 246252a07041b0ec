"""Lists of pages: what narrows them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.errors import BadParameter
from portal.topics.models import Audience, Topic


class Checkbox(forms.CheckboxInput):
    """Sends 1, and gives the form what was sent, so that other words can be refused."""

    def format_value(self, value):
        return "1"

    def value_from_datadict(self, data, files, name):
        return data.get(name, "")


class SubjectFilterForm(forms.Form):
    """Pages about something by theme and by audience, by key; two queries for the choices."""

    topic = forms.ChoiceField(label=_("Theme"), required=False)
    audience = forms.ChoiceField(label=_("For whom"), required=False)

    def __init__(self, data):
        super().__init__(data)
        self.fields["topic"].choices = _choices(Topic, _("All themes"))
        self.fields["audience"].choices = _choices(Audience, _("Everyone"))

    def narrow(self, pages):
        """Raises BadParameter naming a field whose value is not one of its choices."""
        if not self.is_valid():
            name = next(iter(self.errors))
            raise BadParameter(name, self.data.get(name, ""))
        if self.cleaned_data["topic"]:
            pages = pages.filter(topics__key=self.cleaned_data["topic"])
        if self.cleaned_data["audience"]:
            pages = pages.filter(audiences__key=self.cleaned_data["audience"])
        return pages


class GuidanceFilterForm(SubjectFilterForm):
    """Guidance by theme and by audience; what no longer applies is left out unless asked for."""

    past = forms.ChoiceField(
        label=_("Also what no longer applies"),
        required=False,
        choices=[("1", _("Yes"))],
        widget=Checkbox(check_test=lambda value: value == "1"),
    )

    def narrow(self, pages):
        articles = super().narrow(pages)
        return articles if self.cleaned_data["past"] else articles.not_past()


def _choices(model, all_of_them):
    return [("", all_of_them), *((label.key, label.name) for label in model.objects.all())]
