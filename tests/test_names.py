import pytest
from django.core.exceptions import ValidationError

from partnership.organisations.forms import ApplicationForm, ProfileForm
from portal.accounts import forms as accounts
from portal.feedback.forms import FeedbackForm
from portal.names import one_line_without_addresses

REFUSED = [
    "Win at https://evil.example",
    "evil.example",
    "EVIL.COM",
    "evil.example/x",
    "www evil",
    "aino@evil",
    "mailto:aino",
    "//evil",
    "evil。com",
    "Two\nlines",
    "Two\r\nlines",
    "Two\u2028lines",
    "Nul\x00",
    "Bell\x07",
    "Turned\u202egro",
]
TAKEN = [
    "Aino Esimerkki",
    "Anna-Maija O’Brien",
    "St. Olaf",
    "J.R. Virtanen",
    "Ääkköset & Pojat Oy",
    "Esimerkkijärjestö ry, Pohjanmaa (Österbotten)",
    "محمد",
    "Nguyễn",
    "5. luokka",
    "Yhdistys: Turku",
]


@pytest.mark.parametrize("name", REFUSED)
def test_a_name_carries_no_address_and_no_second_line(name):
    with pytest.raises(ValidationError):
        one_line_without_addresses(name)


@pytest.mark.parametrize("name", TAKEN)
def test_names_as_people_and_organisations_have_them_are_taken(name):
    one_line_without_addresses(name)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("form", "fields"),
    [
        (accounts.SignupForm, ["first_name", "last_name"]),
        (accounts.ProfileForm, ["first_name", "last_name"]),
        (FeedbackForm, ["name"]),
        (ApplicationForm, ["name_fi"]),
        (ProfileForm, ["name_fi", "name_sv", "name_en"]),
    ],
)
def test_every_form_that_takes_a_name_asks_for_a_plain_one(form, fields):
    given = dict.fromkeys(fields, "Call evil.example")
    errors = form({**given, "about": "", "language": "en"}).errors

    assert set(fields) <= set(errors)
