"""Figures made of plain numbers: a text is the reason why there is none, None was never brought."""

from decimal import Decimal

from monitoring.charts.figures import Cell, Figure, Kind, Measure, Series, Slot

PERSONS = Measure("persons")
SHARE = Measure("%", 1, True)
SUPPRESSED = "Suppressed: too few people"


def cell(value, **more) -> Cell:
    if value is None:
        return Cell(None)
    if isinstance(value, str):
        return Cell(None, value)
    return Cell(Decimal(str(value)), **more)


def years(count: int, first: int = 2015) -> tuple[Slot, ...]:
    return tuple(
        Slot(str(year), str(year), f"in {year}", year, True) for year in range(first, first + count)
    )


def quarters(count: int, first: int = 2019) -> tuple[Slot, ...]:
    return tuple(
        Slot(f"Q{at % 4 + 1}/{first + at // 4}", f"Q{at % 4 + 1} of {first + at // 4}",
             f"in Q{at % 4 + 1} of {first + at // 4}", first + at // 4, at % 4 == 0)
        for at in range(count)
    )  # fmt: skip


def places(*names: str) -> tuple[Slot, ...]:
    return tuple(Slot(name, name, key=f"{at:02d}") for at, name in enumerate(names, start=1))


def a_figure(kind: Kind, slots, measure=PERSONS, references=(), **by_name) -> Figure:
    """A figure by name of series: `Women=[1, None, "Suppressed"]`."""
    series = [
        Series(name, tuple(map(cell, values)), reference=name in references)
        for name, values in by_name.items()
    ]
    more = {"shapes": SHAPES} if kind is Kind.MAP else {}
    return Figure(
        kind=kind,
        name="A figure",
        subtitle="Whole country",
        measure=measure,
        slots=tuple(slots),
        series=tuple(series),
        source="A register",
        licence="CC BY 4.0",
        day="imported on 1 May 2026",
        **more,
    )


SHAPES = {f"{at:02d}": f"M{at * 10} {at * 10}l50 0 0 50-50 0z" for at in range(1, 60)}
TWO_LONG = {
    "Middle East and North Africa": [41, 42, 43.5, 44, 46, 47],
    "European Union and the European Economic Area": [41.2, 42, 43, 44.1, 46.1, 47.2],
    "Ukraine": [39, 41, 44, 45, 46, 46.9],
}
EVERY_KIND = {
    "lines": lambda: a_figure(Kind.LINES, years(6), SHARE, ("Ukraine",), **TWO_LONG),
    "one line": lambda: a_figure(
        Kind.LINES, quarters(30), Finland=[*range(100, 110), None, SUPPRESSED, *range(112, 130)]
    ),
    "bars": lambda: a_figure(Kind.BARS, years(4), Finland=[5, SUPPRESSED, -3, 12]),
    "lying bars": lambda: a_figure(
        Kind.BARS, places("Lapland", "Kainuu", "Åland"), SHARE, ("Finland",),
        Women=[40, SUPPRESSED, 55.5], Men=[0, 61, 44], Finland=[50, 50, 50],
    ),
    "stacked bars": lambda: a_figure(
        Kind.STACKED, years(3), Young=[1, 2, 3], Middle=[4, SUPPRESSED, 6], Old=[7, 8, 9]
    ),
    "stacked rows": lambda: a_figure(
        Kind.STACKED, places("Lapland", "Kainuu"), Young=[1, 2], Middle=[4, SUPPRESSED], Old=[7, 8]
    ),
    "multiples": lambda: a_figure(Kind.MULTIPLES, years(6), SHARE, ("Ukraine",), **TWO_LONG),
    "dots": lambda: a_figure(
        Kind.DOTS, places("Lapland", "Kainuu"), SHARE, ("Finland",),
        Trust=[71.2, 64], Finland=[66, 66],
    ),
    "path": lambda: a_figure(
        Kind.PATH, places("Registered", "Assessed", "Plan made", "Working"), SHARE,
        **{"2023": [100, 91, 80, 31], "2024": [100, 88, 77.5, "Not yet published"]},
    ),
    "map": lambda: a_figure(
        Kind.MAP, places(*(f"Area {at}" for at in range(1, 46))), SHARE, ("Finland",),
        **{"2025": [SUPPRESSED, *(40 + at / 2 for at in range(44))], "Finland": [55] * 45},
    ),
}  # fmt: skip
