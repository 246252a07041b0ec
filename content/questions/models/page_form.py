"""The form in which a published answer is changed: it looks for what may be personal, each time."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from content.pages.models.forms import BasePageForm
from content.questions import screening


class AnswerPageForm(BasePageForm):
    """A publication is held back as long as something new in it may tell who a person is."""

    not_personal = forms.BooleanField(
        label=gettext_lazy("What is pointed out is not personal"),
        help_text=gettext_lazy(
            "When you publish, the texts are looked through for identity codes, numbers and "
            "addresses. What is found is named here."
        ),
        required=False,
    )

    def clean(self):
        cleaned = super().clean()
        if self.is_deferred_validation:
            return cleaned
        later = cleaned.get("replaced_by")
        if later and not later.live:
            self.add_error("replaced_by", _("Publish the later answer first."))
        if not cleaned.get("not_personal"):
            self._look_through(cleaned)
        return cleaned

    def _look_through(self, cleaned):
        texts = screening.texts_of(self.instance, cleaned)
        if found := screening.new_in(texts, self.instance):
            self.add_error(
                "not_personal",
                _(
                    "This may tell who a person is: %(words)s. Remove it, or say that it is not "
                    "personal."
                )
                % {"words": screening.listed(found)},
            )
