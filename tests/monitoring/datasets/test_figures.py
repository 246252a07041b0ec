"""Pictures and files of a dataset: what the address asks for, and nothing that is hidden."""

import re
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from django.utils.translation import override
from openpyxl import load_workbook
from wagtail.blocks import StructBlockValidationError

from monitoring import downloads
from monitoring.charts.figures import Kind
from monitoring.datasets import figures as drawn
from monitoring.datasets.blocks import DatasetFigureBlock
from monitoring.datasets.cubes import Cube
from tests.factories.datasets import released_dataset
from tests.monitoring.datasets.making import correct
from tests.queries import queries_of_page

BASE = "/en/datasets/example-clients"


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


@pytest.fixture
def cube(released):
    return Cube.of(released.dataset)


def figure(cube, **parameters):
    return drawn.figure(drawn.Asked.read(cube, parameters))


def test_areas_stand_side_by_side_at_one_period(cube):
    shown = figure(cube, kind="dots", TIME_PERIOD="2024", SEX="F", AGE="Y15T24")

    assert [slot.name for slot in shown.slots] == ["Area 01", "Area 02", "Area 03"]
    [series] = shown.main
    assert [cell.value for cell in series.cells] == [None, None, 100]
    assert series.cells[0].reason == "Suppressed: too few people"
    assert "Women" in shown.subtitle and "2024" in shown.subtitle


def test_groups_are_told_apart_and_their_sum_is_not_drawn_over_them(cube):
    shown = figure(cube, kind="lines", by="SEX", REF_AREA="TA03")

    assert [one.name for one in shown.main] == ["Women", "Men"]
    assert not shown.references


def test_what_is_no_sum_is_compared_with_the_whole(three_areas):
    cube = Cube.of(released_dataset(three_areas, unit_en="%"))

    by_sex = figure(cube, kind="lines", by="SEX", REF_AREA="TA03")
    in_area = figure(cube, kind="lines", REF_AREA="TA03")
    side_by_side = figure(cube, kind="dots")

    assert [one.name for one in by_sex.main] == ["Women", "Men"]
    assert [one.name for one in by_sex.references] == ["Total"]
    assert [one.name for one in in_area.references] == ["Finland"]
    assert [one.name for one in side_by_side.references] == ["Finland"]
    assert by_sex.measure.percent


@pytest.mark.parametrize(
    "query",
    ["kind=pie", "by=LANGUAGE", "REF_AREA=XX", "SEX=X", "TIME_PERIOD=1999"],
)
@pytest.mark.parametrize("ending", ["/", ".svg"])
def test_what_there_is_not_is_named(client, released, ending, query):
    answer = client.get(f"{BASE}{ending}?{query}")

    assert answer.status_code == 400
    assert query.split("=")[0] in answer.content.decode()


def test_page_picture_table_and_words_say_the_same(client, released):
    query = "kind=bars&by=AGE&SEX=F&REF_AREA=TA01"
    page = BeautifulSoup(client.get(f"{BASE}/?{query}").content, "html.parser")
    picture = client.get(f"{BASE}.svg?{query}").content.decode()

    table = page.select_one(".chart__table")
    names = [one.text for one in table.select("thead th.number")]
    cells = [" ".join(one.text.split()) for one in table.select("tbody td")]
    told = dict(re.findall(r"<title>([^<]+), 2024: ([^<]+)</title>", picture))
    assert "Suppressed: too few people" in cells and "100" in cells
    assert [told[name].replace("\u00a0persons", "") for name in names] == cells
    missing = len([one for one in cells if one != "100"])
    assert re.search(rf"{missing} values? (is|are) missing", page.select_one(".summary").text)
    assert "Example figures: invented" in picture


@pytest.mark.parametrize("ending", ["csv", "svg", "xlsx", "json", "metadata.json"])
def test_any_site_may_read_a_file(client, released, ending):
    answer = client.get(f"{BASE}.{ending}?kind=dots")

    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_the_pages_own_words_narrow_the_files(client, released):
    query = "REF_AREA=TA01,TA03&SEX=F&AGE=Y15T24"
    book = load_workbook(BytesIO(client.get(f"{BASE}.xlsx?{query}").content))
    text = b"".join(client.get(f"{BASE}.csv?{query}").streaming_content).decode("utf-8-sig")
    stat = client.get(f"{BASE}.json?{query}").json()

    rows = list(book.worksheets[0].iter_rows(min_row=2, values_only=True))
    assert rows == [
        ("TA01", "F", "Y15T24", "2024", None, "suppressed", "Example"),
        ("TA03", "F", "Y15T24", "2024", 100, None, "Example"),
    ]
    assert [line.split(",")[4] for line in text.splitlines()[1:]] == ["", "100"]
    assert stat["value"] == [None, 100]
    assert client.get(f"{BASE}.xlsx?SEX=X").status_code == 400


def test_more_rows_than_a_workbook_takes_are_given_as_csv(client, released, monkeypatch):
    monkeypatch.setattr(downloads, "MOST_ROWS", 71)

    answer = client.get(f"{BASE}.xlsx")

    assert (answer.status_code, answer.headers["Location"]) == (302, f"{BASE}.csv")


def test_a_correction_is_seen_at_once_in_a_picture_that_was_kept(client, released, figures):
    query = "kind=dots&SEX=M&AGE=Y55T64"
    before = client.get(f"{BASE}.svg?{query}").content.decode()
    correct(released, figures, TA03_M_Y55T64=130)
    after = client.get(f"{BASE}.svg?{query}").content.decode()

    assert "Area 03: 100\u00a0persons" in before
    assert "Area 03: 130\u00a0persons (revised" in after


def test_a_frame_shows_the_picture_with_its_values(client, released):
    frame = client.get("/embed/dataset/?slug=example-clients&kind=dots&language=en")

    page = BeautifulSoup(frame.content, "html.parser")
    assert page.select_one(".chart svg[role=img]")
    assert len(page.select("tbody tr")) == 3
    assert client.get("/embed/dataset/?slug=nothing").status_code == 404


def test_a_break_stands_between_the_periods_that_cannot_be_compared(three_areas):
    dataset = released_dataset(three_areas, years=(2023, 2024, 2025))
    words = {f"text_{language}": "The register changed" for language in ("fi", "sv", "en")}
    dataset.breaks.create(time=2025, **words)
    dataset.breaks.create(time=2027, **words)

    shown = figure(Cube.of(dataset), kind="lines")

    assert [(one.slot, one.words) for one in shown.breaks] == [(2, "The register changed")]


def test_a_few_periods_are_bars_first(cube):
    assert drawn.kinds_of(cube)[0] is Kind.BARS


def test_every_kind_of_picture_costs_the_page_the_same_queries(client, released):
    costs = {
        kind: queries_of_page(client, f"{BASE}/?kind={kind}") for kind in drawn.kinds_of(
            Cube.of(released.dataset)
        )
    }  # fmt: skip

    assert max(costs.values()) <= min(costs.values()) + 1


def test_a_block_shows_the_picture_that_was_chosen_and_refuses_what_there_is_not(released):
    block = DatasetFigureBlock()
    dataset = released.dataset
    chosen = {"dataset": dataset.pk, "kind": "dots", "area": "", "by": "", "time": "2024"}
    value = block.clean(block.to_python(chosen))
    shown = block.render(value)
    with pytest.raises(StructBlockValidationError) as wrong:
        block.clean(block.to_python(chosen | {"area": "XX"}))
    gone = block.render(block.to_python(chosen | {"by": "LANGUAGE"}))
    dataset.released_at = None
    dataset.save()
    hidden = block.render(block.to_python(chosen))

    assert 'role="img"' in shown and "Area 03" in shown
    assert list(wrong.value.block_errors) == ["area"]
    assert (gone.strip(), hidden.strip()) == ("", "")
