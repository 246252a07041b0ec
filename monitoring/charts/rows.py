"""Rows: lying bars of areas and groups, dots with their intervals, and the steps of a path."""

from decimal import Decimal

from .axes import WIDE, is_provisional, looks_of
from .canvas import NUMBER, SMALL, TEXT, Canvas
from .figures import Cell, Figure, Kind, Series, half, number
from .scales import FALLBACK, Scale, decimals_of, ticks, width_of, wrap

BAR = 15


def lying(figure: Figure, canvas: Canvas, top: float) -> float:
    """A row a slot with a bar a series, each with its number at its end."""
    return _rows(figure, canvas, top, _bar)


def dots(figure: Figure, canvas: Canvas, top: float) -> float:
    """A row a slot with a dot a series, and a line from the low to the high end of its interval."""
    return _rows(figure, canvas, top, _dot)


def path(figure: Figure, canvas: Canvas, top: float) -> float:
    """A row a step: what share of each cohort reached it, and in what time half of them had."""
    return _rows(figure, canvas, top, _bar)


def stacked_rows(figure: Figure, canvas: Canvas, top: float) -> float:
    """A row a slot, its parts one after another."""
    sums = [
        sum((one.cells[at].value or Decimal(0) for one in figure.main), Decimal(0))
        for at in range(len(figure.slots))
    ]
    scale = ticks([*sums, Decimal(0)], from_zero=True)
    top = canvas.legend(
        [(one.name, looks_of(figure, one)) for one in figure.main], 0, top + 14, canvas.width
    )
    lane = _lane(figure, canvas)
    longest = max(width_of(figure.measure.number(value), NUMBER) for value in sums)
    x = Scale(scale, lane, canvas.width - longest - 10)
    y = top + 8
    first = y
    for at, slot in enumerate(figure.slots):
        bar_y, y = _name(canvas, slot.name, lane, y, BAR)
        base = Decimal(0)
        for one in figure.main:
            cell = one.cells[at]
            if cell.value is None:
                continue
            with canvas.mark(figure.said(slot, cell, one)):
                start, end = x.at(base), x.at(base + cell.value)
                canvas.rect(start, bar_y, end - start, BAR, f"part {looks_of(figure, one)}")
            base += cell.value
        missing = [one for one in figure.main if one.cells[at].value is None]
        for one in missing:
            with canvas.mark(figure.said(slot, one.cells[at], one), "missing"):
                canvas.gap(x.at(base) + 9, bar_y + BAR / 2)
        if not missing and not figure.measure.percent:
            words = figure.measure.number(sums[at])
            canvas.text(x.at(base) + 5, bar_y + 12, words, "num", size=NUMBER)
    canvas.line(x.at(Decimal(0)), first - 2, x.at(Decimal(0)), y, "axis")
    return y


def _lane(figure: Figure, canvas: Canvas) -> float:
    """The room for names left of the rows; none where they stand above them."""
    if canvas.width < WIDE:
        return 0
    widest = max(width_of(slot.name, TEXT) for slot in figure.slots) / FALLBACK
    return min(widest + 14, canvas.width * 0.38)


def _name(canvas: Canvas, name: str, lane: float, y: float, bars: float) -> tuple[float, float]:
    """Write the name of a row; where its bars begin, and where the next row does."""
    if not lane:
        below = canvas.lines(0, y + 13, name, "name", canvas.width, SMALL)
        return below - 9, below - 9 + bars + 8
    lines = wrap(name, TEXT, lane - 12)
    tall = max(len(lines) * 17, bars)
    for at, words in enumerate(lines):
        middle = y + tall / 2 - len(lines) * 8.5 + at * 17 + 13
        canvas.text(lane - 10, middle, words, "name", "end", TEXT)
    return y + (tall - bars) / 2, y + tall + 7


def _ending(figure: Figure, cell: Cell) -> str:
    if cell.value is None:
        return cell.reason
    words = figure.measure.number(cell.value)
    if figure.measure.percent:
        words = figure.measure.amount(cell.value)
    return f"{words}, {half(cell.months)}" if cell.months is not None else words


def _rows(figure: Figure, canvas: Canvas, top: float, draw) -> float:
    main = figure.main
    if len(main) > 1:
        names = [(one.name, looks_of(figure, one)) for one in main]
        top = canvas.legend(names, 0, top + 14, canvas.width)
    from_zero = figure.kind is not Kind.DOTS
    scale = ticks(figure.numbers or [Decimal(0)], from_zero=from_zero)
    lane = _lane(figure, canvas)
    endings = [
        _ending(figure, cell) for one in main for cell in one.cells if cell.value is not None
    ]
    longest = min(
        max((width_of(words, NUMBER) for words in endings), default=0) / FALLBACK,
        canvas.width * 0.6,
    )
    low = min(figure.numbers, default=Decimal(0))
    before = 12 if not from_zero else longest if low < 0 else 0
    x = Scale(scale, lane + before, canvas.width - longest - 12)
    y = _tops(figure, canvas, x, top, scale)
    first = y
    behind, canvas.parts = canvas.parts, []
    for at, slot in enumerate(figure.slots):
        bar_y, y = _name(canvas, slot.name, lane, y, len(main) * BAR)
        for one in figure.references:
            value = one.cells[at].value
            if value is not None and _constant(one) is None:
                with canvas.mark(figure.said(slot, one.cells[at], one)):
                    canvas.line(x.at(value), bar_y - 2, x.at(value), y - 6, "line ref")
        for order, one in enumerate(main):
            draw(figure, canvas, one, at, x, bar_y + order * BAR)
    rows, canvas.parts = canvas.parts, []
    zero = x.at(min(max(Decimal(0), x.lowest), x.highest))
    for value in scale if figure.kind is Kind.DOTS else ():
        canvas.line(x.at(value), first - 4, x.at(value), y - 4, "grid")
        words = number(value, decimals_of(scale))
        canvas.text(x.at(value), y + 13, words, "tick", "middle", SMALL)
    if figure.kind is not Kind.DOTS:
        canvas.line(zero, first - 2, zero, y - 4, "axis")
    canvas.parts = behind + canvas.parts + rows
    for one in figure.references:
        _across(figure, canvas, one, x, first, y)
    return y + (20 if figure.kind is Kind.DOTS else 0)


def _constant(series: Series) -> Decimal | None:
    """The value of a reference that is one for all rows."""
    values = {value for _at, value in series.values}
    return values.pop() if len(values) == 1 else None


def _tops(figure: Figure, canvas: Canvas, x: Scale, top: float, scale) -> float:
    """The names of references over their lines; where the first row begins."""
    y = top + 8
    for one in figure.references:
        value = _constant(one)
        if value is None:
            continue
        words = f"{one.name} {_ending(figure, Cell(value))}"
        wide = width_of(words, SMALL)
        at = min(max(x.at(value) - wide / 2, 0), canvas.width - wide)
        canvas.text(at, y + 10, words, "name tref", size=SMALL)
        y += 18
    return y + 4


def _across(figure: Figure, canvas: Canvas, series: Series, x: Scale, top: float, bottom: float):
    value = _constant(series)
    if value is None:
        return
    slot, cell = figure.slots[0], Cell(value)
    with canvas.mark(figure.said(slot._replace(name=series.name), cell)):
        canvas.line(x.at(value), top - 4, x.at(value), bottom - 4, "line ref")


def _bar(figure: Figure, canvas: Canvas, series: Series, at: int, x: Scale, y: float) -> None:
    cell, slot = series.cells[at], figure.slots[at]
    zero = x.at(Decimal(0))
    if cell.value is None:
        with canvas.mark(figure.said(slot, cell, series), "missing"):
            canvas.gap(zero + 7, y + BAR / 2)
            canvas.text(zero + 16, y + 12, cell.reason, "gone", size=SMALL)
        return
    end = x.at(cell.value)
    looks = looks_of(figure, series) + (" soft" if is_provisional(cell) else "")
    with canvas.mark(figure.said(slot, cell, series)):
        canvas.rect(min(zero, end), y + 1, abs(end - zero), BAR - 2, looks)
    negative = cell.value < 0
    canvas.text(
        end + (-5 if negative else 5),
        y + 12,
        _ending(figure, cell),
        "num halo",
        "end" if negative else "",
        NUMBER,
    )


def _dot(figure: Figure, canvas: Canvas, series: Series, at: int, x: Scale, y: float) -> None:
    cell, slot = series.cells[at], figure.slots[at]
    middle = y + BAR / 2
    if cell.value is None:
        with canvas.mark(figure.said(slot, cell, series), "missing"):
            canvas.gap(x.first + 7, middle)
            canvas.text(x.first + 16, middle + 4.5, cell.reason, "gone", size=SMALL)
        return
    looks = looks_of(figure, series)
    with canvas.mark(figure.said(slot, cell, series)):
        if cell.low is not None and cell.high is not None:
            canvas.line(x.at(cell.low), middle, x.at(cell.high), middle, f"interval {looks}")
        number = figure.main.index(series)
        canvas.marker(x.at(cell.value), middle, number, looks, 5)
    right = max(value for value in (cell.value, cell.high) if value is not None)
    canvas.text(
        x.at(right) + 8, middle + 4.5, figure.measure.number(cell.value), "num halo", size=NUMBER
    )
