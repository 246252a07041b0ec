"""What forms share."""

import pytest
from django import forms

from partnership.organisations.forms import ApplicationForm, WordsForm
from portal.feedback.forms import FeedbackForm
from portal.forms import WordsThatAreSeen


class Form(WordsThatAreSeen, forms.Form):
    must = forms.CharField()
    may = forms.CharField(required=False)


@pytest.mark.parametrize(
    "unseen", ["\u200b", "\u2060\ufeff", "\u00ad", "\u200e \u200f", "\u2003\u200d"]
)
def test_text_that_cannot_be_seen_is_refused_where_text_is_required(unseen):
    assert list(Form({"must": unseen, "may": unseen}).errors) == ["must"]


@pytest.mark.parametrize("seen", ["a", "–", "👩‍🏫", "\u200bö", "ك"])
def test_text_that_can_be_seen_is_taken_as_it_is(seen):
    form = Form({"must": seen})

    assert form.is_valid()
    assert form.cleaned_data["must"] == seen


def test_feedback_and_applications_are_such_forms():
    assert all(
        issubclass(form, WordsThatAreSeen) for form in (FeedbackForm, ApplicationForm, WordsForm)
    )
