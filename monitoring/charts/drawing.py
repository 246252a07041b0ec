"""A figure as a picture: what stands over, in and under the plot, for a page and as a file.

On a page the picture comes twice, wide and narrow, and the stylesheet shows one; its colours are
the site's (static/css/62-charts.css). The file has its own style, made of the same two.
"""

from collections import Counter
from collections.abc import Callable

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from . import bars, lines, maps, rows, stylesheet
from .canvas import Canvas, plain
from .figures import Figure, Kind
from .summaries import sentences

WIDE, NARROW = 680, 340
TITLE, SUBTITLE, FOOT = 18, 14, 12.5
BOLD = 0.93  # of the room that a line of the title may take, as its letters are wider
Plot = Callable[[Figure, Canvas, float], float]
_PLOTS: dict[Kind, Plot] = {
    Kind.LINES: lines.lines,
    Kind.MULTIPLES: lines.multiples,
    Kind.DOTS: rows.dots,
    Kind.PATH: rows.path,
    Kind.MAP: maps.choropleth,
}


def picture(figure: Figure) -> SafeString:
    """The picture for a page, in the sizes that its stylesheet chooses from.

    Raises ValueError when there is nothing to draw.
    """
    if figure.kind is Kind.MAP:
        return _svg(figure, maps.WIDTH, "chart__map", alone=False)
    wide = _svg(figure, WIDE, "chart__wide", alone=False)
    return wide + _svg(figure, NARROW, "chart__narrow", alone=False)


def file(figure: Figure) -> str:
    """The picture as a file of its own, with style, title and description in it."""
    width = maps.WIDTH if figure.kind is Kind.MAP else WIDE
    return str(_svg(figure, width, "", alone=True))


def _plot(figure: Figure) -> Plot:
    """How the figure is drawn; what cannot be stacked stands side by side."""
    negative = any(value < 0 for value in figure.numbers)
    if figure.kind is Kind.STACKED and not negative:
        return bars.stacked if figure.over_time else rows.stacked_rows
    if figure.kind in (Kind.BARS, Kind.STACKED):
        return bars.standing if figure.over_time else rows.lying
    return _PLOTS[figure.kind]


def _svg(figure: Figure, width: float, looks: str, *, alone: bool) -> SafeString:
    if not figure.numbers:
        raise ValueError("There is no value to draw.")
    canvas = Canvas(width)
    y = canvas.lines(0, TITLE, figure.title or figure.name, "chart__title", width * BOLD, TITLE)
    y = canvas.lines(0, y, figure.subtitle, "chart__subtitle", width, SUBTITLE)
    y = _plot(figure)(figure, canvas, y)
    y += 12
    for words in notes(figure):
        y = canvas.lines(0, y, words, "chart__foot", width, FOOT)
    height = plain(y)
    said = escape(" ".join(sentences(figure)))
    title = escape(figure.title or figure.name)
    body = "".join(canvas.parts)
    if alone:
        margin = 16
        box = f"{-margin} {-margin} {plain(width + 2 * margin)} {plain(y + 2 * margin)}"
        return SafeString(
            f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" '
            f'aria-labelledby="t d" width="{plain(width + 2 * margin)}" '
            f'height="{plain(y + 2 * margin)}" viewBox="{box}">'
            f'<title id="t">{title}</title><desc id="d">{said}</desc>'
            f"<style>{stylesheet.text()}</style>"
            f'<rect class="paper" x="{-margin}" y="{-margin}" width="100%" height="100%"/>'
            f"{body}</svg>\n"
        )
    return SafeString(
        f'<svg class="{looks}" viewBox="0 0 {plain(width)} {height}" role="img" '
        f'aria-label="{title}. {said}">{body}</svg>'
    )


def notes(figure: Figure) -> list[str]:
    """What stands under the plot: signs and breaks, then source, licence and day."""
    found = []
    if figure.note:
        found.append(figure.note)
    found += [f"{at}: {one.words}" for at, one in enumerate(figure.breaks, start=1)]
    missing = Counter(
        cell.reason or _("no value here") for cell in figure.cells() if cell.value is None
    )
    if missing:
        reasons = ", ".join(f"{reason} ({count})" for reason, count in missing.items())
        said = _("No value: %(reasons)s") % {"reasons": reasons}
        found.append(said if figure.kind is Kind.MAP else f"× {said}")
    noted = Counter(cell.note for cell in figure.cells() if cell.note and cell.value is not None)
    if noted:
        found.append(capfirst(", ".join(f"{note} ({count})" for note, count in noted.items())))
    if not _from_zero(figure):
        found.append(_("The axis does not begin at zero."))
    source = [_("Source: %(source)s") % {"source": figure.source}, figure.licence, figure.day]
    found.append(" · ".join(one for one in source if one))
    return found


def _from_zero(figure: Figure) -> bool:
    if figure.kind not in (Kind.LINES, Kind.MULTIPLES, Kind.DOTS):
        return True
    lowest, highest = min(figure.numbers), max(figure.numbers)
    return lowest <= highest * 2 / 3 or lowest <= 0
