"""What templates ask of changes of the law."""

from collections.abc import Collection

from django import template

from law.models import ImpactReview

register = template.Library()


@register.filter
def all_ahead(reviews: Collection[ImpactReview]) -> bool:
    """Whether every change that the reviews come from is still to come."""
    return all(review.effect.is_ahead for review in reviews)
