"""What is on a work list, thing by thing, as one person may see it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

from law import references
from law.models import ImpactReview
from law.references import Description, User
from portal.accounts.roles import TEAMS
from portal.languages import current_language

from .forms import NoteForm


@dataclass
class Version:
    """A thing in one language; without a description it is not open to the person."""

    review: ImpactReview
    described: Description | None

    @property
    def team(self) -> str | Promise:
        return TEAMS.get(self.review.owner, self.review.owner)


@dataclass
class Thing:
    """What rests on a section, in all its languages."""

    kind_key: str
    kind: str | Promise
    key: str
    versions: list[Version] = field(default_factory=list)
    form: NoteForm | None = None

    @property
    def title(self) -> str:
        """In the reader's language when it is there; empty when the thing is not open to them."""
        described = [version.described for version in self.versions if version.described]
        here = current_language()
        described.sort(key=lambda one: one.language != here)
        return described[0].title if described else ""

    @property
    def is_open(self) -> bool:
        return any(version.review.state == ImpactReview.State.OPEN for version in self.versions)

    @property
    def may_confirm(self) -> bool:
        """Whether the person may confirm it, in every language that is still open."""
        waiting = [one for one in self.versions if one.review.state == ImpactReview.State.OPEN]
        return all(
            version.described and version.described.may_confirm
            for version in waiting or self.versions
        )


def things_of(reviews: Iterable[ImpactReview], user: User) -> list[Thing]:
    """The reviews by thing, in their order, as `user` may see them: as many queries as kinds."""
    reviews = list(reviews)
    subjects = defaultdict(set)
    for review in reviews:
        subjects[review.kind].add(review.subject)
    described = {}
    for key, of_kind in subjects.items():
        kind = references.referrers().get(key)
        if kind and kind.describe:
            described[key] = kind.describe(of_kind, user, current_language())
    found: dict[Any, Thing] = {}
    for review in reviews:
        kind = references.referrers().get(review.kind)
        thing = found.setdefault(
            (review.kind, review.thing),
            Thing(review.kind, kind.title if kind else review.kind, review.thing),
        )
        known = described.get(review.kind, {})
        thing.versions.append(Version(review, known.get(review.subject)))
    return list(found.values())
