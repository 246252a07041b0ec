"""What a page needs in order to ask whether it helped."""

from django import template

from portal.feedback import pages
from portal.feedback.models import Opinion

register = template.Library()


@register.inclusion_tag("feedback/opinion.html")
def did_it_help(address: str, owner: str):
    """The question at the foot of a page: `owner` is the role that keeps the page true."""
    return {"page": pages.word(address, owner), "reasons": Opinion.Reason.choices}
