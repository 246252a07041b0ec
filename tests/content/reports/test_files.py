"""A report and its annexes on paper: frozen figures with the marks of today, for everybody."""

import json
import subprocess
from time import monotonic, process_time

import pytest

from content.reports import printing
from monitoring.datasets import example_data
from portal.places import starter as places
from portal.places.models import Area
from tests import services
from tests.factories.content import text
from tests.factories.reports import ReportFactory, bound, chapter
from tests.monitoring.datasets.making import correct
from tests.printing.samples import opened, tags
from tests.proofs import PROVING, size

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(dataset):
    return ReportFactory(
        body=[text("<p>Introduction</p>"), chapter("resources"), bound(dataset, area="TA03")]
    )


@pytest.fixture
def on_paper(monkeypatch):
    """What documents are made of is served in their place: a PDF's text is not to be read."""

    def data(kind, given, language) -> bytes:
        assert printed(kind, given, language).startswith(b"%PDF")
        return json.dumps(given, ensure_ascii=False).encode()

    printed = printing.render
    monkeypatch.setattr(printing, "render", data)


def said(client, address) -> str:
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    return response.content.decode()


def test_the_report_on_paper_keeps_its_values_and_says_what_was_revised(
    client, on_paper, report, released, figures
):
    assert "revised since" not in said(client, f"{report.url_path}report.pdf")

    correct(released, figures, TA03_M_Y55T64=130)
    now = said(client, f"{report.url_path}report.pdf")

    assert "Implementation and resourcing" in now
    assert "1,000" in now
    assert "now 1,030" in now


def test_annexes_are_made_anew_after_a_correction(client, on_paper, report, released, figures):
    address = f"{report.url_path}annexes/TA03.pdf"
    assert "evised since" not in said(client, address)

    correct(released, figures, TA03_M_Y55T64=130)
    now = said(client, address)

    assert "1,000" in now
    assert "evised since" in now
    assert "now 1,030" in now
    assert "evised since" not in said(client, f"{report.url_path}annexes/TA02.pdf")


def test_the_page_leads_to_each_annex_and_there_are_no_others(client, report):
    page = client.get(report.url_path).content.decode()

    for key in ("TA01", "TA02", "TA03"):
        assert f'href="{report.url_path}annexes/{key}.pdf"' in page
    for key in ("FI", "TA99", "MK01"):
        assert client.get(f"{report.url_path}annexes/{key}.pdf").status_code == 404


def test_no_number_of_what_was_withdrawn_is_printed(client, on_paper, report, released, figures):
    correct(released, figures, TA03_M_Y55T64=3)

    annex = said(client, f"{report.url_path}annexes/TA03.pdf")

    assert "ithdrawn on" in annex
    assert "1,000 persons in 2024" not in annex.replace("\xa0", " ")


def test_the_report_has_the_tags_of_a_book(client, report):
    pdf = opened(client.get(f"{report.url_path}report.pdf").content)
    found = tags(pdf)

    assert found.count("H1") == 1
    assert "H2" in found
    assert "Table" in found
    assert "Figure" in found


def test_a_file_of_an_annex_changes_with_a_correction_and_only_then(
    client, report, released, figures
):
    address = f"{report.url_path}annexes/TA03.pdf"
    before = client.get(address).content
    assert client.get(address).content == before

    correct(released, figures, TA03_M_Y55T64=130)

    assert client.get(address).content != before


@pytest.mark.proof
@pytest.mark.verapdf
def test_all_annexes_in_three_languages_are_made_in_time_and_judged_pdf_ua(
    tmp_path, released, record_property
):
    """45 areas × 3 languages from the database on within 20 seconds; small: three areas."""
    if PROVING:
        Area.objects.exclude(key__in=["FI", "TA01", "TA02", "TA03"]).delete()
        places.load()
        example_data.make()
    pages = [ReportFactory(body=[chapter()], title="Report")]
    pages += [
        ReportFactory(body=[chapter()], title="Report", language=language, together=pages[0])
        for language in ("fi", "sv")
    ]

    began, worked = monotonic(), process_time()
    files = []
    for page in pages:
        for area, content in printing.annexes(page):
            files.append(tmp_path / f"{page.language}-{area.key}.pdf")
            files[-1].write_bytes(content)
    seconds, work = monotonic() - began, process_time() - worked

    record_property("annexes", f"{len(files)} in {seconds:.1f} s, {work:.1f} s of work")
    assert len(files) == 3 * size(3, 45)
    assert work < 20  # on one core, whatever else the machine is doing
    command = ["java", "-cp", f"{services.verapdf()}/*"]
    command += ["org.verapdf.apps.GreenfieldCliWrapper", "-f", "ua1", "--format", "text"]
    files.append(tmp_path / "report.pdf")
    files[-1].write_bytes(printing.report_pdf(pages[0]))
    done = subprocess.run([*command, *files], capture_output=True, text=True, timeout=280)
    assert done.stdout.splitlines() == [f"PASS {file} ua1" for file in files]
