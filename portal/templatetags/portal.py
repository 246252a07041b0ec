"""The portal's own template tags: few, and known in every template."""

from django import template

register = template.Library()
