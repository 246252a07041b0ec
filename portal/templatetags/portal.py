"""The portal's own template tags: few, and known in every template."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.forms.utils import flatatt
from django.template.defaulttags import CsrfTokenNode
from django.urls import reverse, translate_url
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language_from_path, gettext, override
from lucide.templatetags import lucide as icons

from portal import about, menu
from portal.caching.memory import fragments, remembered
from portal.languages import LANGUAGES, current_language, unbroken
from portal.resources import about_menu, main_menu

register = template.Library()
register.filter("unbroken", unbroken)
register.simple_tag(lru_cache(500)(icons.lucide), name="lucide")  # which draws an icon each time

LINE_BREAK = re.compile(r"\s*\n\s*")
IN_THE_LANGUAGE = {"fi": "Suomeksi", "sv": "På svenska", "en": "In English"}


@dataclass(frozen=True)
class Version:
    """The page at hand in one of the portal's languages; no `url` when it is not in it."""

    code: str
    label: str
    url: str | None
    current: bool
    home: str
    missing: str
    to_home: str


@register.simple_tag(takes_context=True)
def site_menu(context):
    """The main menu: guidance, the law and questions about it, the other rooms, the other pages.

    `top`, `rooms` and `about` are lists of {title, url, current}; current is "page" on the page
    itself, "true" below it and "" elsewhere. For the foot of the page, `rooms` is `top` without the
    About page, `about_page`, which stands there as the heading of the pages below it. `key` names
    the menu as it is marked, which is the same on all pages below an item.
    """
    path = getattr(context.get("request"), "path", "")
    parts = remembered(_menu, "menu")
    marks = tuple(
        (part, item.url, path == item.url)
        for part in ("top", "about")
        for item in parts[part]
        if item.is_above(path)
    )
    return {
        "top": _marked(parts["top"], path),
        "rooms": _marked(parts["rooms"], path),
        "about_page": parts["about_page"],
        "about": _marked(parts["about"], path),
        "key": ("menu", *marks),
    }


def _menu() -> dict[str, Any]:
    pages = menu.pages(current_language())
    address = pages.index.get("about")
    rooms = menu.rooms(main_menu())
    first, law = pages.top[:1], rooms[:1]
    questions = [item for item in pages.top[1:] if item.url == pages.index.get("questions")]
    others = [item for item in pages.top[1:] if item not in questions]
    others.sort(key=lambda item: item.url == address)  # about the service comes last
    top = [*first, *law, *questions, *rooms[1:], *others]
    about = [item for item in pages.about if item.url != address]
    return {
        "top": [item for item in top if item.url],
        "rooms": [item for item in top if item.url and item.url != address],
        "about_page": next((item for item in pages.about if item.url == address), None),
        "about": [item for item in [*about, *menu.rooms(about_menu())] if item.url],
    }


def _marked(items, path):
    return [
        {
            "title": item.title,
            "url": item.url,
            "current": "page" if path == item.url else "true" if item.is_above(path) else "",
        }
        for item in items
    ]


@register.simple_tag(takes_context=True)
def language_versions(context):
    """The page at hand in every language, for the switch and hreflang.

    The context's `alternates` ({language: address}) decides; else a page's live translations;
    else the address itself, translated.
    """
    addresses = _alternates(context)
    here = current_language()
    return [
        Version(
            code=code,
            label=IN_THE_LANGUAGE[code],
            url=addresses.get(code),
            current=code == here,
            home=f"/{code}/",
            missing=missing,
            to_home=to_home,
        )
        for code in LANGUAGES
        for missing, to_home in [_not_in(code)]
    ]


def _alternates(context) -> dict[str, str]:
    request = context.get("request")
    if "alternates" in context:
        return context["alternates"]
    if request is None or not get_language_from_path(request.path_info):
        return {}
    page = context.get("page")
    if hasattr(page, "get_translations"):
        pages = page.get_translations(inclusive=True).live().select_related("locale")
        return {each.locale.language_code: each.get_url(request) for each in pages}
    query = request.META.get("QUERY_STRING", "")
    return {
        code: f"{address}?{query}" if query else address
        for code, address in _translated(request.path).items()
    }


@lru_cache(1000)
def _translated(path: str) -> dict[str, str]:
    """An address in each language: what is looked up for it is the same for every reader."""
    return {code: translate_url(path, code) for code in LANGUAGES}


@cache
def _not_in(code: str) -> tuple[str, str]:
    """What the reader of a language is told, in it, when a page is not in it."""
    with override(code):
        return {
            "fi": (
                gettext("This page is not available in Finnish."),
                gettext("To the home page in Finnish"),
            ),
            "sv": (
                gettext("This page is not available in Swedish."),
                gettext("To the home page in Swedish"),
            ),
            "en": (
                gettext("This page is not available in English."),
                gettext("To the home page in English"),
            ),
        }[code]


@register.simple_tag(takes_context=True)
def canonical(context) -> str:
    """The page's one address: without its parameters, but with the page number of a list."""
    request = context.get("request")
    if request is None:
        return ""
    number = request.GET.get("page", "")
    kept = f"?{urlencode({'page': number})}" if number.isdecimal() and number != "1" else ""
    return f"{settings.SITE_URL}{request.path}{kept}"


@register.filter
def absolute(url: str) -> str:
    """An address of this site with its scheme and host."""
    return f"{settings.SITE_URL}{url}" if url.startswith("/") else url


@register.filter
def as_sentence(words: str) -> str:
    """The words with a full stop, unless they end in a mark of their own."""
    return words if words.rstrip().endswith((".", "?", "!", "…")) else f"{words}."


@register.simple_tag
def has_sign_in_services() -> bool:
    """Whether people can sign in with an account of another service."""
    return bool(settings.SOCIALACCOUNT_PROVIDERS)


@register.simple_tag
def view_address(name: str) -> str:
    """The address of a view, or nothing when that room does not exist."""
    return menu.address(name)


@register.simple_tag
def index_address(key: str) -> str:
    """The address of the guidance, news or about index in the active language, if it is there."""
    return menu.pages(current_language()).index.get(key, "")


@register.simple_tag
def about_addresses() -> dict[str, str]:
    """The addresses of the terms, principles and privacy notice in the active language."""
    return about.addresses()


@register.simple_tag(takes_context=True)
def sign_in_address(context) -> str:
    """The way to sign in, in the language that is being read, and back to this page after."""
    request = context.get("request")
    here = "" if context.get("language_form") else getattr(request, "path", "")
    sign_in = reverse("account_login") + (f"?{urlencode({'next': here})}" if here else "")
    if not here:
        return sign_in
    return f"{reverse('language')}?{urlencode({'language': current_language(), 'next': sign_in})}"


@register.filter
def page_numbers(page_obj):
    """The numbers of a pager, with an ellipsis where some are left out."""
    return page_obj.paginator.get_elided_page_range(page_obj.number, on_each_side=1, on_ends=1)


@register.filter
def email_parts(address: str) -> tuple[str, str]:
    """What stands before and after the @ of an address, for pages that keep the two apart."""
    name, _at, host = address.rpartition("@")
    return name, host


@register.simple_block_tag
def fact(content: str, term: str, **attributes: str) -> str:
    """A term and what is said of it, in a `<dl>`: `{% fact _("Source") %}…{% endfact %}`.

    `lang` and `class` are attributes of what is said.
    """
    return format_html("<dt>{}</dt><dd{}>{}</dd>", term, flatatt(attributes), content)


@register.simple_block_tag
def section_header(content: str, anchor: str, title: str) -> str:
    """The heading of a section, led to by `anchor`, and beside it where the section leads."""
    words = '<div class="section-header"><h2 id="{}">{}</h2>{}</div>'
    return format_html(words, anchor, title, content)


@register.simple_block_tag(takes_context=True)
def move(context, content: str, name: str, button: str, kind: str = "", again: bool = False) -> str:
    """The form of a move of a case, with its button: `{% move "claim" _("I will") %}{% endmove %}`.

    What the move needs to be told stands between. `kind` is the button's further class, and
    `again` says that another form stands above it.
    """
    words = (
        '<form method="post" novalidate{}>{}{}'
        '<button class="{}" name="move" value="{}">{}</button></form>'
    )
    apart = mark_safe(' class="w-mt-8"') if again else ""
    looks = f"button {kind}".strip()
    token = CsrfTokenNode().render(context)
    return format_html(words, apart, token, content, looks, name, button)


@register.simple_block_tag
def oneline(content: str) -> str:
    """A line of a plain letter that its template writes over many: a break becomes one space."""
    return LINE_BREAK.sub(" ", content.strip())


class RememberedNode(template.Node):
    """The part of a template between `{% remembered %}` and `{% endremembered %}`."""

    def __init__(self, nodelist, name: str, key):
        self.nodelist, self.name, self.key = nodelist, name, key

    def render(self, context):
        key = self.key.resolve(context)
        if not key:
            return self.nodelist.render(context)
        return remembered(lambda: self.nodelist.render(context), self.name, key, memory=fragments)


@register.tag("remembered")
def do_remembered(parser, token):
    """`{% remembered "main" fragment %}`: rendered once in a version for a key, else each time.

    What stands in it depends on nothing but the key, the language and what is in the database.
    """
    _tag, name, key = token.split_contents()
    nodelist = parser.parse(("endremembered",))
    parser.delete_first_token()
    return RememberedNode(nodelist, name.strip("\"'"), parser.compile_filter(key))
