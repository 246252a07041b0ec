"""Random tables of the portal's kind: areas in regions and counties that cross, by sex, age, group.

Four areas lie in two regions each, so that regions and areas share parts which nobody publishes.
"""

from random import Random

from monitoring.disclosure import Cell, Rate, Release, Table

ALL = "all"
REGIONS, COUNTIES = 19 / 45, 21 / 45  # of each area


class World:
    """Persons by part of an area and group, who are corrected from release to release."""

    def __init__(self, seed, areas=45, sexes=2, ages=5, groups=1, people=60):
        self.random = Random(seed)
        self.sexes, self.ages = self._codes("sex", sexes), self._codes("age", ages)
        self.groups = self._codes("group", groups)
        self.parts = []  # (part, area, region, county)
        regions = int(areas * REGIONS)
        for area in range(areas):
            region, county = int(area * REGIONS), int((area + 1) * COUNTIES)
            region = min(region, regions - 1)
            pieces = [region]
            if area % (areas // 4) == areas // 4 - 1 and area < areas - 1:
                pieces.append((region + 1) % regions)
            for number, piece in enumerate(pieces):
                self.parts.append((f"{area}/{number}", f"TA{area}", f"MK{piece}", f"HVA{county}"))
        self.base = {}
        for part in self.parts:
            size = self.random.lognormvariate(0, 1) * people
            for sex in self.sexes:
                for age in self.ages:
                    weight = self.random.lognormvariate(0, 0.7)
                    for group in self.groups:
                        share = self.random.lognormvariate(0, 0.7) / len(self.groups)
                        whole = int(size * weight * share * 4)
                        some = sum(self.random.random() < 0.25 for _ in range(min(whole, 40)))
                        some = some * whole // 40 if whole > 40 else some
                        self.base[part[0], sex, age, group] = [some, whole]

    @staticmethod
    def _codes(name, count):
        return [f"{name}{number}" for number in range(count)]

    def correct(self, share=0.01):
        """Some persons were counted wrong."""
        for key in self.random.sample(sorted(self.base), max(1, int(len(self.base) * share))):
            some, whole = self.base[key]
            some = max(0, some + self.random.choice((-3, -2, -1, 1, 2, 3)))
            self.base[key] = [some, max(some, whole + self.random.choice((0, 0, 1)))]

    def table(self, rates=True):
        """All linked cells: (measure, area, sex, age, group)."""
        nodes = {}  # node: the places that it is a sum of, by classification
        shared = {}
        for part, area, region, county in self.parts:
            shared.setdefault(area, []).append(part)
            nodes[part] = [part]
            for node in (area, region, county, "country"):
                nodes.setdefault(node, []).append(part)
        inner = {part for parts in shared.values() if len(parts) > 1 for part in parts}
        unit = {part: part if part in inner else area for part, area, _, _ in self.parts}
        sums = [(area, tuple(parts)) for area, parts in shared.items() if len(parts) > 1]
        for column in (2, 3):
            found = {}
            for row in self.parts:
                found.setdefault(row[column], []).append(unit[row[0]])
            sums += [(node, tuple(parts)) for node, parts in found.items()]
            sums.append(("country", tuple(found)))
        sums.append(("country", tuple(shared)))
        places = [node for node in nodes if node in inner or "/" not in node]
        measures = ("persons", "population") if rates else ("persons",)
        cells, relations, shares = [], [], []
        with_all = [
            [*codes, ALL] if len(codes) > 1 else codes
            for codes in (self.sexes, self.ages, self.groups)
        ]
        values = {}
        for place in places:
            self._add_up(values, place, nodes[place], with_all, measures)
        for key, value in values.items():
            cells.append(Cell(key, value, published=key[1] not in inner))
        for key in values:
            measure, place, *rest = key
            for total, parts in sums if place == "country" else ():
                relations.append(
                    ((measure, total, *rest), tuple((measure, part, *rest) for part in parts))
                )
            for position, codes in enumerate((self.sexes, self.ages, self.groups), start=2):
                if key[position] == ALL:
                    parts = tuple((*key[:position], code, *key[position + 1 :]) for code in codes)
                    relations.append((key, parts))
            if rates and measure == "persons" and place not in inner:
                shares.append(Rate(("share", *key[1:]), key, ("population", *key[1:])))
        names = ("measure", "area", "sex", "age", "group")
        return Table(tuple(cells), tuple(relations), tuple(shares), names)

    def _add_up(self, values, place, parts, with_all, measures):
        sexes, ages, groups = with_all
        for number, measure in enumerate(measures):
            for sex in sexes:
                for age in ages:
                    for group in groups:
                        values[measure, place, sex, age, group] = 0
            for part in parts:
                for sex in self.sexes:
                    for age in self.ages:
                        for group in self.groups:
                            value = self.base[part, sex, age, group][number]
                            for s in {sex, ALL} & set(sexes):
                                for a in {age, ALL} & set(ages):
                                    for g in {group, ALL} & set(groups):
                                        values[measure, place, s, a, g] += value


def released(table, protection):
    """What is out in the world once a protected table is published, and what it hides."""
    hidden = protection.hidden
    published = {
        cell.key: cell.value
        for cell in table.cells
        if cell.published and cell.key not in hidden and cell.value is not None
    }
    rest = {
        cell.key: cell.value
        for cell in table.cells
        if cell.key not in published and cell.value is not None
    }
    values = {cell.key: cell.value for cell in table.cells}
    shares = {
        rate.key: 100 * values[rate.numerator] // max(1, values[rate.denominator])
        for rate in table.rates
        if rate.key not in hidden
    }
    return Release({**published, **shares}, rest)


def shuffled(table, seed):
    """The same table, told in another order."""
    random = Random(seed)
    cells, relations, rates = list(table.cells), list(table.relations), list(table.rates)
    for rows in (cells, relations, rates):
        random.shuffle(rows)
    turned = []
    for total, parts in relations:
        parts = list(parts)
        random.shuffle(parts)
        turned.append((total, tuple(parts)))
    return Table(tuple(cells), tuple(turned), tuple(rates), table.dimensions)
