"""E-mail addresses that people can read and harvesters cannot."""

from django import template
from django.utils.html import format_html

register = template.Library()


@register.simple_tag
def protected_email(address: str) -> str:
    """`desk (at) example.org`, readable as it stands; static/js/email.js makes it a link.

    The address is never whole in the page, and the (at) is text, so that it can be copied and read
    aloud.
    """
    desk, _at, host = address.partition("@")
    return format_html(
        '<span data-desk="{}" data-host="{}">{} (at) {}</span>', desk, host, desk, host
    )
