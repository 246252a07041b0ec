"""What can be found: the kinds of things that the rooms say of, and their documents.

A fact with three names gives a document in each language; a page is in one language, and its
translations are documents of the same thing.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models
from django.db.models import Model

from law.references import referrers
from portal.resources import having, resources
from portal.search_api import Entry, Searchable


@dataclass(frozen=True)
class Kind:
    """A resource that can be found: its key, the models of its rows, and how it is found."""

    key: str
    models: tuple[type[Model], ...]
    searchable: Searchable

    @property
    def referrer(self) -> str:
        """The key under which its things rest on the law, or nothing when they do not."""
        return self.searchable.referrer or (self.key if self.key in referrers() else "")

    def entries(self, keys: list[str] | None = None) -> Iterator[Entry]:
        """The documents of the rows that can be found, of these keys or of all."""
        for model in self.models:
            rows = self.searchable.rows(model)
            if keys is not None:
                # A page without a row is known by a word, a row by its number.
                rows = rows.filter(pk__in=[key for key in keys if key.isdigit()])
            yield from self.searchable.documents(rows)
        if self.searchable.pages:
            for entry in self.searchable.pages():
                if keys is None or entry.key in keys:
                    yield entry

    def keys(self) -> list[str]:
        """The keys of all rows that can be found."""
        of_rows = [
            str(pk)
            for model in self.models
            for pk in self.searchable.rows(model).order_by().values_list("pk", flat=True)
        ]
        pages = self.searchable.pages
        return [*of_rows, *dict.fromkeys(entry.key for entry in pages())] if pages else of_rows


def kinds() -> dict[str, Kind]:
    """What can be found, in the order of the kinds."""
    found = sorted(having(Searchable).items(), key=lambda pair: pair[1].order)
    return {key: Kind(key, resources()[key].models, searchable) for key, searchable in found}


def kind_of(model: type[models.Model]) -> Kind | None:
    """The kind whose rows are of a model, if any."""
    return next((kind for kind in kinds().values() if model in kind.models), None)
