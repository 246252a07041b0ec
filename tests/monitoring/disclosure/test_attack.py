"""The attack finds nothing in corrected releases, and finds what is wrong when something is.

Small in the suite; `make prove` takes two hundred tables of 45 areas with five releases each, and
twenty of nearly 30,000 cells.
"""

import time
from random import Random

import pytest

from monitoring.disclosure import Rules, Table, protect
from monitoring.disclosure.system import System
from tests.proofs import size

from .attack import Attack
from .tables import World, released, shuffled

RULES = Rules()


def whole(table, earlier):
    return protect(table, RULES, earlier)


def without_history(table, earlier):
    return protect(table, RULES)


def without_counties(table, earlier):
    relations = tuple(
        (total, parts)
        for total, parts in table.relations
        if not total[1].startswith("HVA") and not parts[0][1].startswith("HVA")
    )
    return protect(Table(table.cells, relations, table.rates), RULES, earlier)


def without_shares(table, earlier):
    return protect(Table(table.cells, table.relations), RULES, earlier)


def without_singletons(table, earlier):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(System, "_persons", lambda system: {})
        return protect(table, RULES, earlier)


def publish(world, releases, protecting=whole, share=0.01):
    """Releases of a world that is corrected between them, and what is said to be exposed."""
    out, exposed = [], set()
    for number in range(releases):
        if number:
            world.correct(share)
        table = world.table()
        protection = protecting(table, [release for _, release in out])
        exposed |= protection.exposed
        out.append((table, released(table, protection)))
    return out, exposed


def found(releases, exposed, spans):
    """What the attack finds that is not said to be exposed, and how.

    Cells recovered, by anybody or by one person, and spans too narrow: of all that the newest
    release hides, and of every small value that any release hides.
    """
    attack = Attack(releases)
    solved = attack.solve()
    newest, shown = releases[-1]
    hidden = {
        (cell.key, cell.value)
        for cell in newest.cells
        if cell.published and cell.key not in shown.published
    }
    sensitive = {
        cell
        for cell in attack.hidden
        if 0 < cell[1] < RULES.minimum and _in_words(cell) not in exposed
    }
    hidden -= exposed
    yield from ((cell, "recovered") for cell in attack.recovered(solved) & (hidden | sensitive))
    yield from ((cell, "published in another form") for cell in attack.known & hidden)
    for single, other in attack.known_to_single(solved):
        if other in sensitive:
            yield other, f"known to the person of {single}"
    some = sorted(sensitive, key=repr)
    Random(1).shuffle(some)
    for cell, least, most in attack.spans(some[:spans]):
        if most - least < RULES.protection - 1e-6:
            yield cell, f"between {least} and {most}"


def _in_words(cell):
    key, value = cell
    return (key[1:] if key[0] == "left out" else key), value


@pytest.mark.proof
@pytest.mark.parametrize("seed", range(size(1, 200)))
def test_no_hidden_cell_is_recovered(seed, record_property):
    """45 areas by sex and age, with shares: five releases, small values of all of them."""
    releases, exposed = publish(World(seed, areas=45, people=40), 5)
    assert not list(found(releases, exposed, spans=size(5, 60)))
    hidden = {cell for _, release in releases for cell in release.hidden.items()}
    small = sum(0 < value < RULES.minimum for _, value in hidden)
    record_property("small", f"{small} small values, {len(exposed)} of them said to be exposed")
    assert len(exposed) < small / 3


@pytest.mark.parametrize(
    "protecting", [without_history, without_counties, without_shares, without_singletons]
)
def test_the_attack_finds_what_is_left_out(protecting):
    """Each part of the method is needed: without it something is recovered."""
    assert any(
        list(found(*publish(World(seed, areas=8, people=40), 3, protecting, 0.05), spans=0))
        for seed in range(8)
    )


@pytest.mark.proof
@pytest.mark.parametrize("seed", range(size(1, 20)))
def test_thirty_thousand_cells_within_a_minute(seed, record_property):
    """Some five hundred of them small."""
    world = World(seed, areas=size(8, 45), groups=size(2, 5), people=size(100, 110))
    releases, exposed, longest = [], set(), 0
    for _ in range(size(2, 5)):
        table = world.table()
        began = time.process_time()
        protection = protect(table, RULES, [release for _, release in releases])
        longest = max(longest, time.process_time() - began)
        assert longest < 60
        assert releases or not protection.exposed
        exposed |= protection.exposed
        releases.append((table, released(table, protection)))
        world.correct(0.001)
    assert len(table.cells) + len(table.rates) > size(2_000, 29_000)
    record_property("time", f"{longest:.1f} s at most, {len(protection.primary)} primary")
    assert not list(found(releases, exposed, spans=size(5, 20)))


@pytest.mark.proof
def test_history_costs_few_cells(record_property):
    """At most one in a hundred more are hidden than if each release stood alone."""
    alone = beside = 0
    for seed in range(size(1, 20)):
        world = World(seed, areas=size(8, 45), people=40)
        releases, _ = publish(world, size(2, 5))
        for table, release in releases:
            beside += len(release.hidden)
            alone += len(released(table, protect(table, RULES)).hidden)
    record_property("hidden", f"{beside} beside earlier releases, {alone} alone")
    assert beside <= 1.01 * alone, f"{beside} hidden beside earlier releases, {alone} alone"


@pytest.mark.proof
def test_one_pattern_whatever_the_order():
    table = World(3, areas=size(8, 45), people=40).table()
    patterns = {protect(shuffled(table, seed), RULES).hidden for seed in range(size(5, 20))}
    assert len(patterns) == 1
