"""What narrows the public list of answers."""

from django import forms
from django.db.models import CharField
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from content.pages.listing import SubjectFilterForm
from content.pages.related import pages_of, references_to, references_to_sections
from content.questions.validity import Validity, of_validity
from law.models import Section


class AnswerFilterForm(SubjectFilterForm):
    """Answers by section, theme, audience and validity; three queries for the choices."""

    section = forms.ChoiceField(label=_("Section of the law"), required=False)
    validity = forms.ChoiceField(
        label=_("Validity"), required=False, choices=[("", _("All")), *Validity.choices]
    )
    field_order = ["section", "topic", "audience", "validity"]

    def __init__(self, data, answers):
        super().__init__(data)
        keys = answers.order_by().annotate(key=Cast("pk", CharField())).values("key")
        references = references_to_sections().filter(object_id__in=keys)
        self.sections = {
            f"{section.act.reference}:{section.number}": section
            for section in Section.objects.select_related("act")
            .annotate(key=Cast("pk", CharField()))
            .filter(key__in=references.values("to_object_id"))
        }
        self.fields["section"].choices = [
            ("", _("All sections")),
            *(
                (reference, f"{section.label} {section.name}")
                for reference, section in self.sections.items()
            ),
        ]

    def narrow(self, pages):
        """Raises BadParameter naming a field whose value is not one of its choices."""
        answers = super().narrow(pages)
        if reference := self.cleaned_data["section"]:
            references = references_to([self.sections[reference]])
            answers = answers.filter(pk__in=pages_of(references))
        if validity := self.cleaned_data["validity"]:
            answers = of_validity(answers, validity)
        return answers
