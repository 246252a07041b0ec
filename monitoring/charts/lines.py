"""Lines over time, and small multiples of them."""

from .axes import (
    WIDE,
    Box,
    Label,
    breaks,
    gaps,
    grid,
    is_provisional,
    label,
    lane_of,
    looks_of,
    periods,
    runs,
)
from .canvas import NUMBER, SMALL, Canvas
from .figures import Figure, Series
from .scales import Scale, spread, ticks, width_of, wrap

MOST_DOTS = 26  # of a line with more points only the last is drawn, and that one points at


def lines(figure: Figure, canvas: Canvas, top: float) -> float:
    """Lines with their names and last values at their ends."""
    wide = canvas.width >= WIDE
    alone = len(figure.series) == 1
    scale = ticks(figure.numbers, from_zero=False)
    height = 250 if wide else 190
    box_top = top + 22
    y = Scale(scale, box_top + height, box_top)
    room = canvas.width * (0.3 if wide else 0.33)
    labels = [
        label(figure, one, one.latest[1], y.at(one.latest[1]), room)
        for one in figure.series
        if one.latest and not alone
    ]
    lane = max((one.width for one in labels), default=0) + 26 if labels else 14
    box = Box(lane_of(scale), box_top, canvas.width - lane, box_top + height, len(figure.slots))
    grid(canvas, scale, y, box.left, box.right)
    breaks(figure, canvas, box)
    for one in (*figure.references, *figure.main):
        _line(figure, canvas, one, box, y)
    gaps(figure, canvas, box, figure.series)
    if alone and figure.series[0].latest:
        at, value = figure.series[0].latest
        words = figure.measure.number(value)
        half = width_of(words, NUMBER) / 2
        x = min(box.x(at), canvas.width - half)
        canvas.text(x, y.at(value) - 11, words, "num halo", "middle", NUMBER)
    bottom = ends(canvas, labels, box, top)
    return max(periods(figure, canvas, box, box.bottom), bottom)


def ends(canvas: Canvas, labels: list[Label], box: Box, top: float) -> float:
    """The labels beside the ends, moved apart; a thin line leads to one that had to move far."""
    tall = sum(one.height for one in labels)
    low, high = top, max(box.bottom + 10, top + tall)
    middles = spread([one.y for one in labels], [one.height for one in labels], low, high)
    x = box.right + 14
    for one, middle in zip(labels, middles, strict=True):
        if abs(middle - one.y) > 8:
            canvas.line(box.right + 2, one.y, x - 3, middle, "lead")
        y = middle - one.height / 2 + 13
        for words, looks in one.lines:
            canvas.text(x, y, words, f"{looks} t{one.looks}", size=NUMBER)
            y += 16
    return high if labels else 0


def _line(figure: Figure, canvas: Canvas, series: Series, box: Box, y: Scale) -> None:
    looks = looks_of(figure, series)
    values = dict(series.values)
    for run in runs(figure, series):
        if len(run) > 1:
            points = [(box.x(at), y.at(values[at])) for at in run]
            canvas.polyline(points, f"line {looks}")
    number = 0 if series.reference else figure.main.index(series)
    last = max(values, default=-1)
    alone = {run[0] for run in runs(figure, series) if len(run) == 1}
    for at, value in values.items():
        cell = series.cells[at]
        quiet = at != last and at not in alone and (len(values) > MOST_DOTS or series.reference)
        state = " soft" if is_provisional(cell) else ""
        with canvas.mark(figure.said(figure.slots[at], cell, series)):
            size = 3 if series.reference else 4
            if quiet:
                canvas.circle(box.x(at), y.at(value), size, f"quiet {looks}")
            else:
                canvas.marker(box.x(at), y.at(value), number, f"{looks}{state}", size)


def multiples(figure: Figure, canvas: Canvas, top: float) -> float:
    """A small panel a series, all on one scale, the references behind each."""
    wide = canvas.width >= WIDE
    columns = 3 if wide else 2
    scale = ticks(figure.numbers, from_zero=False, about=3)
    lane = lane_of(scale)
    across = (canvas.width - lane) / columns
    height = 96
    y = top
    if figure.references:
        names = [(one.name, "ref") for one in figure.references]
        y = canvas.legend(names, 0, y + 12, canvas.width)
    panels = figure.main
    for first in range(0, len(panels), columns):
        row = panels[first : first + columns]
        heads = [wrap(one.name, SMALL, across - 18) for one in row]
        deepest = max(map(len, heads))
        for place, one in enumerate(row):
            left = lane + place * across
            for number, words in enumerate(heads[place]):
                at = y + 16 + (deepest - len(heads[place]) + number) * 16
                canvas.text(left, at, words, "name strong", size=SMALL)
            box_top = y + 16 + deepest * 16
            box = Box(left, box_top, left + across - 18, box_top + height, len(figure.slots))
            _panel(figure, canvas, one, box, scale, first=place == 0)
        y += 16 + deepest * 16 + height + 34
    return y - 8


def _panel(figure: Figure, canvas: Canvas, series: Series, box: Box, scale, *, first: bool) -> None:
    y = Scale(scale, box.bottom, box.top)
    if first:
        grid(canvas, scale, y, box.left, box.right)
    else:
        for value in scale:
            at = y.at(value)
            canvas.line(box.left, at, box.right, at, "axis" if value == 0 else "grid")
    for one in (*figure.references, series):
        values = dict(one.values)
        looks = "ref" if one.reference else "s1"
        for run in runs(figure, one):
            points = [(box.x(at), y.at(values[at])) for at in run]
            if len(run) > 1:
                canvas.polyline(points, f"line {looks}")
        if one.reference:
            continue
        for at, value in values.items():
            with canvas.mark(figure.said(figure.slots[at], one.cells[at], one)):
                last = one.latest and at == one.latest[0]
                canvas.circle(box.x(at), y.at(value), 3.5, "s1" if last else "quiet s1")
        if one.latest:
            at, value = one.latest
            behind = [y.at(ref.latest[1]) for ref in figure.references if ref.latest]
            crowded = any(0 < y.at(value) - other < 24 for other in behind)
            above = y.at(value) + (18 if crowded else -9)
            words = figure.measure.number(value)
            x = min(box.x(at), box.right + 10 - width_of(words, SMALL) / 2)
            canvas.text(x, above, words, "num halo", "middle", SMALL)
    gaps(figure, canvas, box, [series])
    for broken in figure.breaks:
        x = box.left + broken.slot * box.step
        canvas.line(x, box.top, x, box.bottom, "break")
    for at, anchor in ((0, ""), (len(figure.slots) - 1, "end")):
        x = box.left if at == 0 else box.right
        canvas.text(x, box.bottom + 17, figure.slots[at].short, "tick", anchor, SMALL)
