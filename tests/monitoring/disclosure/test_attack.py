"""The attack finds nothing in corrected releases, and finds what is wrong when something is.

Small in the suite; `make prove` takes two hundred tables of 45 areas with five releases each, and
twenty of nearly 30,000 cells.
"""

import time
from random import Random

import pytest

from monitoring.disclosure import Rules, Table, protect
from tests.proofs import size

from .attack import Attack
from .tables import World, released, shuffled

RULES = Rules()


def careful(table, earlier):
    """What the portal does: true values are published where nothing protects them any more."""
    protection = protect(table, RULES, earlier)
    if protection.exposed:
        protection = protect(table, RULES, earlier, allowed=protection.exposed)
    return protection


def without_history(table, earlier):
    return protect(table, RULES)


def without_counties(table, earlier):
    relations = tuple(
        (total, parts)
        for total, parts in table.relations
        if not total[1].startswith("HVA") and not parts[0][1].startswith("HVA")
    )
    return protect(Table(table.cells, relations, table.rates), RULES, earlier)


def publish(world, releases, protecting=careful, share=0.01):
    """Releases of a world that is corrected between them."""
    out = []
    for number in range(releases):
        if number:
            world.correct(share)
        table = world.table()
        protection = protecting(table, [release for _, release in out])
        out.append((table, released(table, protection)))
    return out


def found(releases, spans):
    """What the attack finds: cells recovered, by anybody or by one person, and spans too narrow."""
    attack = Attack(releases)
    solved = attack.solve()
    newest, shown = releases[-1]
    hidden = {
        (cell.key, cell.value)
        for cell in newest.cells
        if cell.published and cell.key not in shown.published
    }
    now = {cell.key: cell.value for cell in newest.cells}
    sensitive = {
        cell
        for cell in attack.hidden
        if 0 < cell[1] < RULES.minimum and now.get(cell[0], cell[1]) == cell[1]
    }
    yield from ((cell, "recovered") for cell in attack.recovered(solved) & (hidden | sensitive))
    for single, other in attack.known_to_single(solved):
        if other in sensitive:
            yield other, f"known to the person of {single}"
    some = sorted(sensitive, key=repr)
    Random(1).shuffle(some)
    for cell, least, most in attack.spans(some[:spans]):
        if most - least < RULES.protection - 1e-6:
            yield cell, f"between {least} and {most}"


@pytest.mark.proof
@pytest.mark.parametrize("seed", range(size(1, 200)))
def test_no_hidden_cell_is_recovered(seed):
    world = World(seed, areas=size(8, 45), people=40)
    assert not list(found(publish(world, size(2, 5)), spans=size(10, 60)))


@pytest.mark.parametrize("protecting", [without_history, without_counties])
def test_the_attack_finds_what_is_left_out(protecting):
    assert any(
        list(found(publish(World(seed, areas=8, people=40), 3, protecting, 0.15), spans=0))
        for seed in range(6)
    )


@pytest.mark.proof
@pytest.mark.parametrize("seed", range(size(1, 20)))
def test_thirty_thousand_cells_within_a_minute(seed):
    world = World(seed, areas=size(8, 46), groups=size(2, 5), people=size(100, 400))
    releases = []
    for _ in range(size(2, 5)):
        table = world.table()
        began = time.process_time()
        protection = careful(table, [release for _, release in releases])
        assert time.process_time() - began < 60
        releases.append((table, released(table, protection)))
        world.correct()
    assert len(table.cells) + len(table.rates) > size(2_000, 29_000)
    assert not list(found(releases, spans=size(5, 20)))


@pytest.mark.proof
def test_history_costs_few_cells(record_property):
    """At most one in a hundred more are hidden than if each release stood alone."""
    alone = beside = 0
    for seed in range(size(1, 20)):
        world = World(seed, areas=size(8, 45), people=40)
        releases = publish(world, size(2, 5))
        for table, release in releases:
            beside += len(table.cells) - len(release.published)
            alone += len(table.cells) - len(released(table, protect(table, RULES)).published)
    assert beside <= 1.01 * alone, f"{beside} hidden beside earlier releases, {alone} alone"
    record_property("hidden", f"{beside} beside earlier releases, {alone} alone")


@pytest.mark.proof
def test_one_pattern_whatever_the_order():
    table = World(3, areas=size(8, 45), people=40).table()
    patterns = {protect(shuffled(table, seed), RULES).hidden for seed in range(size(5, 20))}
    assert len(patterns) == 1
