import csv
import io
import re
from datetime import date
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import override

from law import impact_reviews
from law.models import Act, Chapter, Section
from monitoring.indicators import documents, summaries
from monitoring.indicators.blocks import IndicatorBlock
from monitoring.indicators.models import Indicator, IndicatorSection, Observation
from monitoring.indicators.placing import of_area, of_sections
from monitoring.indicators.series import read
from monitoring.indicators.validation import check
from portal.places.models import Area
from tests.factories.law import AmendmentEffectFactory
from tests.factories.monitoring import (
    AreaFactory,
    IndicatorFactory,
    ObservationFactory,
    PercentFactory,
    values,
)
from tests.queries import queries_of_page

pytestmark = pytest.mark.django_db
EVIL = "<script>alert(1)</script>"


def rows_of(response):
    text = response.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_list_stands_by_domain_with_the_countrys_latest_value(client, rate):
    values(rate, _2024Q1=60.6, _2024Q2=61.3, _2024Q3="not-yet-published")
    IndicatorFactory(domain=Indicator.Domain.HOUSING, name_en="Homes")

    html = client.get("/en/indicators/").content.decode()

    assert "61.3%" in html and "2nd quarter of 2024" in html
    assert html.index(">Employment<") < html.index(">Housing<") < html.index("Homes")
    assert "Health and wellbeing" not in html
    assert "No value for the whole country yet" in html


def test_the_list_says_which_indicators_are_being_checked_after_a_change_of_the_law(client):
    change = AmendmentEffectFactory()
    for name, sections in (("Homes", [change.section]), ("Work", [])):
        indicator = IndicatorFactory(name_en=name)
        for section in sections:
            IndicatorSection.objects.create(indicator=indicator, section=section)
    impact_reviews.open_tasks([change])

    page = client.get("/en/indicators/").content.decode()

    told = [card for card in page.split("<article")[1:] if "Being checked after" in card]
    assert len(told) == 1 and ">Homes<" in told[0]


def test_the_list_says_when_there_is_nothing(client):
    assert b"No indicators have been published yet" in client.get("/en/indicators/").content


def test_six_indicators_cost_the_queries_of_one(client, country):
    values(IndicatorFactory(), _2024M06=1)
    one = queries_of_page(client, "/en/indicators/")
    for _number in range(5):
        values(IndicatorFactory(), _2024M06=1, _2024M07=2)

    assert queries_of_page(client, "/en/indicators/") == one <= 9


def test_a_long_series_costs_the_queries_of_a_short_one(client, jobseekers):
    path = "/en/indicators/jobseekers/"
    values(jobseekers, _2024M06=1)
    one = queries_of_page(client, path)
    values(jobseekers, **{f"_2023M{month:02d}": month for month in range(1, 13)})

    assert queries_of_page(client, path) == one <= 9


def test_drawing_table_words_and_file_have_the_same_numbers(client, jobseekers):
    values(jobseekers, _2024M05="not-collected", _2024M06=46709, _2024M07=45001, _2024M08=43952)

    html = client.get("/en/indicators/jobseekers/").content.decode()
    file = rows_of(client.get("/en/indicators/jobseekers.csv"))

    wide = html.partition('class="chart__wide"')[2].partition("</svg>")[0]
    drawn = re.findall(r'class="num halo"[^>]*>([\d,]+)<', wide)
    tabled = re.findall(r'<td class="number">([\d,]+)', html)
    written = [row["value"] for row in file if row["value"]]
    assert drawn == ["46,709", "45,001", "43,952"]
    assert tabled == drawn[::-1]
    assert [number.replace(",", "") for number in drawn] == written
    summary = re.search(r'class="prose summary">(.*?)</p>', html, re.DOTALL)[1]
    assert "43,952\u00a0persons" in summary and "46,709\u00a0persons" in summary


def test_a_missing_value_has_its_reason_on_the_page_and_in_the_file(client, jobseekers):
    values(jobseekers, _2024M06=5, _2024M07="suppressed")

    html = client.get("/en/indicators/jobseekers/").content.decode()
    file = rows_of(client.get("/en/indicators/jobseekers.csv"))

    assert "Suppressed: too few people" in html
    assert (file[1]["value"], file[1]["status"]) == ("", "suppressed")


def test_one_value_has_a_page_without_a_chart(client, rate):
    values(rate, _2024Q1=49.5)

    html = client.get("/en/indicators/rate/").content.decode()

    assert "49.5%" in html
    assert "data-chart" not in html and "chart.js" not in html
    assert 'class="share__part" width="49.5' in html


def test_the_page_tells_how_to_read_the_figure_and_how_to_cite_it(client, rate):
    values(rate, _2024Q1=49.5)

    html = client.get("/en/indicators/rate/").content.decode()

    for words in ("purpose en", "limits en", "misreading en", "coverage en", "source en"):
        assert words in html
    assert "Integration portal: " in html and "/en/indicators/rate/" in html


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_names_cannot_bring_markup(client, language, country):
    evil = {
        f"{field}_{language}": EVIL
        for field in ("name", "short", "unit", "source", "purpose", "limits", "misreading")
    }
    indicator = IndicatorFactory(slug="evil", **evil)
    values(indicator, _2024M06=5, _2024M07=6)
    Observation.objects.update(note=EVIL)
    with override(language):
        paths = [indicator.get_absolute_url(), country.get_absolute_url()]

    for path in paths:
        assert EVIL not in client.get(path).content.decode()


@pytest.mark.parametrize(
    ("query", "name"),
    [("area=TA05", "area"), ("time=soon", "time"),
     ("time=2024M13", "time"), ("time=99999", "time")],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/en/indicators/jobseekers/", "/en/indicators/jobseekers.csv"])
def test_a_parameter_that_cannot_be_read_is_named(client, jobseekers, path, query, name):
    values(jobseekers, _2024M06=5)

    response = client.get(f"{path}?{query}")

    assert response.status_code == 400
    assert f"“{name}”" in response.content.decode()


@pytest.mark.parametrize("words", ["XX", "fi"])
def test_a_file_takes_keys_of_areas_alone(client, jobseekers, words):
    values(jobseekers, _2024M06=5)

    assert client.get(f"/en/indicators/jobseekers.csv?area={words}").status_code == 400


def test_an_area_is_compared_by_its_name(client, jobseekers):
    village = AreaFactory(kind=Area.Kind.MUNICIPALITY, code="837", name_fi="Tampere")
    values(jobseekers, _2024M06=5)
    ObservationFactory(indicator=jobseekers, area=village, time="2024M06")
    path = "/en/indicators/jobseekers/"

    named = client.get(path, {"area": "tampereella", "time": "2024"})
    wrong = client.get(path, {"area": "Tamprere"})

    assert named["Location"] == f"{path}?area=KU837&time=2024"
    assert wrong.status_code == 400
    assert "No area here is called “Tamprere”. Did you mean " in wrong.text
    assert 'value="Tamprere"' in wrong.text
    assert 'value="The whole country"' in client.get(path).text


def test_area_and_time_narrow_page_and_file(client, jobseekers, areas):
    values(jobseekers, _2024M06=111, _2025M06=222)
    ObservationFactory(indicator=jobseekers, area=areas[1], time="2025M06", value=Decimal(333))

    file = rows_of(client.get("/en/indicators/jobseekers.csv?area=FI&time=2025"))
    html = client.get("/en/indicators/jobseekers/?area=TA05").content.decode()

    assert [(row["area"], row["time"], row["value"]) for row in file] == [("FI", "2025M06", "222")]
    assert re.findall(r'<td class="number">([\d,]+)', html) == ["333"]
    assert "/en/indicators/jobseekers.csv?area=TA05" in html
    assert len(rows_of(client.get("/en/indicators/jobseekers.csv"))) == 3


def test_the_file_is_what_an_import_would_take(client, jobseekers):
    notes = {"2024M06": '=HYPERLINK("x")', "2024M07": 'Työ; "nyt"', "2024M08": ""}
    for time, note in notes.items():
        ObservationFactory(indicator=jobseekers, time=time, note=note, source_url="https://a.fi/")

    response = client.get("/en/indicators/jobseekers.csv")
    report = check(response.content)

    assert (report.unchanged, report.errors.total) == (3, 0)
    assert [row["note"][:2] for row in rows_of(response)] == ["'=", "Ty", ""]
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="jobseekers.csv"'
    assert response.content.startswith(b"\xef\xbb\xbfindicator,area,time,value,status,")
    assert b"\r\n" in response.content


def test_drafts_are_not_there_for_readers(client, people, country):
    values(IndicatorFactory(slug="draft", name_en="Secret", published=False), _2024M06=5)

    for path in ("/en/indicators/", "/en/areas/FI/", "/sitemap.xml"):
        assert b"ecret" not in client.get(path).content
        assert b"/draft/" not in client.get(path).content
    assert client.get("/en/indicators/draft/").status_code == 404
    client.force_login(people["statistician"])
    assert b"Draft" in client.get("/en/indicators/draft/").content


def test_an_area_page_shows_the_indicators_that_have_values_there(client, jobseekers, areas):
    values(jobseekers, _2024M06=111)
    IndicatorFactory(name_en="Nothing yet")

    html = client.get("/en/areas/FI/").content.decode()

    assert "111\u00a0persons" in html and "Nothing yet" not in html
    assert of_area(areas[2], AnonymousUser()) is None


def test_six_indicators_of_an_area_cost_the_queries_of_one(country, django_assert_num_queries):
    for _number in range(6):
        values(IndicatorFactory(), _2024M06=1)

    with django_assert_num_queries(1):
        assert len(of_area(country, AnonymousUser())["rows"]) == 6


def test_indicators_rest_on_their_sections(country, django_assert_num_queries):
    section = _a_section()
    shown, draft = IndicatorFactory(name_en="Shown"), IndicatorFactory(published=False)
    for indicator in (shown, draft):
        IndicatorSection.objects.create(indicator=indicator, section=section)

    with django_assert_num_queries(1), override("en"):
        found = of_sections([section], AnonymousUser(), "en")

    assert [item.title for item in found[section.pk]] == ["Shown"]


def test_the_site_map_names_published_indicators(client, rate):
    assert b"/fi/indi" in client.get("/sitemap.xml").content


def test_the_block_shows_value_and_chart_and_hides_a_draft(rate):
    values(rate, _2024Q1=60.6, _2024Q2=61.3)
    block = IndicatorBlock()
    with override("en"):
        shown = block.render(block.to_python({"indicator": rate.pk}))
    Indicator.objects.update(published=False)
    hidden = block.render(block.to_python({"indicator": rate.pk}))

    assert "61.3%" in shown and "data-chart" in shown
    assert hidden.strip() == ""


def test_indicators_without_the_country_show_an_area_that_has_values(client):
    area = AreaFactory(kind=Area.Kind.REGION, code="01", name_en="Uusimaa")
    ObservationFactory(indicator=PercentFactory(slug="local"), area=area, time="2024Q1")

    assert b"Uusimaa" in client.get("/en/indicators/local/").content


def _a_section():
    day = date(2025, 1, 1)
    names = {f"name_{language}": "Name" for language in ("fi", "sv", "en")}
    act = Act.objects.create(number=1, year=2025, given_on=day, in_force_from=day, **names)
    chapter = Chapter.objects.create(act=act, number="1", position=1, **names)
    return Section.objects.create(act=act, chapter=chapter, number="1", position=1, **names)


def test_a_span_of_time_keeps_the_comparison_with_the_year_before_it(client, jobseekers):
    for time, value in [("2024M06", 10), ("2025M06", 15)]:
        ObservationFactory(indicator=jobseekers, time=time, value=Decimal(value))

    page = client.get("/en/indicators/jobseekers/?time=2025")

    assert "more than in June 2024" in page.context["change"]
    assert len(page.context["series"].points) == 1


def test_the_page_begins_with_the_value_how_old_it_is_and_its_licence(client, rate):
    values(rate, _2024Q1=49.5, _2024Q2=60.5)

    page = client.get("/en/indicators/rate/").content.decode()
    main = page[page.index("</h1>") :]

    assert main.index("60.5%") < main.index("2nd quarter of 2024") < main.index("years old")
    assert main.index("years old") < main.index("data-chart")
    assert 'rel="license">CC BY 4.0<' in main


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_an_indicator_has_one_name_wherever_it_is_named(client, rate, language):
    name = getattr(rate, f"name_{language}")
    values(rate, _2024Q1=49.5, _2024Q2=60.5)
    with override(language):
        lists, path = client.get(reverse("monitoring:index")), rate.get_absolute_url()

    page = BeautifulSoup(client.get(path).content, "html.parser")
    entry = next(
        entry
        for entry in documents.indicators(Indicator.objects.all())
        if entry.language == language
    )

    assert BeautifulSoup(lists.content, "html.parser").select_one(".card__title").text == name
    assert page.h1.text == name
    assert page.title.text.startswith(name)
    assert page.select_one(".breadcrumb [aria-current]").text.strip() == name
    assert page.select_one(".chart svg")["aria-label"].startswith(f"{name}: ")
    assert entry.title == name
    assert client.get("/api/v1/indicators/rate").json()["item"]["names"][language] == name


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (date(2024, 7, 1), "The period has ended less than a month ago."),
        (date(2024, 8, 31), "The figure is 1 month old: so long ago its period ended."),
        (date(2026, 6, 30), "The figure is 23 months old: so long ago its period ended."),
        (date(2026, 7, 1), "The figure is over 2 years old: so long ago its period ended."),
    ],
)
def test_the_age_of_a_figure_is_counted_from_the_end_of_its_period(jobseekers, today, said):
    values(jobseekers, _2024M06=5)

    with override("en"):
        assert summaries.age(read(jobseekers, Area.objects.get(key="FI")), today) == said


def _areas_with(indicator, numbers, first=10):
    for code, number in enumerate(numbers, start=first):
        area = AreaFactory(
            kind=Area.Kind.EMPLOYMENT_AREA,
            code=f"{code}",
            name_en=f"Place {code}",
            map_path="M10 10l50 0 0 50-50 0z",
        )
        ObservationFactory(indicator=indicator, area=area, time="2024Q2", value=Decimal(number))


def test_an_area_is_told_where_it_lies_among_the_others_without_a_rank(client, rate):
    _areas_with(rate, [10, 20, 30, 40, 50])

    page = BeautifulSoup(client.get("/en/indicators/rate/?area=TA10").content, "html.parser")

    section = page.select_one("section[aria-labelledby=among]")
    assert section.p.text.endswith(
        "half lie between 20.0% and 40.0%. Place 10 lies below that half."
    )
    assert section.select_one("svg.chart__map")
    rows = [one.text.strip() for one in section.select("tbody th")]
    assert rows == sorted(rows)


def test_fewer_than_five_areas_are_not_set_side_by_side(client, rate):
    _areas_with(rate, [10, 20, 30, 40])

    assert b"half lie between" not in client.get("/en/indicators/rate/?area=TA10").content


def test_more_areas_cost_the_page_no_more_queries(client, rate):
    _areas_with(rate, [10, 20, 30, 40, 50])
    few = queries_of_page(client, "/en/indicators/rate/?area=TA10")
    _areas_with(rate, range(10, 40), first=20)

    assert queries_of_page(client, "/en/indicators/rate/?area=TA10") == few
