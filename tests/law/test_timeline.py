"""The law as of a day: what the pages show of wordings that were, are and will be."""

from datetime import date

import pytest
import time_machine

from law.models import SectionVersion
from tests.factories.law import AmendmentFactory, SectionFactory
from tests.queries import queries_of_page

pytestmark = pytest.mark.django_db
PAGE, ACT = "/en/law/681-2023/14/", "/en/law/681-2023/"


def wording(section, words, valid_from, valid_to=None, amendment=None, **fields):
    return SectionVersion.objects.create(
        section=section,
        amendment=amendment,
        valid_from=valid_from,
        valid_to=valid_to,
        heading_fi="Otsikko",
        heading_sv="Rubrik",
        text_fi=[{"text": words, "items": ["1) kohta;"]}],
        text_sv=[{"text": f"{words} på svenska", "items": []}],
        source="Invented for a test",
        fetched_on=date(2026, 1, 5),
        **fields,
    )


@pytest.fixture
def section():
    """Section 14 was changed in 2026 and will be in 2027; one wording was never in force."""
    section = SectionFactory(number="14")
    acts = [
        AmendmentFactory(number=number, year=2025 + number, in_force_from=day)
        for number, day in enumerate((date(2026, 1, 1), date(2027, 1, 1), date(2027, 1, 1)))
    ]
    wording(section, "Kunta neuvoo.", date(2025, 1, 1), date(2025, 12, 31))
    wording(section, "Kunta ohjaa.", date(2026, 1, 1), date(2026, 12, 31), acts[0])
    wording(section, "Kunta odottaa.", date(2027, 1, 1), date(2026, 12, 31), acts[1])
    wording(section, "Kunta auttaa.", date(2027, 1, 1), None, acts[2], needs_legal_review=True)
    return section


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-22T10:00:00+02:00", tick=False):
        yield


def shown(client, path, **query):
    response = client.get(path, query)
    assert response.status_code == 200
    return response


def text_of(response):
    """The page with plain blanks, also where a line may not break."""
    return response.content.decode().replace("\xa0", " ")


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("", "Kunta ohjaa."),
        ("2025-12-31", "Kunta neuvoo."),
        ("2026-01-01", "Kunta ohjaa."),
        ("2027-01-01", "Kunta auttaa."),
        ("2024-12-31", None),
    ],
)
def test_a_section_is_read_as_of_a_day(section, client, day, words):
    response = shown(client, PAGE, **({"on": day} if day else {}))

    wording = response.context["wording"]
    assert (wording.text[0]["text"] if wording else None) == words
    if not words:
        assert response.context["enacted"].text[0]["text"] in text_of(response)


@pytest.mark.parametrize("path", [PAGE, ACT])
@pytest.mark.parametrize("value", ["x", "2025-02-30", "1.1.2025", "\u0661"])
def test_a_day_that_is_none_is_named(section, client, path, value):
    response = client.get(path, {"on": value})

    assert response.status_code == 400
    assert "“on” cannot be" in response.content.decode()


def test_a_coming_wording_is_announced_and_leads_to_its_day(section, client):
    page = text_of(shown(client, PAGE))

    assert "New wording from 1 January 2027" in page
    assert '<a href="?on=2027-01-01">Read the section as of 1 January 2027</a>' in page
    other_day = text_of(shown(client, PAGE, on="2025-12-31"))
    assert "New wording from" not in other_day
    assert "Status today" in other_day


def test_a_day_before_the_first_wording_leads_to_it(section, client):
    page = text_of(shown(client, PAGE, on="2024-12-31"))

    assert "The section is in force from 1 January 2025." in page
    assert "Read the section as of 1 January 2025" in page
    assert "and not yet on 31 December 2024" in text_of(shown(client, ACT, on="2024-12-31"))


def test_wordings_say_how_they_stand_and_what_changed(section, client):
    page = shown(client, PAGE).content.decode()

    for words in ["Enacted, never in force", "From ", "In force", "Not yet checked by a lawyer"]:
        assert words in page
    assert page.count('<section class="law-changes" id="changes"') == 1
    assert page.count("<ins>") == page.count("<del>") == 3
    assert "Invented for a test" in page


def test_english_readers_get_the_finnish_text_marked_as_such(section, client):
    page = shown(client, PAGE).content.decode()

    assert '<div class="law-text__body" lang="fi">' in page
    assert "The Act is law in Finnish and in Swedish" in page


def test_swedish_readers_get_the_swedish_text_or_are_told_it_is_not_there(section, client):
    assert "Kunta ohjaa. på svenska" in shown(client, "/sv/lag/681-2023/14/").content.decode()

    SectionVersion.objects.update(text_sv=[])

    page = shown(client, "/sv/lag/681-2023/14/").content.decode()
    assert '<div class="law-text__body" lang="fi">' in page


def test_without_texts_the_summary_and_finlex_are_there(client):
    SectionFactory(number="14", summary_en="In short.")

    page = shown(client, PAGE).content.decode()

    assert "In short." in page
    assert "has not been imported to the portal" in page
    assert 'id="changes"' in page


def test_a_section_to_be_repealed_is_in_force_until_then(client):
    SectionFactory(
        number="14", status="repealed", repealed_by="9/2027", repealed_from=date(2027, 1, 1)
    )

    page = shown(client, PAGE).content.decode()
    assert page.count("repeals this section from") == 2
    assert "Repealed by act" not in page
    assert "Repealed from" in shown(client, ACT).content.decode()


def test_a_section_of_a_later_day_says_so(client):
    AmendmentFactory(number=9, year=2026, in_force_from=date(2027, 1, 1))
    SectionFactory(number="14", added_by="9/2026")

    assert "It is not in force yet" in shown(client, PAGE).content.decode()
    assert "From " in shown(client, ACT).content.decode()


def test_the_act_reads_as_a_whole_on_a_day(section, client):
    now = shown(client, ACT).content.decode()
    then = shown(client, ACT, on="2025-06-01").content.decode()

    assert "Kunta ohjaa." in now
    assert "Kunta neuvoo." in then
    assert 'id="section-14"' in now
    assert "New wording from" in now


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2025-12-31", "Kunta neuvoo."),
        ("2026-01-01", "Kunta ohjaa."),
        ("2026-12-31", "Kunta ohjaa."),
        ("2027-01-01", "Kunta auttaa."),
    ],
)
def test_the_act_has_the_wording_of_its_first_and_of_its_last_day(section, client, day, words):
    page = shown(client, ACT, on=day).content.decode()

    said = ("Kunta neuvoo.", "Kunta ohjaa.", "Kunta odottaa.", "Kunta auttaa.")
    assert [one for one in said if one in page] == [words]


def test_words_of_the_text_are_found_in_the_act(section, client):
    SectionFactory(number="15")

    assert shown(client, ACT, q="ohjaa").context["count"] == 1


def test_seven_sections_with_texts_cost_the_queries_of_two(section, client):
    wording(SectionFactory(number="15"), "Kunta ohjaa.", date(2025, 1, 1))
    of_two = queries_of_page(client, ACT), queries_of_page(client, PAGE)
    for number in range(16, 21):
        wording(SectionFactory(number=str(number)), "Kunta ohjaa.", date(2025, 1, 1))
    for number in range(5):
        act = AmendmentFactory(number=50 + number, year=2027, in_force_from=date(2028, 1, 1))
        wording(section, "Kunta ohjaa.", date(2028, 1, 1), None, act)

    assert (queries_of_page(client, ACT), queries_of_page(client, PAGE)) == of_two
