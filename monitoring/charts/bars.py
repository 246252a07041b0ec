"""Standing bars over time: side by side, or on top of each other."""

from decimal import Decimal

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
from .canvas import NUMBER, Canvas
from .figures import Figure, Series
from .lines import ends
from .scales import Scale, ticks, width_of

SHARE = 0.72  # of a slot that its bars take


def standing(figure: Figure, canvas: Canvas, top: float) -> float:
    """Bars from zero, a group a slot; references as lines over them."""
    main = figure.main
    if len(main) > 1:
        names = [(one.name, looks_of(figure, one)) for one in main]
        top = canvas.legend(names, 0, top + 14, canvas.width)
    scale = ticks(figure.numbers, from_zero=True)
    box_top = top + 22
    height = 220 if canvas.width >= WIDE else 170
    y = Scale(scale, box_top + height, box_top)
    labels = [
        label(figure, one, one.latest[1], y.at(one.latest[1]), canvas.width * 0.28)
        for one in figure.references
        if one.latest
    ]
    lane = max((one.width for one in labels), default=-26) + 26
    box = Box(lane_of(scale), box_top, canvas.width - lane, box_top + height, len(figure.slots))
    grid(canvas, scale, y, box.left, box.right)
    breaks(figure, canvas, box)
    zero = y.at(Decimal(0))
    width = box.step * SHARE / max(len(main), 1)
    texts: list[tuple[float, float, str]] = []
    for order, one in enumerate(main):
        for at, cell in enumerate(one.cells):
            left = box.left + (at + (1 - SHARE) / 2) * box.step + order * width
            if cell.value is None:
                with canvas.mark(figure.said(figure.slots[at], cell, one), "missing"):
                    canvas.gap(left + width / 2, zero - 6)
                continue
            end = y.at(cell.value)
            state = " soft" if is_provisional(cell) else ""
            with canvas.mark(figure.said(figure.slots[at], cell, one)):
                canvas.rect(
                    left, min(end, zero), width - 1, abs(end - zero), looks_of(figure, one) + state
                )
            below = cell.value < 0
            texts.append(
                (left + width / 2, end + (15 if below else -6), figure.measure.number(cell.value))
            )
    _numbers(canvas, texts)
    for one in figure.references:
        _reference(figure, canvas, one, box, y)
    bottom = ends(canvas, labels, box, top)
    return max(periods(figure, canvas, box, box.bottom), bottom)


def _numbers(canvas: Canvas, texts: list[tuple[float, float, str]]) -> None:
    """Numbers over the bars, the last first: one that would touch another is left out."""
    kept: list[tuple[float, float, str, float]] = []
    for x, y, words in reversed(texts):
        half = width_of(words, NUMBER) / 2 + 2
        if not any(
            abs(x - other) < half + wide and abs(y - line) < 15
            for other, line, _words, wide in kept
        ):
            kept.append((x, y, words, half))
    for x, y, words, _half in reversed(kept):
        canvas.text(x, y, words, "num halo", "middle", NUMBER)


def _reference(figure: Figure, canvas: Canvas, series: Series, box: Box, y: Scale) -> None:
    values = dict(series.values)
    for run in runs(figure, series):
        first, last = run[0], run[-1]
        points = [(box.x(at), y.at(values[at])) for at in run]
        if len(run) == 1:
            points = [(box.x(first - 0.4), points[0][1]), (box.x(last + 0.4), points[0][1])]
        canvas.polyline(points, "line ref")
    for at, value in values.items():
        with canvas.mark(figure.said(figure.slots[at], series.cells[at], series)):
            canvas.circle(box.x(at), y.at(value), 3, "quiet ref")


def stacked(figure: Figure, canvas: Canvas, top: float) -> float:
    """Parts on top of each other, the names beside the last stack.

    A stack of which a part is missing has a cross over it: it is not the whole.
    """
    main = figure.main
    sums = [
        sum((one.cells[at].value or Decimal(0) for one in main), Decimal(0))
        for at in range(len(figure.slots))
    ]
    scale = ticks([*sums, Decimal(0)], from_zero=True)
    box_top = top + 22
    height = 250 if canvas.width >= WIDE else 200
    y = Scale(scale, box_top + height, box_top)
    room = canvas.width * (0.28 if canvas.width >= WIDE else 0.32)
    labels: list[Label] = []
    base = Decimal(0)
    for one in main:
        value = one.cells[-1].value
        if value is not None:
            labels.append(label(figure, one, value, y.at(base + value / 2), room))
            base += value
    whole = len(labels) == len(main)
    if not whole:
        names = [(one.name, looks_of(figure, one)) for one in main]
        shift = canvas.legend(names, 0, top + 14, canvas.width) - top
        top, box_top = top + shift, box_top + shift
        y = Scale(scale, box_top + height, box_top)
        labels = []
    lane = max((one.width for one in labels), default=-26) + 26
    box = Box(lane_of(scale), box_top, canvas.width - lane, box_top + height, len(figure.slots))
    grid(canvas, scale, y, box.left, box.right)
    breaks(figure, canvas, box)
    for at, slot in enumerate(figure.slots):
        base = Decimal(0)
        left, width = box.left + (at + 0.14) * box.step, box.step * SHARE
        for one in main:
            cell = one.cells[at]
            if cell.value is None:
                continue
            end = y.at(base + cell.value)
            with canvas.mark(figure.said(slot, cell, one)):
                looks = looks_of(figure, one) + (" soft" if is_provisional(cell) else "")
                canvas.rect(left, end, width, y.at(base) - end, f"part {looks}")
            base += cell.value
        for one in main:
            if one.cells[at].value is None:
                with canvas.mark(figure.said(slot, one.cells[at], one), "missing"):
                    canvas.gap(box.x(at), y.at(base) - 8)
    gaps(figure, canvas, box, [])
    bottom = ends(canvas, labels, box, top)
    return max(periods(figure, canvas, box, box.bottom), bottom)
