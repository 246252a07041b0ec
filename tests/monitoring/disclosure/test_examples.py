"""A worked example: investments by activity (I, II, III) and region (A, B, C).

Activity II in region C is sensitive. In the pattern that hides A and C of II and III, it may rise
by the 8 of (II, A) and fall by the 17 of (III, A): the span is from 5 to 30.
"""

from monitoring.disclosure import Cell, Reason, Release, Rules, Table, protect

from .attack import Attack
from .tables import released

ROWS = {"I": (20, 50, 10, 80), "II": (8, 19, 22, 49), "III": (17, 32, 12, 61)}
TOTAL = (45, 101, 44, 190)


def investments():
    values = {
        (activity, region): value
        for activity, row in {**ROWS, "all": TOTAL}.items()
        for region, value in zip(("A", "B", "C", "all"), row, strict=True)
    }
    # all sums have many contributors, but the sensitive one
    cells = tuple(
        Cell(key, value, (value,) if key == ("II", "C") else (1,) * value)
        for key, value in values.items()
    )
    across = [((a, "all"), ((a, "A"), (a, "B"), (a, "C"))) for a in ("I", "II", "III", "all")]
    down = [(("all", r), (("I", r), ("II", r), ("III", r))) for r in ("A", "B", "C", "all")]
    return Table(cells, (*across, *down))


def test_the_attack_finds_the_span_of_a_pattern():
    table = investments()
    pattern = {("II", "A"), ("II", "C"), ("III", "A"), ("III", "C")}
    shown = {cell.key: cell.value for cell in table.cells if cell.key not in pattern}
    ((_, least, most),) = Attack([(table, Release(shown))]).spans([(("II", "C"), 22)])
    assert (round(least), round(most)) == (5, 30)


def test_our_pattern_hides_as_many_cells_and_protects_as_well():
    table = investments()
    protection = protect(table, Rules())
    assert protection.primary == {("II", "C"): Reason.CONTRIBUTORS}
    assert protection.secondary == {("II", "A"), ("I", "A"), ("I", "C")}
    attack = Attack([(table, released(table, protection))])
    assert not attack.recovered(attack.solve())
    ((_, least, most),) = attack.spans([(("II", "C"), 22)])
    assert (round(least), round(most)) == (2, 30)
