"""What templates ask of changes of the law."""

from collections.abc import Collection

from django import template

from law.models import Check

register = template.Library()


@register.filter
def all_ahead(checks: Collection[Check]) -> bool:
    """Whether every change that the checks come from is still to come."""
    return all(check.change.is_ahead for check in checks)
