"""Tags of the area pages."""

from django import template
from django.template.loader import get_template

register = template.Library()


@register.simple_tag(takes_context=True)
def show_panel(context, panel, variables):
    """A later app's panel: its template with its own variables, `area` and `panel`."""
    with context.push(panel=panel, **variables):
        return get_template(panel.template).template.render(context)
