"""An attacker with everything that was ever public works out no hidden value.

They have each release as PxWebApi 2 gave it, know all sums, and know even which values a correction
changed. A hidden value is worked out when the equations leave it no freedom.
"""

import random
from io import BytesIO

import numpy
import pytest

from monitoring.datasets import example, services
from monitoring.datasets.cubes import Cube
from tests.monitoring.datasets.making import approved

pytestmark = pytest.mark.django_db
YEAR = 2024
URL = f"/pxweb/api/v2/tables/{example.SLUG}/data"
EVERYTHING = {
    "selection": [
        {"variableCode": variable, "valueCodes": ["*"]}
        for variable in ("REF_AREA", "SEX", "AGE", "TIME_PERIOD")
    ]
}


def public(client):
    """What a program gets: the value or None, by codes."""
    answer = client.post(URL, EVERYTHING, content_type="application/json").json()
    codes = [list(answer["dimension"][name]["category"]["index"]) for name in answer["id"]]
    places = numpy.ndindex(*answer["size"])
    return {
        tuple(axis[place] for axis, place in zip(codes[:3], crossing[:3], strict=True)): value
        for crossing, value in zip(places, answer["value"], strict=True)
    }


def true_values(figures):
    return {(area, sex, age): number for area, sex, age, _year, number in example.rows(figures)}


def worked_out(relations, releases):
    """The hidden values that follow: keys by release. `releases` are pairs of public and true."""
    known = {
        (key, true[key])
        for shown, true in releases
        for key, value in shown.items()
        if value is not None
    }
    hidden = {(key, true[key]) for shown, true in releases for key in shown} - known
    column = {unknown: number for number, unknown in enumerate(sorted(hidden))}
    rows = []
    for _shown, true in releases:
        for total, parts in relations:
            row = numpy.zeros(len(column))
            for key, sign in ((total, -1), *((part, 1) for part in parts)):
                if (key, true[key]) in column:
                    row[column[key, true[key]]] += sign
            if row.any():
                rows.append(row)
    if not rows:
        return set()
    _u, sizes, basis = numpy.linalg.svd(numpy.array(rows))
    rank = int((sizes > 1e-9).sum())
    freedom = (
        numpy.abs(basis[rank:]).sum(axis=0) if rank < len(column) else numpy.zeros(len(column))
    )
    return {unknown for unknown, number in column.items() if freedom[number] < 1e-9}


def test_the_attack_finds_what_is_not_protected():
    total, one, two = ("t",), ("a",), ("b",)
    true = {total: 10, one: 3, two: 7}

    found = worked_out([(total, (one, two))], [({total: 10, one: None, two: 7}, true)])

    assert found == {(one, 3)}


@pytest.mark.parametrize(("seed", "releases"), [(2, 1), (3, 1), (4, 1), (1, 4), (5, 4), (8, 4)])
def test_what_follows_from_a_release_and_its_corrections_is_named(client, dataset, seed, releases):
    chance = random.Random(seed)
    cube = Cube.of(dataset)
    relations = [
        (tuple(cube.words(total)), tuple(tuple(cube.words(part)) for part in parts))
        for total, parts in cube.relations()
    ]
    areas = [code.code for code in cube.areas.codes[1:]]
    figures = {
        key: chance.choice([0, 1, 2, 3, 4, 6, 9, 15, 40]) for key in example.values(areas, (YEAR,))
    }
    made, exposed = [], set()
    for number in range(releases):
        for key in chance.sample(sorted(figures), 2 if number else 0):
            figures[key] = max(0, figures[key] + chance.choice([-3, -1, 1, 4]))
        content = BytesIO(example.as_csv(figures))
        release = approved(services.bring(dataset, content, f"{number}.csv"))
        exposed.update(release.exposed)
        services.publish(release)
        made.append((public(client), true_values(figures)))

    small = {
        (key, value)
        for shown, true in made
        for key, value in true.items()
        if shown[key] is None and 0 < value < dataset.smallest_shown
    }
    assert small
    found = worked_out(relations, made) & small
    assert {f"{' '.join(key)} {YEAR}: {value}" for key, value in found} <= exposed
