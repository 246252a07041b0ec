"""`manage.py check` says what is wrong with the settings of Finlex's open data."""

import pytest

from law.checks import finlex_settings


def found(settings, url, contact="keeper@example.org", acts=("681/2023",)):
    settings.FINLEX_URL, settings.FINLEX_CONTACT = url, contact
    settings.FINLEX_ACTS = list(acts)
    return [error.id for error in finlex_settings(None)]


def test_without_an_address_nothing_is_asked_of_the_rest(settings):
    assert found(settings, "", contact="", acts=["?"]) == []


@pytest.mark.parametrize(
    "url", ["https://opendata.example.org/v1", "http://127.0.0.1:8000", "http://localhost/v1"]
)
def test_an_address_with_a_contact_is_right(settings, url):
    assert found(settings, url) == []


@pytest.mark.parametrize("url", ["http://opendata.example.org", "opendata.example.org", "file:///"])
def test_an_address_that_others_could_read_along_is_refused(settings, url):
    assert found(settings, url) == ["law.E001"]


def test_an_address_needs_a_contact(settings):
    assert found(settings, "https://opendata.example.org", contact="") == ["law.E002"]


def test_acts_are_numbers(settings):
    assert found(settings, "https://opendata.example.org", acts=["681-2023"]) == ["law.E003"]
