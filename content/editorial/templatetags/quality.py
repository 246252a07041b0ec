"""What the editor of a page shows above its form."""

from django import template
from wagtail.models import Page

from content.editorial import quality
from content.pages.models import BasePage

register = template.Library()


@register.inclusion_tag("content/cms/quality.html")
def page_quality(page: Page):
    """What is to be looked at in the newest draft, each line leading to its place in the form."""
    return {"findings": quality.findings(page) if isinstance(page, BasePage) else []}
