"""The list of datasets: by domain, narrowed by what is followed, of whom, and by words."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from monitoring.indicators.models import Indicator
from monitoring.indicators.periods import Period
from portal.errors import BadParameter
from portal.languages import LANGUAGES, alphabetical
from portal.linguistics.typed import text_as_typed, without_dots

from .models import Dataset

OTHER = "other"  # the address of the group without a domain
Label = str | Promise


@dataclass(frozen=True)
class Choice:
    """A filter: its parameter, its name, and its values with the one that is chosen."""

    name: str
    label: Label
    values: list[tuple[str, Label]]
    chosen: str


@dataclass(frozen=True)
class Row:
    """A dataset in one line: from which period to which it has values."""

    dataset: Dataset
    periods: str


@dataclass(frozen=True)
class Group:
    """The datasets of a domain."""

    key: str
    label: Label
    rows: list[Row]


FILTERS: Mapping[str, tuple[Label, list[tuple[str, Label]]]] = {
    "domain": (_("Domain"), list(Indicator.Domain.choices)),
    "track": (_("What is followed"), list(Dataset.Track.choices)),
    "clients": (_("Client group"), list(Dataset.Clients.choices)),
}


def choices(parameters: Mapping[str, str]) -> list[Choice]:
    """The filters as an address sets them. Raises BadParameter for a value that there is not."""
    found = []
    for name, (label, values) in FILTERS.items():
        chosen = parameters.get(name, "")
        if chosen and chosen not in dict(values):
            raise BadParameter(name, chosen)
        found.append(Choice(name, label, values, chosen))
    return found


def groups(filters: list[Choice], words: str) -> list[Group]:
    """The released datasets that an address leaves, by domain and name: one query."""
    rows = Dataset.objects.published()
    for one in filters:
        if one.chosen:
            rows = rows.filter(**{one.name: one.chosen})
    wanted = without_dots(text_as_typed(words)).split()
    found = [one for one in alphabetical(rows) if _has(one, wanted)]
    domains: list[tuple[str, Label]] = [*Indicator.Domain.choices, ("", _("Other"))]
    by_domain = [
        Group(key or OTHER, label, [Row(one, _periods(one)) for one in found if one.domain == key])
        for key, label in domains
    ]
    return [group for group in by_domain if group.rows]


def _has(dataset: Dataset, wanted: list[str]) -> bool:
    """Whether its names and descriptions hold each of the words; a and ä count as one."""
    texts = (
        getattr(dataset, f"{field}_{language}")
        for field in ("name", "description")
        for language in LANGUAGES
    )
    whole = without_dots(text_as_typed(" ".join(texts)))
    return all(word in whole for word in wanted)


def _periods(dataset: Dataset) -> str:
    """2015–2025, or the one that there is."""
    if not dataset.times:
        return ""
    ends = (min(dataset.times), max(dataset.times))
    names = [Period.at(time, dataset.period).name for time in ends]
    return names[0] if names[0] == names[1] else "–".join(names)
