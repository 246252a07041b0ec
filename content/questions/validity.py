"""Whether a published answer still holds: valid, being checked after a change of law, replaced."""

from collections.abc import Iterable

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from law.impact_reviews import open_reviews, under_review

OWN_KIND = "question"  # the same, of answers that no public page holds
KIND = "answer"  # the key under which answers rest on sections of the law


class Validity(models.TextChoices):
    VALID = "valid", _("Valid")
    CHECKING = "checking", _("The law has changed: being checked")
    REPLACED = "replaced", _("Replaced by a later answer")

    @classmethod
    def of(cls, page, *, checking: bool) -> "Validity":
        """What holds of one page, given whether a check of it is open."""
        if page.replaced_by_id:
            return cls.REPLACED
        return cls.CHECKING if checking else cls.VALID

    @property
    def tag(self) -> str:
        """The kind of tag that shows it."""
        return {"valid": "good", "checking": "warning", "replaced": "neutral"}[self.value]


def validities_of(pages: Iterable) -> dict[int, Validity]:
    """The validity of each page by its primary key, of an alias that of its original: one query."""
    subjects = {page: str(page.alias_of_id or page.pk) for page in pages}
    reviews = open_reviews(KIND, list(subjects.values()))
    return {page.pk: Validity.of(page, checking=one in reviews) for page, one in subjects.items()}


def of_validity(answers: QuerySet, validity: str) -> QuerySet:
    """Those of the answers that are valid, being checked or replaced."""
    if validity == Validity.REPLACED:
        return answers.filter(replaced_by__isnull=False)
    checking = under_review(KIND, "alias_of", "pk")
    return answers.filter(
        checking if validity == Validity.CHECKING else ~checking, replaced_by__isnull=True
    )
