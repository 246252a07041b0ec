"""What forms share."""

import pytest
from django import forms
from django.utils import translation

from partnership.organisations.forms import ApplicationForm, WordsForm
from portal.feedback.forms import FeedbackForm
from portal.forms import InGroups, WordsThatAreSeen


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


class Everything(forms.Form):
    """A field of each kind that says by itself what to write."""

    email = forms.EmailField()
    password = forms.CharField(
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    code = forms.CharField(widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}))
    one = forms.ChoiceField(choices=[("a", "a")])
    button = forms.ChoiceField(choices=[("a", "a")], widget=forms.RadioSelect)
    many = forms.MultipleChoiceField(choices=[("a", "a")])
    agreed = forms.BooleanField()
    hidden = forms.JSONField(widget=forms.HiddenInput)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_an_empty_field_says_what_to_write_in_each_language(language):
    with translation.override(language):
        said = {name: errors[0] for name, errors in Everything({}).errors.items()}
        plain = str(forms.Field.default_error_messages["required"])

    assert list(said) == list(Everything.base_fields)
    assert plain not in said.values()
    assert "@example.org" in said["email"]
    assert len(set(said.values())) == len(said)


@pytest.mark.parametrize("field", ["one", "button"])
def test_a_choice_that_there_is_not_is_asked_for_again(field):
    form = Everything({field: "b"})

    assert form.errors[field] == Everything({}).errors[field]


def test_an_address_in_the_wrong_form_is_shown_the_right_one():
    with translation.override("en"):
        said = [str(words) for words in Everything({"email": "nobody"}).errors["email"]]

    assert said == ["Enter the e-mail address in the form name@example.org."]


def test_the_words_of_a_field_stand_before_the_words_of_its_kind():
    class Own(forms.Form):
        email = forms.EmailField(error_messages={"required": "Whom do we answer?"})

    assert Own({}).errors["email"] == ["Whom do we answer?"]


def test_fields_are_in_the_order_of_their_groups():
    class Grouped(InGroups, Everything):
        GROUPS = (("A", "", ("agreed", "none")), ("B", "", ("many", "email")))

    assert list(Grouped().fields)[:3] == ["agreed", "many", "email"]
    assert [[field.name for field in one.fields] for one in Grouped().fieldsets] == [
        ["agreed"],
        ["many", "email"],
    ]
