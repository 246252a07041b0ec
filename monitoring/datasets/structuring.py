"""What statisticians do with the structure of a dataset: dimensions, codes, and what adds up.

Codes are written one a line, so that a list goes to and fro between a spreadsheet and the portal:

    F; Naiset; Kvinnor; Women; _T

the code, its names in three languages, and the totals that it is a part of, several with spaces
between. A total that adds up in two ways names them: `FI#regions FI#areas`. For REF_AREA the code
is an area's, whose names stand where none are written. Once values have come, what they are kept by
stays: codes are added at the end and renamed, and none is taken away.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from portal.accounts.models import User
from portal.places.models import Area

from .cubes import MOST_CELLS, Cube
from .models import AREA, TIME, VALUE, Breakdown, Code, Dataset, Dimension, SourceValue
from .models.structure import CODE, CODE_LENGTH, KEY, MOST_CODES, MOST_DIMENSIONS, STATUS

NAMES = 3
RESERVED = (TIME, VALUE, STATUS)


@dataclass(frozen=True)
class Line:
    """A line of codes: which one, its names, and the totals that it is a part of."""

    number: int
    code: str
    names: tuple[str, str, str]
    totals: tuple[tuple[str, str], ...]  # each with the name of the way in which it adds up
    area: Area | None = None


class InUse(Exception):
    """Values are kept by this part of the structure, so it stays."""


def has_values(dataset: Dataset) -> bool:
    """Whether anything has been brought, so that the structure is what values are kept by."""
    return SourceValue.objects.filter(dataset=dataset).exists()


def begin(dataset: Dataset) -> Dimension:
    """The dimension of areas, which every dataset has from its beginning, without codes yet."""
    return Dimension.objects.create(
        dataset=dataset, key=AREA, position=0, name_fi="Alue", name_sv="Område", name_en="Area"
    )


def lines(text: str, key: str) -> list[Line]:
    """The codes of a dimension as they were written. ValidationError with each line that is wrong.

    A code once, of letters, digits, `_` and `-`; three names; totals that are codes of the list,
    and no code that is a part of itself.
    """
    areas = dict(_areas(text)) if key == AREA else None
    found: list[Line] = []
    wrong: list[str] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            found.append(_line(number, line, areas))
        except ValidationError as error:
            wrong += [_at(number, words) for words in error.messages]
    wrong += _wrong_together(found)
    if wrong:
        raise ValidationError(wrong)
    return found


def _at(number: int, words: str) -> str:
    return _("Line %(number)s: %(words)s") % {"number": number, "words": words}


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("\t" if "\t" in line else ";")]


def _areas(text: str) -> Iterator[tuple[str, Area]]:
    keys = {_cells(line)[0] for line in text.splitlines()}
    for area in Area.objects.filter(key__in=keys):
        yield area.key, area


def _line(number: int, line: str, areas: dict[str, Area] | None) -> Line:
    cells = _cells(line)
    if len(cells) > NAMES + 2:
        raise ValidationError(_("Five cells: the code, three names, and the totals."))
    code, *rest = cells + [""] * (NAMES + 2 - len(cells))
    CODE(code)
    if len(code) > CODE_LENGTH:
        raise ValidationError(_("A shorter code."))
    area = areas.get(code) if areas is not None else None
    names = rest[:NAMES]
    if area is not None:
        own = (area.name_fi, area.name_sv, area.name_en)
        names = [name or other for name, other in zip(names, own, strict=True)]
    elif areas is not None:
        raise ValidationError(
            _("“%(code)s” is no area: such as FI, MK01, TA05, KU091.") % {"code": code}
        )
    if not all(names):
        raise ValidationError(_("A name in each language: Finnish, Swedish, English."))
    longest = Code._meta.get_field("name_fi").max_length
    if longest and any(len(name) > longest for name in names):
        raise ValidationError(_("Names of at most %(length)s characters.") % {"length": longest})
    fi, sv, en = names
    totals = []
    for word in rest[NAMES].split():
        total, _sign, way = word.partition("#")
        totals.append((total, way))
    return Line(number, code, (fi, sv, en), tuple(totals), area)


def _wrong_together(found: list[Line]) -> Iterator[str]:
    if not found:
        yield _("At least one code.")
    if len(found) > MOST_CODES:
        yield _("At most %(most)s codes.") % {"most": MOST_CODES}
    by_code: dict[str, Line] = {}
    for line in found:
        if line.code in by_code:
            words = _("“%(code)s” stands in line %(first)s already.")
            first = by_code[line.code].number
            yield _at(line.number, words % {"code": line.code, "first": first})
        by_code.setdefault(line.code, line)
    above = {line.code: {total for total, _way in line.totals} for line in found}
    for line in found:
        for total in sorted(above[line.code] - by_code.keys()):
            words = _("The total “%(total)s” is no code of the list.")
            yield _at(line.number, words % {"total": total})
        if line.code in _all_above(line.code, above):
            words = _("“%(code)s” would be a part of itself.")
            yield _at(line.number, words % {"code": line.code})


def _all_above(code: str, above: dict[str, set[str]]) -> set[str]:
    """The totals that a code counts into, directly or through others."""
    found: set[str] = set()
    waiting = list(above.get(code, ()))
    while waiting:
        total = waiting.pop()
        if total not in found:
            found.add(total)
            waiting += above.get(total, ())
    return found


def written(dimension: Dimension) -> str:
    """The codes of a dimension as lines: what `lines` reads."""
    totals: dict[int, list[str]] = {}
    ways: dict[int, int] = {}
    breakdowns = Breakdown.objects.filter(total__dimension=dimension).select_related("total")
    for breakdown in breakdowns.prefetch_related("parts").order_by("pk"):
        way = ways[breakdown.total_id] = ways.get(breakdown.total_id, 0) + 1
        word = breakdown.total.code if way == 1 else f"{breakdown.total.code}#{way}"
        for part in breakdown.parts.all():
            totals.setdefault(part.pk, []).append(word)
    return "\n".join(
        "; ".join(
            [code.code, code.name_fi, code.name_sv, code.name_en, " ".join(totals.get(code.pk, []))]
        ).rstrip("; ")
        for code in dimension.codes.order_by("position")
    )


@transaction.atomic
def save(
    dataset: Dataset,
    dimension: Dimension | None,
    *,
    key: str,
    names: tuple[str, str, str],
    found: list[Line],
    by: User,
) -> Dimension:
    """Write a dimension with its codes and totals, and a line in the log of what changed.

    `dimension` is None for a new one. ValidationError for a key that is taken or reserved, too many
    dimensions or values a period, or a code that values are kept by and that is missing now; InUse
    for a new dimension, or another key, where values have come.
    """
    Dataset.objects.select_for_update().get(pk=dataset.pk)
    fixed = has_values(dataset)
    _check_key(dataset, dimension, key)
    if fixed and (dimension is None or dimension.key != key):
        raise InUse
    fi, sv, en = names
    if dimension is None:
        dimension = Dimension(dataset=dataset, position=_next_position(dataset, key))
    dimension.key = key
    dimension.name_fi, dimension.name_sv, dimension.name_en = fi, sv, en
    dimension.save()
    before = {code.code: code for code in dimension.codes.all()}
    missing = sorted(before.keys() - {line.code for line in found})
    if fixed and missing:
        words = _("Values are kept by these codes, so they stay: %(codes)s.")
        raise ValidationError(words % {"codes": ", ".join(missing)})
    totals_before = written(dimension)
    Breakdown.objects.filter(total__dimension=dimension).delete()
    if not fixed:
        dimension.codes.all().delete()
    _write(dimension, found, before if fixed else {})
    if dataset.dimensions.filter(key=AREA).exists() and Cube.of(dataset).size > MOST_CELLS:
        words = _("A dataset of at most %(most)s values a period.")
        raise ValidationError(words % {"most": MOST_CELLS})
    log(
        dataset,
        "datasets.structure",
        user=by,
        data={
            "dimension": key,
            "added": sorted({line.code for line in found} - before.keys()),
            "removed": missing,
            "before": totals_before,
        },
    )
    return dimension


def _check_key(dataset: Dataset, dimension: Dimension | None, key: str) -> None:
    KEY(key)
    others = dataset.dimensions.all()
    if dimension is not None:
        others = others.exclude(pk=dimension.pk)
    moved = dimension is not None and dimension.key == AREA and key != AREA
    if moved or key in RESERVED or others.filter(key=key).exists():
        raise ValidationError(_("Another key: this one is taken or has a meaning of its own."))
    if dimension is None and others.count() > MOST_DIMENSIONS:
        words = _("At most %(most)s dimensions besides the area.")
        raise ValidationError(words % {"most": MOST_DIMENSIONS})


def _next_position(dataset: Dataset, key: str) -> int:
    """The area is the first; the others follow as they are made."""
    taken = set(dataset.dimensions.values_list("position", flat=True))
    free = range(0 if key == AREA else 1, MOST_DIMENSIONS + 2)
    return next(place for place in free if place not in taken)


def _write(dimension: Dimension, found: Iterable[Line], kept: dict[str, Code]) -> None:
    """Codes that are there are renamed; others come after them in their order."""
    codes = dict(kept)
    place = max((code.position for code in kept.values()), default=-1) + 1
    ways: dict[tuple[str, str], list[str]] = {}
    for line in found:
        code = codes.get(line.code)
        if code is None:
            code = Code(dimension=dimension, code=line.code, position=place, area=line.area)
            codes[line.code], place = code, place + 1
        code.name_fi, code.name_sv, code.name_en = line.names
        code.save()
        for way in line.totals:
            ways.setdefault(way, []).append(line.code)
    for (total, _way), parts in ways.items():
        breakdown = Breakdown.objects.create(total=codes[total])
        breakdown.parts.set([codes[part] for part in parts])


@transaction.atomic
def remove(dimension: Dimension, *, by: User) -> None:
    """Take a dimension away. Raises InUse where values have come, and for that of the areas."""
    dataset = Dataset.objects.select_for_update().get(pk=dimension.dataset_id)
    if dimension.key == AREA or has_values(dataset):
        raise InUse
    log(
        dataset,
        "datasets.structure",
        user=by,
        data={"dimension": dimension.key, "before": written(dimension), "removed": ["*"]},
    )
    dimension.delete()
