"""An invented act of a try-out: marked wherever it is shown, and never taken for law."""

import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils.translation import override

from content.questions.matching import named_sections
from law import documents
from law.finlex import watching
from law.models import LawWatch, PendingBill, Section
from law.news import newest_law_changes
from tests.factories.law import (
    ActFactory,
    AmendmentFactory,
    ChapterFactory,
    PendingBillFactory,
    SectionFactory,
    SectionVersionFactory,
)

pytestmark = pytest.mark.django_db
MARKS = {
    "fi": "Keksitty esimerkki, ei laki",
    "sv": "Ett påhittat exempel, ingen lag",
    "en": "An invented example, no law",
}


@pytest.fixture
def example():
    """The invented act 9900/2025, of one section, with one amendment."""
    act = ActFactory(
        number=9900, year=2025, example=True, short_en="Example Act", short_fi="esimerkkilaki"
    )
    section = SectionFactory(
        act=act, chapter=ChapterFactory(act=act), number="3", name_en="Cooperation"
    )
    AmendmentFactory(act=act, number=9901, year=2025, in_force_from=date(2025, 6, 1))
    SectionVersionFactory(section=section)
    return section


@pytest.mark.parametrize("language", MARKS)
def test_every_page_of_it_says_that_it_is_no_law_and_none_leads_to_finlex(
    example, client, language
):
    bill = PendingBillFactory(number="")
    bill.acts.set([example.act])
    act = {"number": 9900, "year": 2025}
    section = act | {"section": "3"}
    with override(language):
        pages = [
            reverse("law:index"),
            reverse("law:act", kwargs=act),
            reverse("law:compare_act", kwargs=act),
            reverse("law:changed_on", kwargs=act | {"day": "2025-06-01"}),
            *(
                reverse(f"law:{name}", kwargs=section)
                for name in ("section", "compare_section", "trail")
            ),
            bill.get_absolute_url(),
        ]

    for url in pages:
        page = client.get(url).content.decode()
        assert MARKS[language] in page, url
        assert not re.search(r"2025/?990[01]", page), url  # as addresses of Finlex have it


def test_the_list_of_acts_has_it_below_the_law_under_a_heading_of_its_own(example, client):
    ActFactory()

    page = client.get("/en/law/").content.decode()

    places = [page.index(words) for words in ("681/2023)", "Invented examples", "9900/2025)")]
    assert places == sorted(places)


def test_a_page_of_the_law_is_not_marked(client):
    section = SectionFactory(number="14")

    for url in ("/en/law/", section.act.get_absolute_url(), section.get_absolute_url()):
        page = client.get(url).content.decode()
        assert MARKS["en"] not in page and "Invented examples" not in page
        assert "www.finlex.fi" in page


def test_the_api_marks_it(example, client):
    SectionFactory(number="14")
    bill = PendingBillFactory(number="")
    bill.acts.set([example.act])

    acts = {one["act"]: one for one in client.get("/api/v1/law/acts").json()["items"]}
    assert {name: one["example"] for name, one in acts.items()} == {
        "681-2023": False,
        "9900-2025": True,
    }
    assert acts["9900-2025"]["finlex"] == ""
    found = client.get("/api/v1/law/acts/9900-2025/sections/3").json()["item"]
    assert (found["example"], found["finlex"]) == (True, "")
    bills = client.get("/api/v1/law/bills").json()["items"]
    assert [one["example"] for one in bills] == [True]


def test_search_marks_it_and_puts_the_law_first(example):
    SectionFactory(number="33")
    bill = PendingBillFactory(number="")
    bill.acts.set([example.act])

    boosts = {one.key: one.boost for one in documents.sections(Section.objects.all())}
    [low] = {one.boost for one in documents.bills(PendingBill.objects.all())}

    assert boosts.pop(str(example.pk)) < min(boosts.values())
    assert low < 1
    assert documents.example_sections({*boosts, str(example.pk)}) == {str(example.pk)}
    assert documents.example_bills([str(bill.pk)]) == {str(bill.pk)}


def test_it_is_no_news_no_place_of_the_site_map_and_no_answer_to_a_question(example, client):
    assert newest_law_changes() == []
    assert "9900-2025" not in client.get("/sitemap-acts.xml").content.decode()
    assert "9900-2025" not in client.get("/sitemap-sections.xml").content.decode()
    assert named_sections("What does section 3 say?", "en") == []


def test_finlex_is_not_asked_for_it(example):
    outcome = watching.visit(None, 9900, 2025)

    assert "invented" in outcome.problems[0]
    assert not LawWatch.objects.exists()
