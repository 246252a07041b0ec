"""A small line without axes: how one series went, beside a number that is said in words."""

from django.utils.html import escape
from django.utils.safestring import SafeString

from .axes import runs
from .canvas import Canvas, plain
from .figures import Figure
from .summaries import sentences

WIDTH, HEIGHT, MARGIN = 180, 44, 5


def spark(figure: Figure, label: str) -> SafeString:
    """The first series as a line with a dot at its last value; "" with fewer than two values.

    A missing value and a break part the line; a break is a dashed stroke too. `label` and all that
    it shows are said in words.
    """
    series = figure.series[0]
    values = dict(series.values)
    if len(values) < 2:
        return SafeString("")
    canvas = Canvas(WIDTH)
    low, high = min(values.values()), max(values.values())
    last = len(figure.slots) - 1

    def x(at: float) -> float:
        return MARGIN + (WIDTH - 2 * MARGIN) * at / last

    def y(at: int) -> float:
        share = float((values[at] - low) / (high - low)) if high > low else 0.5
        return HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * share

    for one in figure.breaks:
        canvas.line(x(one.slot - 0.5), 0, x(one.slot - 0.5), HEIGHT, "break")
    for run in runs(figure, series):
        if len(run) > 1:
            canvas.polyline([(x(at), y(at)) for at in run], "line s1")
        else:
            canvas.circle(x(run[0]), y(run[0]), 2, "s1")
    end = max(values)
    canvas.circle(x(end), y(end), 3.5, "s1")
    said = escape(" ".join([f"{label}.", *sentences(figure)]))
    return SafeString(
        f'<svg class="spark" viewBox="0 0 {plain(WIDTH)} {plain(HEIGHT)}" role="img" '
        f'aria-label="{said}">{"".join(canvas.parts)}</svg>'
    )
