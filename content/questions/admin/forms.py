"""What a lawyer fills in on the page of a question."""

from django import forms
from django.conf import settings
from django.db.models import Case, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminAutoHeightTextInput

from content.questions.forms import ScreenedForm, SectionsField
from content.questions.models import Answer, AnswerTemplate, Preparation, Question, Source
from content.questions.models.parts import WEB_ADDRESS
from content.questions.permissions import lawyers
from portal.topics.models import Topic

LONG = {"rows": 12}


class WordsForm(forms.Form):
    """Words that go with a move."""

    text = forms.CharField(
        label=gettext_lazy("Text"), max_length=4000, widget=AdminAutoHeightTextInput
    )

    def __init__(self, data=None, *, label="", help_text="", **kwargs):
        super().__init__(data, **kwargs)
        self.fields["text"].label, self.fields["text"].help_text = label, help_text


class SortingForm(forms.Form):
    """The theme, the sections and the secrecy of a question."""

    topic = forms.ModelChoiceField(
        Topic.objects.all(), label=gettext_lazy("Theme"), empty_label=gettext_lazy("Choose")
    )
    sections = SectionsField(label=gettext_lazy("Sections of the law"), required=False)
    secret = forms.BooleanField(
        label=gettext_lazy("Secret, wholly or in part"),
        required=False,
        help_text=gettext_lazy(
            "A question to an authority is public unless the law makes it secret. A secret "
            "question is not shown to the asker’s colleagues, never quoted in e-mail and never "
            "published."
        ),
    )
    secrecy_ground = forms.CharField(
        label=gettext_lazy("Ground of secrecy"),
        required=False,
        max_length=Question._meta.get_field("secrecy_ground").max_length,
        help_text=gettext_lazy("The act and its section."),
    )

    def __init__(self, data=None, *, question, **kwargs):
        chosen = [section.pk for section in question.sections.all()]
        super().__init__(
            data,
            initial={
                "topic": question.topic_id,
                "sections": chosen,
                "secret": question.secret,
                "secrecy_ground": question.secrecy_ground,
            },
            **kwargs,
        )
        self.fields["sections"].offer(chosen)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("secret") and not cleaned.get("secrecy_ground"):
            self.add_error("secrecy_ground", _("Say by which section the question is secret."))
        return cleaned


class SortingAgainForm(SortingForm):
    """The same, of a question that another lawyer may be sorting too."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data=None, *, question, **kwargs):
        super().__init__(data, question=question, **kwargs)
        self.fields["seen"].initial = question.version_token


class AnswerForm(forms.Form):
    """The answer as it is being written, and the sections that it rests on."""

    text = forms.CharField(
        label=gettext_lazy("Answer to the asker"),
        required=False,
        max_length=Answer._meta.get_field("text").max_length,
        widget=forms.Textarea(attrs=LONG),
    )
    sections = SectionsField(label=gettext_lazy("It rests on"), required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data=None, *, question, answer, **kwargs):
        chosen = [section.pk for section in (answer or question).sections.all()]
        super().__init__(
            data,
            initial={
                "text": answer.text if answer else "",
                "sections": chosen,
                "seen": answer.version_token if answer else "",
            },
            **kwargs,
        )
        self.fields["text"].help_text = _("Write in the asker’s language: %(language)s.") % {
            "language": dict(settings.LANGUAGES)[question.language]
        }
        self.fields["sections"].offer(chosen)


class TemplateField(forms.ModelChoiceField):
    """The texts in the language of a question, those of its theme first."""

    def __init__(self, question):
        own = Case(When(topic=question.topic_id, then=0), default=1)
        rows = AnswerTemplate.objects.in_language(question.language).order_by(own, "name", "pk")
        super().__init__(
            rows,
            label=_("Template"),
            required=False,
            help_text=_("“Insert the template” puts it at the end of the answer, and saves it."),
        )
        self.changed = rows.changed_since()

    def label_from_instance(self, template):
        if template.pk not in self.changed:
            return template.name
        return _("%(name)s – the law has changed since it was written") % {"name": template.name}


class WritingForm(AnswerForm):
    """The answer with its sources: one more, if one is filled in, or some fewer."""

    SOURCE = ("kind", "name", "url", "words")

    def __init__(self, data=None, *, question, answer, **kwargs):
        super().__init__(data, question=question, answer=answer, **kwargs)
        rows = question.sources.all()
        if rows:
            self.fields["left_out"] = forms.ModelMultipleChoiceField(
                rows,
                label=_("Leave out of the sources"),
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
        self.limit = self.fields["text"].max_length
        self.language = question.language
        self.fields["template"] = TemplateField(question)
        labels = {
            "kind": _("Add a source: what is it?"),
            "name": _("Which one?"),
            "url": _("Its address on the web"),
            "words": _("What does it say?"),
        }
        helps = {
            "name": _("For example 14 §, Act 434/2003, HE 208/2022 or KHO 2021:5."),
            "words": _("In one line. Only the lawyers see the sources."),
        }
        for name in self.SOURCE:
            field = Source._meta.get_field(name).formfield(required=False)
            field.label, field.help_text = labels[name], helps.get(name, "")
            self.fields[f"source_{name}"] = field
        self.order_fields(["text", "template", "sections"])
        self.fields["source_url"].validators.append(WEB_ADDRESS)

    @property
    def source(self) -> dict[str, str] | None:
        """What is to be noted as a source, if anything was filled in."""
        typed = {name: self.cleaned_data.get(f"source_{name}") or "" for name in self.SOURCE}
        return typed if any(typed.values()) else None

    @property
    def wording(self) -> dict:
        """What the answer itself says, with the template at its end if it is to be inserted."""
        typed = {name: self.cleaned_data[name] for name in ("text", "sections", "seen")}
        if self.inserts and (template := self.cleaned_data.get("template")):
            parts = [typed["text"].rstrip(), template.text_in(self.language).strip()]
            typed["text"] = "\n\n".join(part for part in parts if part)
            typed["sections"] = {*typed["sections"], *template.sections.all()}
        return typed

    @property
    def inserts(self) -> bool:
        return self.data.get("move") == "insert"

    def clean(self):
        cleaned = super().clean()
        if self.inserts and not cleaned.get("template") and not self.errors:
            self.add_error("template", _("Choose a template."))
        if not self.errors and len(self.wording["text"]) > self.limit:
            self.add_error("template", _("The answer would become too long with it."))
        broken = any(name.startswith("source_") for name in self.errors)
        if (source := self.source) and not broken:
            if not source["kind"]:
                self.add_error("source_kind", _("Say what kind of source it is."))
            if source["kind"] == Source.Kind.LINK and not source["url"]:
                self.add_error("source_url", _("Give the address of the link."))
            elif not (source["name"] or source["url"]):
                self.add_error("source_name", _("Say which one it is."))
        return cleaned


class SubstituteForm(forms.Form):
    """Another lawyer, who goes on with the question."""

    to = forms.ModelChoiceField(
        lawyers(), label=gettext_lazy("Lawyer"), empty_label=gettext_lazy("Choose")
    )

    def __init__(self, data=None, *, question, **kwargs):
        super().__init__(data, **kwargs)
        self.fields["to"].queryset = lawyers().exclude(
            pk__in=[question.handler_id, question.checker_id, question.asker_id]
        )


class HandOverForm(forms.Form):
    authority = forms.CharField(
        label=gettext_lazy("To which authority?"),
        max_length=Question._meta.get_field("authority").max_length,
    )
    reason = forms.CharField(
        label=gettext_lazy("Words to the asker"),
        max_length=4000,
        required=False,
        widget=AdminAutoHeightTextInput,
    )


class CloseForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why is there no answer?"),
        help_text=gettext_lazy("This text is sent to the asker."),
        max_length=4000,
        widget=AdminAutoHeightTextInput,
    )


class MergeForm(forms.Form):
    """An earlier question, by its register number."""

    into = forms.CharField(
        label=gettext_lazy("Register number of the earlier question"), max_length=20
    )
    reason = forms.CharField(
        label=gettext_lazy("Words to the asker"),
        max_length=4000,
        required=False,
        widget=AdminAutoHeightTextInput,
    )

    def clean_into(self):
        number = self.cleaned_data["into"].strip().replace("-", "/").upper()
        question = Question.objects.filter(number=number).first()
        if question is None:
            raise forms.ValidationError(
                _("There is no question with the number %(number)s."), params={"number": number}
            )
        return question


class PreparationForm(ScreenedForm):
    """The question and the answer in words that tell of nobody, written by hand."""

    SCREENED = ("title", "asked", "answer")

    title = forms.CharField(
        label=gettext_lazy("The question in short"),
        max_length=Preparation._meta.get_field("title").max_length,
    )
    asked = forms.CharField(
        label=gettext_lazy("The question, without anything of the asker"),
        help_text=gettext_lazy(
            "Rewrite it: leave out the organisation, the place, the days and everything of a "
            "client."
        ),
        max_length=Preparation._meta.get_field("asked").max_length,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    answer = forms.CharField(
        label=gettext_lazy("The answer for everyone"),
        help_text=gettext_lazy("An empty line begins a new paragraph."),
        max_length=Preparation._meta.get_field("answer").max_length,
        widget=forms.Textarea(attrs=LONG),
    )

    @property
    def words(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in self.SCREENED}
