"""What is hidden by rule, what beside it, and what earlier releases change."""

import pytest

from monitoring.disclosure import (
    Cell,
    Inconsistent,
    Rate,
    Reason,
    Release,
    Rules,
    Table,
    TooLarge,
    protect,
)

from .tables import released


def grid(*rows, **more):
    """A table of two dimensions with its totals, the last of each."""
    rows = [[*row, sum(row)] for row in rows]
    rows.append([sum(column) for column in zip(*rows, strict=True)])
    height, width = len(rows) - 1, len(rows[0]) - 1
    cells = tuple(
        Cell((down, across), value)
        for down, row in enumerate(rows)
        for across, value in enumerate(row)
    )
    across_rows = tuple(
        ((down, width), tuple((down, across) for across in range(width)))
        for down in range(height + 1)
    )
    down_columns = tuple(
        ((height, across), tuple((down, across) for down in range(height)))
        for across in range(width + 1)
    )
    return Table(cells, across_rows + down_columns, **more)


def single(value, contributors=None):
    return Table((Cell(("a",), value, contributors),), ())


@pytest.mark.parametrize(
    ("cell", "rules", "reason"),
    [
        ((4,), Rules(), Reason.SMALL),
        ((5,), Rules(), None),
        ((0,), Rules(), None),
        ((0,), Rules(zeros=True), Reason.ZERO),
        ((9,), Rules(minimum=10), Reason.SMALL),
        ((900, (500, 400)), Rules(), Reason.CONTRIBUTORS),
        ((900, (860, 20, 20)), Rules(), Reason.DOMINANCE),
        ((900, (300, 300, 300)), Rules(), None),
        ((None,), Rules(), None),
    ],
)
def test_a_rule_hides_a_cell_with_its_reason(cell, rules, reason):
    primary = protect(single(*cell), rules).primary
    assert primary.get(("a",)) == reason


def test_a_share_is_hidden_where_it_gives_a_count_back():
    cells = (Cell(("some",), 96), Cell(("all",), 100))
    table = Table(cells, (), (Rate(("share",), ("some",), ("all",)),))
    protection = protect(table, Rules())
    assert protection.primary == {("some",): Reason.COMPLEMENT}
    assert ("share",) in protection.secondary
    assert not protect(table, Rules(minimum=4)).hidden


def test_one_small_cell_takes_three_more():
    protection = protect(grid([3, 20, 30], [40, 50, 60], [70, 80, 90]), Rules())
    assert protection.primary == {(0, 0): Reason.SMALL}
    assert protection.secondary == {(0, 1), (1, 0), (1, 1)}


def test_small_cells_beside_each_other_do_not_shield_each_other():
    """1 and 1 make 2: whoever is one of them knows the other, and anybody knows it is 0 to 2."""
    protection = protect(grid([1, 1, 30], [40, 50, 60], [70, 80, 90]), Rules())
    assert (0, 2) in protection.secondary


def test_a_cell_published_before_shields_nothing():
    table = grid([3, 20, 30], [40, 50, 60], [70, 80, 90])
    alone = protect(table, Rules())
    earlier = Release({(0, 1): 20})
    protection = protect(table, Rules(), [earlier])
    assert (0, 1) in alone.secondary
    assert (0, 1) not in protection.hidden
    assert (0, 2) in protection.secondary


def test_a_corrected_cell_under_a_rule_is_withdrawn_or_allowed():
    before = grid([6, 20, 30], [40, 50, 60], [70, 80, 90])
    earlier = [released(before, protect(before, Rules()))]
    now = grid([3, 20, 30], [40, 50, 60], [70, 80, 90])
    protection = protect(now, Rules(), earlier)
    # all else was published: whatever is a sum over the cell has to go with it
    assert protection.withdrawn == {(0, 0), (0, 3), (3, 0), (3, 3)}
    assert not protection.exposed
    assert not protect(now, Rules(), earlier, allowed={(0, 0)}).hidden


def test_what_is_out_already_is_said_to_be_exposed():
    table = grid([3, 20, 30], [40, 50, 60], [70, 80, 90])
    everything = Release({cell.key: cell.value for cell in table.cells})
    assert protect(table, Rules(), [everything]).exposed == {((0, 0), 3)}
    beside = Release({(0, 1): 20, (0, 2): 30, (0, 3): 53})
    assert protect(table, Rules(), [beside]).exposed == {((0, 0), 3)}


def test_a_zero_is_hidden_where_nothing_else_shields():
    table = grid([4, 0, 40], [50, 50, 60])
    earlier = Release({(0, 2): 40, (0, 3): 44, (2, 0): 54, (2, 1): 50})
    protection = protect(table, Rules(), [earlier])
    assert protection.secondary == {(0, 1), (1, 0), (1, 1)}
    assert not protection.exposed


def test_what_each_share_of_a_count_leaves_out_is_looked_at():
    """50 of 53 leaves 3 out, 50 of 100 does not; the counts are out."""
    cells = tuple(
        Cell((name,), value) for name, value in (("some", 50), ("most", 53), ("all", 100))
    )
    rates = tuple(Rate(("share of", whole), ("some",), (whole,)) for whole in ("most", "all"))
    earlier = Release({("some",): 50, ("most",): 53})
    assert (("some",), 3) in protect(Table(cells, (), rates), Rules(), [earlier]).exposed


def test_a_part_that_nobody_publishes_is_not_given_away_by_its_sums():
    """An area lies in two regions; the part in one is small, and no row of the table."""
    cells = (
        Cell(("area",), 103),
        Cell(("here",), 3, published=False),
        Cell(("there",), 100, published=False),
        Cell(("other",), 50),
        Cell(("region",), 53),
    )
    relations = ((("area",), (("here",), ("there",))), (("region",), (("here",), ("other",))))
    protection = protect(Table(cells, relations), Rules())
    assert protection.hidden & {("other",), ("region",)}
    assert not protection.primary


def test_a_table_that_does_not_add_up_is_refused():
    table = grid([3, 20], [40, 50])
    cells = (Cell((0, 0), 4), *table.cells[1:])
    with pytest.raises(Inconsistent, match="its parts make 24"):
        protect(Table(cells, table.relations), Rules())


def test_a_table_too_large_names_the_dimensions_before_any_work():
    cells = tuple(Cell((area, age), -1) for area in range(400) for age in range(90))
    with pytest.raises(TooLarge, match="36000 linked cells") as refused:
        protect(Table(cells, (), dimensions=("area", "age")), Rules())
    assert refused.value.dimensions == ("area",)


def row(*values, rules):
    """What is hidden of one row with its total."""
    cells = (*(Cell((place,), value) for place, value in enumerate(values)),)
    table = Table(
        (*cells, Cell(("all",), sum(values))), ((("all",), tuple(cell.key for cell in cells)),)
    )
    return protect(table, rules).hidden


def test_whoever_is_alone_in_a_cell_is_known_in_any_unit():
    """The one person of the first cell knows the second, unless a third is hidden: also of 1.00."""
    assert row(1, 4, 30, rules=Rules()) == {(0,), (1,), (2,)}
    assert row(2, 4, 30, rules=Rules()) == {(0,), (1,)}
    hundredths = Rules(minimum=500, person=100)
    assert row(100, 400, 3000, rules=hundredths) == {(0,), (1,), (2,)}
    assert row(200, 400, 3000, rules=hundredths) == {(0,), (1,)}


def test_zeros_of_a_named_group_are_hidden_and_not_reckoned():
    table = grid([0, 20, 30], [40, 50, 60], [70, 80, 90])
    protection = protect(table, Rules(zeros=True))
    assert protection.primary == {(0, 0): Reason.ZERO}
    assert len(protection.secondary) == 3
    assert not protect(table, Rules()).hidden


def test_a_share_of_all_is_hidden_where_the_group_is_named():
    """100 of 100 leaves nobody out, which tells of each of them."""
    cells = (Cell(("some",), 100), Cell(("all",), 100))
    table = Table(cells, (), (Rate(("share",), ("some",), ("all",)),))
    assert protect(table, Rules(zeros=True)).primary == {("some",): Reason.COMPLEMENT}
    assert not protect(table, Rules()).hidden
