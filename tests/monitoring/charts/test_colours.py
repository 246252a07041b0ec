"""The colours of series can be told apart by people with any colour vision, by day and night.

The matrices are those of Machado, Oliveira and Fernandes (2009) for full dichromacy.
"""

import math
from itertools import combinations, pairwise

import pytest

from tests.test_frame_looks import SCHEMES, contrast

VISIONS = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}  # fmt: skip
APART = 20  # of CIE 1976's difference, of which about 2 can be seen side by side


def lab(colour, vision):
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    light = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    r, g, b = (
        min(1, max(0, sum(part * one for part, one in zip(row, light, strict=True))))
        for row in VISIONS[vision]
    )
    xyz = (
        (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505,
        0.2126 * r + 0.7152 * g + 0.0722 * b,
        (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089,
    )
    x, y, z = (one ** (1 / 3) if one > 0.008856 else 7.787 * one + 16 / 116 for one in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("vision", VISIONS)
def test_series_can_be_told_apart(scheme, vision):
    colours = [SCHEMES[scheme][f"chart-{number}"] for number in range(1, 7)]

    for one, other in combinations(colours, 2):
        assert math.dist(lab(one, vision), lab(other, vision)) >= APART, (one, other)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_series_can_be_seen_on_the_ground(scheme):
    for number in range(1, 7):
        assert contrast(SCHEMES[scheme][f"chart-{number}"], SCHEMES[scheme]["paper"]) >= 3


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("vision", VISIONS)
def test_classes_of_a_map_go_evenly_from_light_to_dark(scheme, vision):
    lights = [lab(SCHEMES[scheme][f"map-{number}"], vision)[0] for number in range(1, 7)]

    steps = [one - other for one, other in pairwise(lights)]
    assert all(step > 7 for step in steps) or all(step < -7 for step in steps)
