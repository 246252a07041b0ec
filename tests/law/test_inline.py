"""A section's words for reading within another page."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from law.models import Section, SectionVersion
from tests.factories.law import AmendmentFactory, SectionFactory

pytestmark = pytest.mark.django_db


def wording(section, valid_from=date(2025, 1, 1), valid_to=None, amendment=None, words="Sanamuoto"):
    return SectionVersion.objects.create(
        section=section,
        amendment=amendment,
        valid_from=valid_from,
        valid_to=valid_to,
        heading_fi=section.name_fi,
        heading_sv=section.name_sv,
        text_fi=[{"text": f"{words} 1 mom. <b>", "items": ["1) ensin;", "2) sitten."]}],
        text_sv=[{"text": "Ordalydelse", "items": []}],
        source="https://finlex.example.org/",
        fetched_on=date(2026, 1, 2),
    )


@pytest.fixture
def section():
    return SectionFactory(number="14", summary_fi="Lyhyesti.", summary_en="In short.")


def read(client, path):
    return client.get(path).content.decode()


def test_the_text_in_force_is_shown_in_the_law_s_languages(client, section):
    wording(section)

    finnish = read(client, "/fi/laki/681-2023/14/inline/")

    assert "Sanamuoto 1 mom. &lt;b&gt;" in finnish
    assert "<li>1) ensin;</li>" in finnish
    assert "Lyhyesti." not in finnish
    assert 'href="/fi/laki/681-2023/14/"' in finnish
    assert "Ordalydelse" in read(client, "/sv/lag/681-2023/14/inline/")


def test_english_readers_get_the_summary_and_without_one_the_finnish_text(client, section):
    wording(section)
    assert "In short." in read(client, "/en/law/681-2023/14/inline/")

    Section.objects.update(summary_en="", summary_fi="")
    html = read(client, "/en/law/681-2023/14/inline/")

    assert '<div class="law-inline__text" lang="fi">' in html
    assert "authentic in Finnish" in html


def test_without_an_imported_text_the_summary_speaks(client, section):
    html = read(client, "/fi/laki/681-2023/14/inline/")

    assert "Lyhyesti." in html


def test_the_wording_of_today_is_taken_and_a_coming_one_is_told(client, section):
    tomorrow = timezone.localdate() + timedelta(days=1)
    amendment = AmendmentFactory(in_force_from=tomorrow)
    wording(section, valid_to=timezone.localdate(), words="Nykyinen")
    wording(section, valid_from=tomorrow, amendment=amendment, words="Tuleva")

    html = read(client, "/fi/laki/681-2023/14/inline/")

    assert "Nykyinen" in html
    assert "Tuleva" not in html
    assert f"{tomorrow.day}.{tomorrow.month}.{tomorrow.year}" in html


def test_a_wording_that_never_took_effect_is_not_announced(client, section):
    later = timezone.localdate() + timedelta(days=30)
    wording(section, words="Nykyinen")
    wording(section, later, later - timedelta(days=1), AmendmentFactory(), "Peruttu")

    assert "tag--warning" not in read(client, "/fi/laki/681-2023/14/inline/")


def test_a_repealed_section_says_so(client, section):
    Section.objects.update(status=Section.Status.REPEALED)

    assert "Kumottu" in read(client, "/fi/laki/681-2023/14/inline/")


def test_the_fragment_is_cached_kept_out_of_search_engines_and_guarded(client, section):
    response = client.get("/en/law/681-2023/14/inline/")

    assert response["X-Robots-Tag"] == "noindex"
    assert set(response["Cache-Control"].split(", ")) == {"public", "max-age=300"}
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "<html" not in response.content.decode()
    assert not response.cookies


@pytest.mark.parametrize("path", ["/en/law/681-2023/999/inline/", "/en/law/1-1999/14/inline/"])
def test_no_such_section_is_404(client, section, path):
    assert client.get(path).status_code == 404


def test_letter_case_does_not_matter_and_other_methods_are_refused(client):
    SectionFactory(number="32a")

    assert client.get("/en/law/681-2023/32A/inline/").status_code == 301
    assert client.post("/en/law/681-2023/32a/inline/").status_code == 405


def test_six_wordings_cost_the_queries_of_one(client, section, django_assert_max_num_queries):
    for number in range(6):
        day = date(2025, 1, 1 + number)
        wording(section, day, day, AmendmentFactory(number=number + 1))
    wording(section, date(2025, 2, 1))

    with django_assert_max_num_queries(5):
        client.get("/fi/laki/681-2023/14/inline/")
