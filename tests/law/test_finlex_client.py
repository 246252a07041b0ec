"""Requests to Finlex's open data: manners, limits, and every answer that is none."""

from datetime import date

import pytest

from law.finlex import client
from law.finlex.client import Finlex, consolidated_at, original_at
from portal.outbound import CouldNotFetchError, NotThereError
from tests.law import akoma
from tests.law.standin import serving

SECTIONS = [("1", "Tarkoitus", "Tämä laki on keksitty."), ("2", "Ala", "Kunta järjestää.")]
AT = original_at(9101, 2023, "fi")


@pytest.fixture
def standin(settings):
    """An invented act at a stand-in that FINLEX_URL names."""
    with serving() as standin:
        standin.publish(9101, 2023, akoma.TITLES["fi"], fi=akoma.original("fi", SECTIONS))
        settings.FINLEX_URL = standin.url
        settings.FINLEX_CONTACT = "keeper@example.org"
        settings.FINLEX_PAUSE_SECONDS = 0
        yield standin


@pytest.fixture
def finlex(standin):
    def finlex(most=20):
        found = Finlex(most)
        waits = found.outbound.waits = []
        found.outbound.sleep = waits.append
        return found

    return finlex


def test_an_act_comes_whole_over_one_connection_under_our_own_name(standin, finlex):
    asking = finlex()

    first, second = asking.statute(AT), asking.statute(AT)

    assert "Kunta järjestää." in first.text
    assert first == second
    assert standin.connections == 1
    assert standin.agents == {
        "integration-portal/0.1.0 (+https://portal.example.org; keeper@example.org)"
    }


def test_requests_are_a_second_apart(standin, finlex, settings):
    settings.FINLEX_PAUSE_SECONDS = 1.0
    asking = finlex()
    asking.outbound.clock = lambda: 100.0

    for _ in range(3):
        asking.statute(AT)

    assert asking.outbound.waits == [1.0, 1.0]


def test_one_request_too_many_is_not_made(standin, finlex):
    asking = finlex(most=2)
    asking.statute(AT)
    asking.statute(AT)

    with pytest.raises(CouldNotFetchError, match="2 requests were made: no more this time"):
        asking.statute(AT)

    assert len(standin.asked) == 2


@pytest.mark.parametrize("fault", [429, 500, 503, "cut", "broken off"])
def test_trouble_is_met_with_three_tries_and_growing_waits(standin, finlex, fault):
    standin.faults.extend([fault, fault])
    asking = finlex()

    assert "Kunta järjestää." in asking.statute(AT).text
    assert asking.outbound.waits == [2.0, 8.0]


@pytest.mark.parametrize("fault", [429, 500, "cut", "broken off"])
def test_trouble_that_lasts_is_given_up_after_the_third_try(standin, finlex, fault):
    standin.always[AT] = fault

    with pytest.raises(CouldNotFetchError):
        finlex().statute(AT)

    assert len(standin.asked) == 3


def test_the_wait_that_the_server_names_is_kept(standin, finlex):
    standin.faults.append((429, 7))
    asking = finlex()

    asking.statute(AT)

    assert asking.outbound.waits == [7.0]


def test_a_wait_that_is_too_long_is_left_to_another_night(standin, finlex):
    standin.faults.append((429, 3600))

    with pytest.raises(CouldNotFetchError, match="answer 429"):
        finlex().statute(AT)

    assert len(standin.asked) == 1


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (400, "answer 400"),
        (403, "answer 403"),
        (406, "answer 406"),
        ("elsewhere", "redirects are not followed"),
        ("large", "larger than 10 MB"),
    ],
)
def test_what_another_try_does_not_mend_is_asked_once(standin, finlex, fault, told):
    standin.faults.append(fault)

    with pytest.raises(CouldNotFetchError, match=told):
        finlex().statute(AT)

    assert len(standin.asked) == 1


@pytest.mark.parametrize("fault", [404, "empty"])
def test_nothing_at_an_address_is_no_statute(standin, finlex, fault):
    standin.faults.append(fault)

    with pytest.raises(NotThereError):
        finlex().statute(AT)


def test_an_act_that_is_as_it_was_is_not_sent_again(standin, finlex):
    standin.etags = True
    asking = finlex()
    first = asking.statute(AT)

    second = asking.statute(AT, first.etag)

    assert second.unchanged
    assert not second.text


def test_a_list_is_read_to_its_last_page(standin, finlex):
    title = "Laki esimerkkipalveluista annetun lain muuttamisesta"
    for number in range(9200, 9212):
        standin.publish(number, 2026, title, fi="<akomaNtoso/>")

    rows = finlex().amending_acts("esimerkkipalveluista", date(2026, 11, 1), date(2026, 11, 3))

    assert [one.number for one in rows] == list(range(9200, 9212))
    assert len(standin.asked) == 2
    assert "publishedSince=2026-11-01T00%3A00%3A00Z" in standin.asked[0]


def test_a_list_with_nothing_in_it_is_a_list(standin, finlex):
    assert finlex().amending_acts("jotakin muuta", date(2026, 1, 1), date(2026, 1, 2)) == []


def test_a_list_names_versions_and_never_the_bare_address(standin, finlex):
    standin.consolidate(9101, 2023, "20259102", fi="<akomaNtoso/>", sv="<akomaNtoso/>")

    rows = finlex().versions(9101, 2023)

    assert [(one.language, one.version) for one in rows] == [
        ("fi", "20259102"),
        ("sv", "20259102"),
    ]


def test_a_list_that_is_none_is_refused(standin, finlex, monkeypatch):
    monkeypatch.setattr(standin, "answer", lambda path, accept: (200, "<html></html>"))

    with pytest.raises(CouldNotFetchError, match="the list cannot be read"):
        finlex().versions(9101, 2023)


def test_a_consolidated_text_is_never_asked_for_without_a_version():
    assert consolidated_at(9101, 2023, "sv") == (
        "akn/fi/act/statute-consolidated/2023/9101/swe@latest"
    )
    with pytest.raises(ValueError, match="without its version"):
        client.consolidated_at(9101, 2023, "fi", "")
