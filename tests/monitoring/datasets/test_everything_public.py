"""The attack on all that the portal shows: pages, files, answers, changelog, feed, search, letters.

Every value is a number that stands nowhere else in the table. So whatever shows one, in any form,
is found by its digits: what is hidden stands nowhere, and what is known is whatever was found.
"""

import random
import re
from decimal import Decimal
from html import unescape
from io import BytesIO

import pytest
from django.core import mail
from openpyxl import load_workbook

from monitoring.datasets import example, services
from monitoring.datasets.cubes import Cube
from monitoring.disclosure import Cell, Release, Table
from portal.mail.sending import send_due
from portal.notifications import activity, digests
from portal.places.models import Area
from tests.factories.monitoring import AreaFactory
from tests.factories.notices import FollowFactory
from tests.monitoring.datasets.making import approved
from tests.monitoring.datasets.test_attack import EVERYTHING, YEAR
from tests.monitoring.datasets.test_attack import public as public_values
from tests.monitoring.disclosure.attack import Attack
from tests.proofs import size

pytestmark = pytest.mark.django_db
RULE = 5
PLAIN = re.compile(r"\d{1,15}")
GROUPED = re.compile(r"\d{1,3}(?:[\s,.]\d{3})+")
LINK = re.compile(r"""(?:href|src|action)="(/[^"#]*)""")
MOST_ADDRESSES = 400


def numbers_in(text: str) -> set[int]:
    """The whole numbers that stand in a text, with or without signs between thousands."""
    text = unescape(text)
    found = {int(digits) for digits in PLAIN.findall(text)}
    for word in GROUPED.findall(text):
        groups = re.split(r"\D", word)
        for first in range(len(groups)):
            for last in range(first + 1, len(groups) + 1):
                found.add(int("".join(groups[first:last])))
    return found


def text_of(response) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if "spreadsheet" in response.get("Content-Type", ""):
        sheets = load_workbook(BytesIO(content), read_only=True).worksheets
        rows = (row for sheet in sheets for row in sheet.iter_rows(values_only=True))
        return "\n".join(" | ".join(str(value) for value in row) for row in rows)
    return content.decode(errors="replace")


def crawled(client, dataset) -> str:
    """All that is linked from the dataset's pages and has to do with it, in three languages."""
    slug = dataset.slug
    left = ["/api/v1/changelog?language=en&limit=100", "/api/v1/changelog?language=fi&limit=100"]
    left += [f"/en/search/?q={word}" for word in ("example", "clients", "Area")]
    for prefix in ("/fi/aineistot", "/sv/datamangder", "/en/datasets"):
        left.append(f"{prefix}/")
        left.append(f"{prefix}/{slug}/")
    left += [f"/en/areas/{code}/" for code in ("FI", "TA01")]
    left += [f"/pxweb/api/v2/tables/{slug}", f"/pxweb/api/v2/tables/{slug}/metadata"]
    left += ["/en/datasets/corrections/", "/en/datasets/corrections/feed.atom"]
    axes = Cube.of(dataset).others
    for first in axes[0].codes:
        left += [f"/en/datasets/{slug}/?SEX={first.code}&AGE={code.code}" for code in axes[1].codes]
    seen, texts = set(), []
    while left and len(seen) < MOST_ADDRESSES:
        address = left.pop(0)
        if address in seen:
            continue
        seen.add(address)
        response = client.get(address)
        if response.status_code != 200:
            continue
        text = text_of(response)
        texts.append(text)
        links = [unescape(link) for link in LINK.findall(text)]
        left += [link for link in links if slug in link or "corrections" in link]
    url = f"/pxweb/api/v2/tables/{slug}/data"
    for form in ("json-stat2", "csv"):
        response = client.post(
            f"{url}?outputFormat={form}", EVERYTHING, content_type="application/json"
        )
        texts.append(text_of(response))
    assert sum(slug in text for text in texts) > 10
    return "\n".join(texts)


def letters() -> str:
    """All that followers have been written."""
    while activity.fan_out():
        pass
    digests.write_due()
    send_due()
    bodies = [message.body for message in mail.outbox]
    bodies += [str(body) for message in mail.outbox for body, _kind in message.alternatives]
    return "\n".join(bodies)


def whole(figures):
    return {(area, sex, age): number for area, sex, age, _year, number in example.rows(figures)}


def attackers_view(cube, made):
    """The releases as the attacker has them: what was found by its digits is known."""
    relations = tuple(
        (tuple(cube.words(total)), tuple(tuple(cube.words(part)) for part in parts))
        for total, parts in cube.relations()
    )
    for true, seen in made:
        table = Table(tuple(Cell(key, value) for key, value in true.items()), relations)
        unique = [value for value in true.values() if value > 100]
        once = {value for value in unique if unique.count(value) == 1}
        shown = {key: value for key, value in true.items() if value in once and value in seen}
        yield table, Release(shown)


@pytest.fixture
def many_areas(db):
    number = size(3, 45)
    return [
        AreaFactory(),
        *(
            AreaFactory(kind=Area.Kind.EMPLOYMENT_AREA, code=f"{code:02}")
            for code in range(1, number + 1)
        ),
    ]


@pytest.mark.proof
@pytest.mark.parametrize("seed", range(size(1, 5)))
def test_no_hidden_value_stands_anywhere_or_follows(client, many_areas, seed, record_property):
    chance = random.Random(seed)
    dataset = example.make_structure(many_areas[0], many_areas[1:])
    cube = Cube.of(dataset)
    FollowFactory(kind="area", subject="TA01", follower__frequency="instant")
    keys = sorted(example.values([area.key for area in many_areas[1:]], (YEAR,)))
    figures = {key: chance.randrange(10_000, 100_000) for key in keys}
    for key in chance.sample(keys, max(2, len(keys) // 12)):
        figures[key] = chance.randrange(1, RULE)
    made, exposed, public = [], set(), set()
    for number in range(size(3, 5)):
        if number:
            for key in chance.sample(keys, 3):
                figures[key] = chance.randrange(10_000, 100_000)
        content = BytesIO(example.as_csv(figures))
        release = approved(services.bring(dataset, content, f"{number}.csv"))
        exposed.update(release.exposed)
        services.publish(release)
        dataset.refresh_from_db()
        public |= numbers_in(crawled(client, dataset) + letters())
        made.append((whole(figures), frozenset(public)))

    true = made[-1][0]
    shown = public_values(client)
    hidden = {key: value for key, value in true.items() if shown[key] is None}
    large = {value for value in hidden.values() if value > 100}
    assert large
    assert not large & public
    assert {int(value) for value in shown.values() if value and value > 100} <= public

    attack = Attack(list(attackers_view(cube, made)))
    named = {
        (key, value)
        for key, value in attack.hidden
        if f"{' '.join(key)} {YEAR}: {Decimal(value)}" in exposed
    }
    small = {cell for cell in attack.hidden if 0 < cell[1] < RULE} - named
    assert small
    solved = attack.solve()
    assert not attack.recovered(solved) & small
    for cell, least, most in attack.spans(sorted(small)[: size(5, 60)]):
        assert most - least >= RULE - 1 - 1e-6, cell
    record_property(
        "seen", f"{len(public)} numbers, {len(small)} small values, {len(hidden)} hidden"
    )


def test_digits_are_found_in_any_form():
    assert {12345, 7} <= numbers_in("<td>12 345</td> 7")
    assert 12345 in numbers_in("12,345 → 99")
    assert 12345 in numbers_in('"value": [12345.0, null]')
    assert 12345 in numbers_in("12&nbsp;345")
