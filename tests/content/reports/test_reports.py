"""A published report keeps its figures as they stood, and says what has become of them."""

import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from wagtail.models import Page

from content.reports.models import AnnualReportPage, ReportFigure
from monitoring.datasets import uses
from monitoring.datasets.models import Dataset, FrozenFigure
from tests.factories.content import publish, text
from tests.factories.reports import ReportFactory, bound, chapter
from tests.monitoring.datasets.making import correct

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def body(dataset):
    return [
        text("<p>Introduction</p>"),
        chapter("resources"),
        text("<p>How it went</p>"),
        bound(dataset, area="TA03"),
    ]


@pytest.fixture
def report(body):
    return ReportFactory(body=body)


def read(client, page) -> str:
    response = client.get(page.url_path)
    assert response.status_code == 200
    return response.content.decode()


def test_a_corrected_value_stays_in_the_report_and_says_what_it_is_now(
    client, report, released, figures
):
    assert "1,000" in read(client, report)
    assert "revised since" not in read(client, report)

    correct(released, figures, TA03_M_Y55T64=130)
    page = read(client, report)

    assert "1,000" in page
    assert "revised since" in page
    assert "now 1,030" in page
    assert "Some of these values were revised after the report was published" in page


@pytest.mark.parametrize(("language", "words"), [("fi", "nyt 1\xa0030"), ("sv", "nu 1\xa0030")])
def test_the_mark_is_in_every_language(client, body, report, released, figures, language, words):
    other = ReportFactory(body=body, language=language, together=report)
    correct(released, figures, TA03_M_Y55T64=130)

    assert words in read(client, other)


def test_all_languages_share_what_was_frozen(body, report, released, figures):
    correct(released, figures, TA03_M_Y55T64=130)

    other = ReportFactory(body=body, language="fi", together=report)

    assert other.kept == report.kept
    assert ReportFigure.objects.filter(report=report.translation_key).count() == len(report.kept)


def test_republishing_keeps_what_was_frozen_and_freezes_what_is_new(
    report, dataset, released, figures
):
    before = set(report.kept.values())
    correct(released, figures, TA03_M_Y55T64=130)

    report.body = [*report.body.raw_data, bound(dataset, area="TA02")]
    again = publish(report)

    assert before < set(again.kept.values())
    (new,) = set(again.kept.values()) - before
    assert new.release != released


def test_the_report_of_another_year_is_frozen_anew(body, report, released, figures):
    correct(released, figures, TA03_M_Y55T64=130)

    other = ReportFactory(body=body, year=2025)

    assert not set(other.kept.values()) & set(report.kept.values())


def test_publishing_and_freezing_are_one_transaction(body, monkeypatch):
    page = ReportFactory(body=body, live=False)

    def fails(self):
        raise RuntimeError("no room")

    monkeypatch.setattr(AnnualReportPage, "freeze", fails)
    with pytest.raises(RuntimeError), transaction.atomic():
        publish(page)

    assert not AnnualReportPage.objects.get(pk=page.pk).live


def test_a_draft_freezes_nothing_and_shows_the_values_of_today(
    client, people, body, released, figures
):
    page = ReportFactory(body=body, live=False)
    page.save_revision()
    correct(released, figures, TA03_M_Y55T64=130)

    assert not ReportFigure.objects.exists()
    client.force_login(people["editor"])
    shown = client.get(f"/cms/pages/{page.pk}/view_draft/").content.decode()
    assert "1,030" in shown
    assert "They freeze when the report is published" in shown


def test_a_draft_of_a_published_report_freezes_nothing_yet(report, dataset):
    known = len(report.kept)
    report.body = [*report.body.raw_data, bound(dataset, area="TA02")]

    report.save_revision()

    assert ReportFigure.objects.count() == known


@pytest.mark.parametrize("file", ["", "data.zip", "report.pdf", "annexes/TA01.pdf"])
def test_nothing_of_a_draft_is_public(client, body, file):
    page = ReportFactory(body=body, live=False)

    assert client.get(f"{page.url_path}{file}").status_code == 404


def test_what_was_withdrawn_is_in_no_form_of_the_report(client, dataset, released, figures):
    """The cell alone is bound: 100 people, of whom the correction says that they are three."""
    body = [chapter(), bound(dataset, area="TA03", kind="bars", codes="SEX=M AGE=Y55T64")]
    report = ReportFactory(body=body)
    (key,) = (key for key in report.kept if ":" not in key)
    assert (
        "TA03,M,Y55T64,2024,100,"
        in client.get(f"{report.url_path}figures/{key}.csv").content.decode()
    )

    correct(released, figures, TA03_M_Y55T64=3)

    csv = client.get(f"{report.url_path}figures/{key}.csv").content.decode()
    archive = ZipFile(BytesIO(client.get(f"{report.url_path}data.zip").content))
    packed = "".join(archive.read(name).decode() for name in archive.namelist())
    for form in (csv, packed):
        assert "TA03,M,Y55T64,2024,,withdrawn," in form
        assert "TA03,M,Y55T64,2024,100" not in form
    page = read(client, report)
    assert "withdrawn on" in page


def test_a_chapter_comes_once_and_a_year_has_one_report(report, dataset):
    other = AnnualReportPage(title="Again", slug="again", year=report.year, locale=report.locale)
    with pytest.raises(ValidationError, match="already"):
        other.clean()
    block = AnnualReportPage._meta.get_field("body").stream_block
    with pytest.raises(ValidationError):
        block.clean(block.to_python([chapter(), chapter()]))


def test_the_page_says_its_contents_and_the_state_of_each_language(client, report):
    page = read(client, report)

    assert 'href="#resources">Implementation and resourcing<' in page
    assert "not published yet" in page


def test_the_data_package_has_values_release_and_marks(client, report, released, figures):
    correct(released, figures, TA03_M_Y55T64=130)

    archive = ZipFile(BytesIO(client.get(f"{report.url_path}data.zip").content))

    about = json.loads(archive.read("metadata.json"))
    assert about["year"] == 2024
    assert about["licence"] == "CC BY 4.0"
    (figure,) = [one for one in about["figures"] if one["selection"].get("REF_AREA") == "TA03"]
    assert figure["release"]["number"] == released.pk
    assert figure["revised_since"]
    assert "suppressed" in about["status_codes"]
    rows = archive.read(figure["file"]).decode("utf-8-sig").splitlines()
    assert rows[0] == "REF_AREA,SEX,AGE,TIME_PERIOD,OBS_VALUE,OBS_STATUS,REVISED_SINCE,VALUE_NOW"
    assert any(row.startswith("TA03,_T,_T,2024,1000,,") and row.endswith(",1030") for row in rows)


def test_differences_to_the_report_before_name_then_now_and_definitions(
    client, body, report, released, figures
):
    correct(released, figures, TA03_M_Y55T64=130)
    Dataset.objects.update(method_en="Counted otherwise", method_fi="Toisin", method_sv="Annat")

    later = ReportFactory(body=body, year=2025)
    page = read(client, later)

    assert "What is different from the report before" in page
    assert "2024: 1,000" in page
    assert "2024: 1,030" in page
    assert "+30" in page
    assert "The definition has changed (method)" in page
    assert "What is different from the report before" not in read(client, report)


def test_a_correction_lists_the_reports_that_it_touches(report, released, figures):
    second = correct(released, figures, TA03_M_Y55T64=130)

    places = dict(uses.uses_of(second))

    assert [use.url for use in places["Annual reports"]] == [report.url_path]


def test_the_picture_and_the_numbers_of_a_figure_are_frozen_too(client, report, released, figures):
    correct(released, figures, TA03_M_Y55T64=130)
    key = next(key for key in report.kept if ":" not in key)

    svg = client.get(f"{report.url_path}figures/{key}.svg")
    csv = client.get(f"{report.url_path}figures/{key}.csv")

    assert svg.status_code == 200
    assert "1,000" in svg.content.decode()
    assert "TA03,_T,_T,2024,1000" in csv.content.decode()
    assert client.get(f"{report.url_path}figures/none.svg").status_code == 404


def test_the_index_lists_the_newest_first_and_is_found(client, report, body):
    ReportFactory(body=body, year=2025, title="Of 2025")

    page = read(client, Page.objects.get(url_path="/en/reports/"))

    assert page.index("Of 2025") < page.index(report.title)


def test_the_frozen_figure_of_a_deleted_report_stays(report):
    report.delete()

    assert FrozenFigure.objects.exists()
    assert ReportFigure.objects.exists()
