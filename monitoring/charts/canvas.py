"""Where shapes are put: SVG text with classes and no styles. Everything that is said is escaped."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.utils.html import escape

from .scales import FALLBACK, width_of, wrap

TEXT, SMALL, NUMBER = 14, 13, 13
LEADING = 1.28


def plain(value: float) -> str:
    """A coordinate with one decimal at most."""
    return f"{value:.1f}".removesuffix(".0")


class Canvas:
    """Collects the markup of a picture that is `width` wide."""

    def __init__(self, width: float) -> None:
        self.width = width
        self.parts: list[str] = []

    def text(
        self, x: float, y: float, words: str, looks: str, anchor: str = "", size: float = TEXT
    ) -> None:
        """One line of text on its baseline; `anchor` is "", "middle" or "end"."""
        at = f' text-anchor="{anchor}"' if anchor else ""
        self.parts.append(
            f'<text class="{looks}" x="{plain(x)}" y="{plain(y)}" font-size="{plain(size)}"{at}>'
            f"{escape(words)}</text>"
        )

    def lines(
        self, x: float, y: float, words: str, looks: str, room: float, size: float = TEXT
    ) -> float:
        """A text in as many lines as it needs; where the next baseline is."""
        for line in wrap(words, size, room):
            self.text(x, y, line, looks, size=size)
            y += size * LEADING
        return y

    def line(self, x1: float, y1: float, x2: float, y2: float, looks: str) -> None:
        self.parts.append(
            f'<line class="{looks}" x1="{plain(x1)}" y1="{plain(y1)}" x2="{plain(x2)}" '
            f'y2="{plain(y2)}"/>'
        )

    def rect(self, x: float, y: float, width: float, height: float, looks: str) -> None:
        self.parts.append(
            f'<rect class="{looks}" x="{plain(x)}" y="{plain(y)}" width="{plain(max(width, 0))}" '
            f'height="{plain(max(height, 0))}"/>'
        )

    def circle(self, x: float, y: float, radius: float, looks: str) -> None:
        self.parts.append(
            f'<circle class="{looks}" cx="{plain(x)}" cy="{plain(y)}" r="{plain(radius)}"/>'
        )

    def polyline(self, points: Sequence[tuple[float, float]], looks: str) -> None:
        path = " ".join(f"{plain(x)},{plain(y)}" for x, y in points)
        self.parts.append(f'<polyline class="{looks}" points="{path}"/>')

    def marker(self, x: float, y: float, number: int, looks: str, size: float = 4) -> None:
        """A sign that tells the series apart without colour: disc, square, diamond, triangle."""
        shape = number % 4
        if shape == 0:
            self.circle(x, y, size, looks)
        elif shape == 1:
            self.rect(x - size + 0.5, y - size + 0.5, 2 * size - 1, 2 * size - 1, looks)
        else:
            reach = size + 1
            path = (
                f"M{plain(x)} {plain(y - reach)}l{plain(reach)} {plain(reach)}"
                f"l{plain(-reach)} {plain(reach)}l{plain(-reach)} {plain(-reach)}z"
                if shape == 2
                else f"M{plain(x)} {plain(y - reach)}l{plain(reach)} {plain(2 * size)}"
                f"h{plain(-2 * reach)}z"
            )
            self.parts.append(f'<path class="{looks}" d="{path}"/>')

    def gap(self, x: float, y: float) -> None:
        """The sign for a value that is missing."""
        self.parts.append(f'<path class="gap" d="M{plain(x - 3)} {plain(y - 3)}l6 6m0-6l-6 6"/>')

    @contextmanager
    def mark(self, label: str, looks: str = "") -> Iterator[None]:
        """What is drawn within says this when it is pointed at, and to the arrow keys."""
        self.parts.append(
            f'<g class="mark{" " if looks else ""}{looks}"><title>{escape(label)}</title>'
        )
        yield
        self.parts.append("</g>")

    def legend(self, names: Sequence[tuple[str, str]], x: float, y: float, room: float) -> float:
        """Names with a patch of their looks, in rows; where the next thing may begin."""
        at = x
        for name, looks in names:
            wide = 18 + width_of(name, SMALL) / FALLBACK + 16
            if at > x and at + wide > x + room:
                at, y = x, y + 20
            self.rect(at, y - 10, 12, 12, looks)
            self.text(at + 18, y, name, "name", size=SMALL)
            at += wide
        return y + 20 if names else y
