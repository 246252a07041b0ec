from django import template
from wagtail.models import Page

from content.editorial.mentions import may_be_linked, mentions_of

register = template.Library()


@register.inclusion_tag("content/cms/mentions.html", takes_context=True)
def plain_mentions(context, page: Page):
    """The sections that a page names without a link, each with a button that links it."""
    return {"page": page, "sections": mentions_of(page), "one_click": may_be_linked(page)}
