"""The A4 of an area: one page, in three languages, with what its page says."""

import subprocess

import pytest
from django.test import Client

from portal.places.area_sections import AreaSection
from portal.places.models import Area
from portal.resources import ResourceType
from tests import services
from tests.factories.places import AreaFactory
from tests.printing.samples import opened, tags

pytestmark = pytest.mark.django_db


def words_of(nodes):
    return [{"kind": "p", "nodes": [{"kind": "text", "text": nodes}]}]


@pytest.fixture
def area():
    return AreaFactory(
        kind=Area.Kind.MUNICIPALITY, name_en="Village", population=12345, population_on="2025-12-31"
    )


def section(name, order, paper, context=lambda area, user: {"word": "said"}):
    shown = AreaSection(name, name, "places/names.html", context, order=order, paper=paper)
    return ResourceType(name, can=(shown,))


@pytest.mark.parametrize("path", ["/fi/alueet/{}.pdf", "/sv/omraden/{}.pdf", "/en/areas/{}.pdf"])
def test_the_paper_is_one_page_in_each_language(area, client, path):
    answer = client.get(path.format(area.key))

    assert answer["Content-Type"] == "application/pdf"
    pdf = opened(answer.content)
    assert len(pdf.pages) == 1
    assert str(pdf.Root.Lang) == path[1:3]
    assert "H1" in tags(pdf)


def test_sections_with_a_part_on_paper_are_on_it_in_their_order(area, client, only_room):
    def paper(area, variables):
        return words_of(f"{variables['word']} {area.name}")

    only_room(section("Later", 40, paper))
    only_room(section("Earlier", 10, paper))
    only_room(section("Screen alone", 20, None))

    pdf = opened(client.get(f"/en/areas/{area.key}.pdf").content)

    assert tags(pdf).count("H2") == 2


def test_ten_long_sections_fit_on_one_page(area, client, only_room):
    long = [{"kind": "list", "items": [words_of("Words that go on. " * 7)[0]["nodes"]] * 4}]
    for number in range(10):
        only_room(section(f"Part {number}", number * 10, lambda area, variables: long))

    assert len(opened(client.get(f"/en/areas/{area.key}.pdf").content).pages) == 1


def test_the_paper_shows_nothing_that_is_for_one_reader_alone(area, client, only_room, people):
    seen = []

    def context(area, user):
        seen.append(user.is_authenticated)
        return {}

    only_room(section("Part", 10, lambda area, variables: words_of("x"), context))
    client.force_login(people["superuser"])

    client.get(f"/en/areas/{area.key}.pdf")

    assert seen == [False]


def test_an_area_without_a_page_has_no_paper(client):
    centre = AreaFactory(kind=Area.Kind.ELY_CENTRE)

    assert client.get(f"/en/areas/{centre.key}.pdf").status_code == 404
    assert Client().get("/en/areas/TA99.pdf").status_code == 404


@pytest.mark.verapdf
def test_the_paper_of_an_area_is_pdf_ua(area, client, tmp_path):
    file = tmp_path / "area.pdf"
    file.write_bytes(client.get(f"/en/areas/{area.key}.pdf").content)
    command = ["java", "-cp", f"{services.verapdf()}/*"]
    command += ["org.verapdf.apps.GreenfieldCliWrapper", "-f", "ua1", "--format", "text", file]

    told = subprocess.run(command, capture_output=True, text=True, check=False)

    assert told.stdout.startswith("PASS"), told.stdout + told.stderr
