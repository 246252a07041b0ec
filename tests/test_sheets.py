"""Files for spreadsheets hold no formulas, whoever writes them."""

import csv
import io

import openpyxl
import pytest
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from portal.settings import BASE_DIR
from portal.sheets import Writer, disarm, rearm, workbook
from tests.factories.accounts import UserFactory
from tests.factories.content import ArticleFactory

FORMULAS = ["=1+1", "+1", "-1+1", "@x", "\t=1", "\r=1", "-", "'=1", "''-1+2"]
OTHERS = ["plain", "'plain", "", "-1", "-12.5", "-0,5", "1"]


@pytest.mark.parametrize("text", [*FORMULAS, *OTHERS])
def test_a_cell_is_no_formula_and_comes_back(text):
    assert disarm(text).startswith("'") == (text in FORMULAS or text == "'plain")
    assert rearm(disarm(text)) == text


def test_a_row_is_disarmed_and_numbers_stay_numbers():
    file = io.StringIO()

    Writer(file).writerow(["=cmd()", -1.5, "-3", None, 7])

    assert file.getvalue() == "'=cmd(),-1.5,-3,,7\r\n"


@pytest.mark.django_db
def test_wagtails_own_lists_are_written_likewise(client):
    ArticleFactory(title="=cmd()")
    client.force_login(UserFactory(is_superuser=True))

    response = client.get("/cms/reports/aging-pages/?export=csv")

    rows = list(csv.reader(io.StringIO(response.getvalue().decode())))
    assert "'=cmd()" in [cell for row in rows for cell in row]
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@"))]
    assert SpreadsheetExportMixin.write_csv_row.__module__ == "portal.sheets"


def test_there_is_no_other_writer():
    packages = ("portal", "law", "monitoring", "partnership", "content", "search")
    sources = [file for name in packages for file in (BASE_DIR / name).rglob("*.py")]

    found = [file.name for file in sources if "csv.writer" in file.read_text()]

    assert found == ["sheets.py"]


def test_a_workbook_has_typed_cells_and_no_formula():
    rows = [["=1+1", 5, 2.5, None], ["a\x00b", -3, 0, ""]]

    content = workbook("values", ["text", "=SUM(A1)"], rows, [("About",), ("=1", "x")])
    book = openpyxl.load_workbook(io.BytesIO(content))
    values, about = book.worksheets

    assert (values.title, about.title) == ("values", "About")
    shown = [[cell.value for cell in row if cell.value is not None] for row in values]
    assert shown == [
        ["text", "=SUM(A1)"],
        ["=1+1", 5, 2.5],
        ["ab", -3, 0],
    ]
    kinds = {cell.data_type for sheet in (values, about) for row in sheet for cell in row}
    assert "f" not in kinds and {"s", "n"} <= kinds
