"""Pictures: what is drawn lies within, nothing collides, and everything is said in words too."""

import re
from dataclasses import replace
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from monitoring.charts import drawing, scales, stylesheet, summaries
from monitoring.charts.figures import Break, Kind
from tests.monitoring.charts.making import EVERY_KIND, PERSONS, a_figure, quarters, years

SVG = "{http://www.w3.org/2000/svg}"
NUMBER = re.compile(r"-?\d+(\.\d)?")


@pytest.fixture(autouse=True)
def in_english():
    with override("en"):
        yield


def drawn(figure) -> ElementTree.Element:
    return ElementTree.fromstring(drawing.file(figure))


def texts(root, *looks):
    return [one for one in root.iter(f"{SVG}text") if set(looks) <= set(one.get("class").split())]


def boxes(found):
    """About what texts cover: left, top, right, bottom."""
    for one in found:
        size, x, y = (float(one.get(name)) for name in ("font-size", "x", "y"))
        wide = scales.width_of(one.text, size) * 0.9
        left = x - {None: 0, "middle": wide / 2, "end": wide}[one.get("text-anchor")]
        yield left, y - size * 0.7, left + wide, y + size * 0.15


@pytest.mark.parametrize("name", EVERY_KIND)
def test_every_kind_says_source_licence_and_day_and_every_cell(name):
    figure = EVERY_KIND[name]()

    root = drawn(replace(figure, title=summaries.finding(figure)))

    said = " ".join("".join(one.itertext()) for one in root.iter(f"{SVG}text"))
    assert "Source: A register" in said and "CC BY 4.0" in said and "1 May 2026" in said
    assert "Whole country" in said
    marks = [one.find(f"{SVG}title").text for one in root.iter(f"{SVG}g")]
    constant = [one for one in figure.references if len({value for _at, value in one.values}) == 1]
    wanted = [
        figure.said(slot, one.cells[at], one)
        for one in figure.series
        if one not in constant and not (figure.kind in (Kind.MULTIPLES, Kind.MAP) and one.reference)
        for at, slot in enumerate(figure.slots)
    ]
    if figure.kind is Kind.MAP:
        wanted = [
            figure.said(slot, figure.main[0].cells[at]) for at, slot in enumerate(figure.slots)
        ]
    assert set(wanted) <= set(marks)


@pytest.mark.parametrize("name", EVERY_KIND)
def test_nothing_lies_outside_and_names_and_numbers_do_not_collide(name):
    figure = EVERY_KIND[name]()
    for markup in re.findall(r'<svg class="chart__.*?</svg>(?=<svg class="chart__|\Z)',
                             drawing.picture(figure), re.DOTALL):  # fmt: skip
        root = ElementTree.fromstring(markup.replace("<svg ", f'<svg xmlns="{SVG[1:-1]}" ', 1))
        width, height = map(float, root.get("viewBox").split()[2:])
        found = list(boxes(texts(root)))
        assert all(left > -3 and right < width + 6 for left, _top, right, _bottom in found)
        assert all(top > -20 and bottom < height for _left, top, _right, bottom in found)
        direct = list(boxes([*texts(root, "name"), *texts(root, "num"), *texts(root, "place")]))
        for at, one in enumerate(direct):
            for other in direct[at + 1 :]:
                apart = (
                    one[2] <= other[0]
                    or other[2] <= one[0]
                    or one[3] <= other[1]
                    or other[3] <= one[1]
                )
                assert apart, (name, one, other)


@pytest.mark.parametrize("name", EVERY_KIND)
def test_a_picture_has_no_style_nor_script_and_escapes_its_words(name):
    figure = EVERY_KIND[name]()
    evil = replace(figure, title="<script>x</script>", source='"><b onload=x>')

    picture = drawing.picture(evil)

    assert "<script" not in picture and "<b " not in picture
    assert "style" not in picture
    ElementTree.fromstring(drawing.file(evil))
    for value in re.findall(r' (?:x|y|x1|y1|x2|y2|width|height|cx|cy|r)="([^"]+)"', picture):
        assert NUMBER.fullmatch(value), value


def test_a_line_breaks_where_a_value_is_missing_and_at_a_break_of_the_series():
    figure = a_figure(Kind.LINES, years(8), Finland=[1, 2, None, 4, 5, 6, 7, 8])
    broken = replace(figure, breaks=(Break(6, "The register changed"),))

    root = drawn(broken)

    assert [len(one.get("points").split()) for one in root.iter(f"{SVG}polyline")] == [2, 3, 2]
    assert "1: The register changed" in "".join(root.itertext())
    assert len([one for one in root.iter(f"{SVG}line") if one.get("class") == "break"]) == 1


def test_bars_begin_at_zero_and_negative_ones_hang_from_it():
    root = drawn(a_figure(Kind.BARS, years(2), Finland=[-50, 100]))

    below, above = [one for one in root.iter(f"{SVG}rect") if one.get("class") == "s1"]
    foot = float(above.get("y")) + float(above.get("height"))
    assert float(below.get("y")) == pytest.approx(foot)
    assert float(below.get("height")) == pytest.approx(float(above.get("height")) / 2, abs=0.2)


def test_a_stack_without_one_of_its_parts_has_a_cross_and_no_sum():
    root = drawn(EVERY_KIND["stacked rows"]())

    assert [one.text for one in texts(root, "num")] == ["12"]
    missing = [one for one in root.iter(f"{SVG}g") if "missing" in one.get("class")]
    assert [one.find(f"{SVG}title").text for one in missing] == [
        "Middle, Kainuu: Suppressed: too few people"
    ]


def test_many_quarters_are_told_by_their_years():
    root = drawn(a_figure(Kind.LINES, quarters(28), Finland=[*range(100, 128)]))

    named = [one.text for one in texts(root, "tick") if one.get("text-anchor") == "middle"]
    assert named == ["2019", "2020", "2021", "2022", "2023", "2024", "2025"]


def test_a_flat_line_says_that_its_axis_does_not_begin_at_zero():
    flat, steep = (
        drawing.notes(a_figure(Kind.LINES, years(6), Finland=values))
        for values in ([100, 101, 102, 103, 104, 105], [1, 20, 30, 40, 50, 60])
    )

    assert "The axis does not begin at zero." in flat
    assert "The axis does not begin at zero." not in steep


@given(st.lists(st.integers(-(10**9), 10**9), min_size=2, max_size=30), st.sampled_from(list(Kind)))
@settings(deadline=None, max_examples=60)
def test_any_values_can_be_drawn(numbers, kind):
    slots = tuple(
        slot._replace(key=f"{at:02d}") for at, slot in enumerate(years(len(numbers)), start=1)
    )
    figure = a_figure(kind, slots, PERSONS, Finland=numbers)

    root = drawn(figure)

    assert len([one for one in root.iter(f"{SVG}g") if one.get("class") == "mark"]) >= len(numbers)


@given(
    st.lists(st.tuples(st.floats(0, 300), st.floats(10, 60)), min_size=1, max_size=8),
)
def test_labels_are_spread_without_touching(wishes):
    wanted, sizes = zip(*wishes, strict=True)
    high = max(300, sum(sizes))

    middles = scales.spread(wanted, sizes, 0, high)

    order = sorted(range(len(wanted)), key=lambda one: middles[one])
    for one, other in pairwise(order):
        assert middles[other] - middles[one] >= (sizes[one] + sizes[other]) / 2 - 0.3
    assert all(middles[at] - sizes[at] / 2 >= -0.3 for at in order)
    assert all(middles[at] + sizes[at] / 2 <= high + 0.3 for at in order)


def test_the_file_has_one_style_with_its_colours_written_out():
    style = stylesheet.text()

    assert "var(" not in style and "@layer" not in style
    assert "#0a5160" in style and "#85cdd8" in style and "prefers-color-scheme: dark" in style
    assert drawing.file(EVERY_KIND["bars"]()).count(style) == 1
    for part in style.split("@media"):
        assert part.index(".chart .s1") < part.index(".chart .line { fill: none")
