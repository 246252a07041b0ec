"""Tags of the area pages."""

from django import template
from django.template.loader import get_template

register = template.Library()


@register.simple_tag(takes_context=True)
def show_section(context, section, variables):
    """A room's section of an area page: its template with its own variables and `area`."""
    with context.push(**variables):
        return get_template(section.template).template.render(context)
