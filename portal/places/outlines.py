"""Outlines of areas: from the shipped drawing to paths short enough to stand in a page."""

import re
from collections.abc import Iterable

WIDTH, HEIGHT = 570, 1000
VIEW_BOX = f"0 0 {WIDTH} {HEIGHT}"
SHAPE = re.compile(r'<path id="a(\d+)" d="([MLZ\d,]+)"')


def outlines(drawing: str) -> dict[str, str]:
    """Paths by the area's two-digit code, from the text of an SVG with a path `a<code>` an area.

    The drawing has whole numbers in a frame of 570 by 1000; a path says the same points as steps
    from the one before, which halves what a page weighs.
    """
    return {code.zfill(2): _as_steps(path) for code, path in SHAPE.findall(drawing)}


def _as_steps(path: str) -> str:
    shapes = [
        [tuple(map(int, point.split(","))) for point in re.split("[ML]", shape) if point]
        for shape in path.split("Z")
        if shape
    ]
    return "".join(_shape_as_steps(points) for points in shapes)


def _shape_as_steps(points: list[tuple[int, ...]]) -> str:
    (x, y), *others = points
    words = [f"M{x} {y}l"]
    for new_x, new_y in others:
        step = (new_x - x, new_y - y)
        if step != (0, 0):
            words.append(" ".join(map(str, step)))
            x, y = new_x, new_y
    # A minus sign parts two numbers as well as a space does.
    return (words[0] + " ".join(words[1:])).replace(" -", "-") + "z"


def silhouette(paths: Iterable[str]) -> str:
    """A small drawing of the country, as the ground on which a page marks one area."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{VIEW_BOX}" fill="#7f9598" '
        f'fill-opacity=".35" stroke="#7f9598" stroke-width="1.5">'
        f'<path d="{"".join(paths)}"/></svg>\n'
    )
