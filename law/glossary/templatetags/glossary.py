"""{% explained %}…{% endexplained %}: the terms of a text with their definitions."""

from django import template

from law.glossary.marking import marked

register = template.Library()


@register.simple_block_tag
def explained(content):
    """What stands inside, with the first mention of each term of the glossary explained."""
    return marked(content)
