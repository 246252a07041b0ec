"""An example dataset: employment areas by sex and age, released, and corrected once.

Invented figures, the same each time, to show how releases, disclosure control and corrections work.
"""

from collections.abc import Iterator
from hashlib import sha256
from io import BytesIO, StringIO

from django.db import transaction
from django.utils import timezone

from monitoring.indicators import periods
from portal.importing import Progress, unheard
from portal.places.models import Area
from portal.sheets import Writer
from portal.workflow import transition

from . import services
from .models import AREA, TIME, VALUE, Breakdown, Code, Dataset, Dimension, Release

State = Release.State
SLUG = "example-clients"
SEED = 874
SIZES = (4, 12, 40, 160)
YEARS = (2023, 2024, 2025)
COUNTRY = (
    "FI",
    "Koko maa ilman Ahvenanmaata",
    "Hela landet utom Åland",
    "Whole country without Åland",
)
TOTAL = "_T"
AXES = (
    (
        "SEX",
        ("Sukupuoli", "Kön", "Sex"),
        (
            (TOTAL, "Yhteensä", "Totalt", "Total"),
            ("F", "Naiset", "Kvinnor", "Women"),
            ("M", "Miehet", "Män", "Men"),
        ),
    ),
    (
        "AGE",
        ("Ikä", "Ålder", "Age"),
        (
            (TOTAL, "Yhteensä", "Totalt", "Total"),
            ("Y15T24", "15–24 vuotta", "15–24 år", "15–24 years"),
            ("Y25T34", "25–34 vuotta", "25–34 år", "25–34 years"),
            ("Y35T44", "35–44 vuotta", "35–44 år", "35–44 years"),
            ("Y45T54", "45–54 vuotta", "45–54 år", "45–54 years"),
            ("Y55T64", "55–64 vuotta", "55–64 år", "55–64 years"),
        ),
    ),
)
WORDS = {
    "name_fi": "Kotoutumispalvelujen asiakkaat työllisyysalueittain, sukupuolen ja iän mukaan",
    "name_sv": "Klienter i integrationstjänster efter sysselsättningsområde, kön och ålder",
    "name_en": "Clients of integration services by employment area, sex and age",
    "genitive_fi": "Kotoutumispalvelujen asiakkaiden",
    "description_fi": (
        "Esimerkkiluvut, jotka on keksitty. Ne näyttävät, miten aineisto julkaistaan, suojataan ja "
        "korjataan."
    ),
    "description_sv": (
        "Påhittade exempelsiffror. De visar hur en datamängd publiceras, skyddas och rättas."
    ),
    "description_en": (
        "Invented example figures. They show how a dataset is released, protected and corrected."
    ),
    "unit_fi": "henkilöä",
    "unit_sv": "personer",
    "unit_en": "persons",
    "source_fi": "Keksitty esimerkki",
    "source_sv": "Påhittat exempel",
    "source_en": "Invented example",
}
Values = dict[tuple[str, int, str, str], int]


@transaction.atomic
def load(progress: Progress = unheard) -> None:
    """Make the dataset of the employment areas that there are, with two releases, once."""
    areas = list(Area.objects.filter(kind=Area.Kind.EMPLOYMENT_AREA).order_by("code"))
    country = Area.objects.filter(kind=Area.Kind.COUNTRY).first()
    if country is None or not areas or Release.objects.filter(dataset__slug=SLUG).exists():
        progress(1, 1)
        return
    dataset = make_structure(country, areas)
    figures = values([area.key for area in areas])
    release(dataset, figures, "example.csv")
    progress(1, 2)
    wrong = areas[0].key, YEARS[-1], "Y25T34"
    corrected = {
        (area, year, sex, age): number + 7 * ((area, year, age) == wrong)
        for (area, year, sex, age), number in figures.items()
    }
    release(dataset, corrected, "example-corrected.csv", reason="Example of a correction.")
    progress(2, 2)


def make_structure(country: Area, areas: list[Area]) -> Dataset:
    """The dataset with its dimensions, codes and sums; the areas add up to the country's code."""
    dataset = Dataset.objects.create(
        slug=SLUG, period=periods.Kind.YEAR, smallest_shown=5, example=True, **WORDS
    )
    dimension = _dimension(dataset, 0, AREA, ("Alue", "Område", "Area"))
    codes = [_code(dimension, 0, COUNTRY, country)] + [
        _code(dimension, place, (area.key, area.name_fi, area.name_sv, area.name_en), area)
        for place, area in enumerate(areas, start=1)
    ]
    _sum(codes)
    for position, (key, names, words) in enumerate(AXES, start=1):
        dimension = _dimension(dataset, position, key, names)
        _sum([_code(dimension, place, word) for place, word in enumerate(words)])
    return dataset


def _dimension(dataset: Dataset, position: int, key: str, names: tuple[str, str, str]) -> Dimension:
    fi, sv, en = names
    return Dimension.objects.create(
        dataset=dataset, position=position, key=key, name_fi=fi, name_sv=sv, name_en=en
    )


def _code(
    dimension: Dimension, position: int, words: tuple[str, str, str, str], area: Area | None = None
) -> Code:
    code, fi, sv, en = words
    return Code.objects.create(
        dimension=dimension,
        position=position,
        code=code,
        area=area,
        name_fi=fi,
        name_sv=sv,
        name_en=en,
    )


def _sum(codes: list[Code]) -> None:
    Breakdown.objects.create(total=codes[0]).parts.set(codes[1:])


def values(areas: list[str], years: tuple[int, ...] = YEARS) -> Values:
    """Invented counts of the smallest groups, a few of them very small; the same for an area."""
    found: Values = {}
    for area in areas:
        size = SIZES[int(_chance(area) * len(SIZES))]
        for sex in ("F", "M"):
            for age, *_names in AXES[1][2][1:]:
                level = (0.3 + 1.3 * _chance(area, sex, age)) * size
                for year in years:
                    change = 0.9 + 0.2 * _chance(area, sex, age, year)
                    found[area, year, sex, age] = round(level * change)
    return found


def _chance(*words: str | int) -> float:
    """A number from 0 to below 1, always the same for the same words."""
    digest = sha256(f"{SEED} {words}".encode()).digest()
    return int.from_bytes(digest[:4], "big") / 2**32


def rows(figures: Values) -> Iterator[tuple[str, str, str, int, int]]:
    """The rows of a file, with the sums over areas, sexes and ages."""
    sums: Values = {}
    for (area, year, sex, age), number in figures.items():
        for place in (area, COUNTRY[0]):
            for sexes in (sex, TOTAL):
                for ages in (age, TOTAL):
                    key = (place, year, sexes, ages)
                    sums[key] = sums.get(key, 0) + number
    for (area, year, sex, age), number in sums.items():
        yield area, sex, age, year, number


def as_csv(figures: Values) -> bytes:
    """A file as a statistician would send it."""
    target = StringIO()
    writer = Writer(target)
    writer.writerow([AREA, "SEX", "AGE", TIME, VALUE])
    for row in rows(figures):
        writer.writerow(row)
    return target.getvalue().encode()


def release(dataset: Dataset, figures: Values, name: str, reason: str = "") -> Release:
    """Bring and release a file of the example at once; nobody is named as having done it."""
    brought = services.bring(dataset, BytesIO(as_csv(figures)), name)
    moment = timezone.now()
    for state, event in ((State.PROPOSED, "propose"), (State.APPROVED, "approve")):
        transition(
            brought,
            state,
            f"datasets.{event}",
            by=None,
            data={"example": True},
            reason=reason,
            release_at=moment,
        )
    services.publish(brought, now=moment)
    return brought
