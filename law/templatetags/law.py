"""What templates ask of changes of the law."""

from collections.abc import Collection

from django import template

from law import kinds
from law.models import Act, ImpactReview

register = template.Library()


@register.filter
def all_ahead(reviews: Collection[ImpactReview]) -> bool:
    """Whether every change that the reviews come from is still to come."""
    return all(review.effect.is_ahead for review in reviews)


@register.simple_tag
def of_statute(statute: Act, what: str, **words: str) -> str:
    """A sentence of law.kinds as it is said of an act, or of a decree."""
    return kinds.said(statute, what, **words)
