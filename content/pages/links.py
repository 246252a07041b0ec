"""Links in running text: to a section of the law, and to a page in the reader's language.

A section link keeps the section's key, for the reference index, and its place in the law
(`681/2023:14`), which never changes: no query is needed to show it.
"""

from django.urls import NoReverseMatch, reverse
from django.utils.html import escape
from draftjs_exporter.dom import DOM
from wagtail.admin.rich_text.converters.html_to_contentstate import LinkElementHandler
from wagtail.models import Page
from wagtail.rich_text import LinkHandler
from wagtail.rich_text.pages import PageLinkHandler

from law.models import Section
from portal.caching.cache_version import cache_version
from portal.caching.fragments import cache
from portal.languages import current_language

SECONDS = 3600


def section_address(ref: str) -> str:
    """The address of `681/2023:14` in the active language. Raises ValueError for other words."""
    act, _colon, section = ref.partition(":")
    number, _slash, year = act.partition("/")
    place = {"number": int(number), "year": int(year), "section": section}
    try:
        return reverse("law:section", kwargs=place)
    except NoReverseMatch as error:
        raise ValueError(ref) from error


def is_number(word: str | None) -> bool:
    """Whether an attribute, which somebody may have written by hand, can be the key of a row."""
    return word is not None and word.isascii() and word.isdecimal() and len(word) < 19


class SectionLinkHandler(LinkHandler):
    """`<a linktype="section" id="12" ref="681/2023:14">`"""

    identifier = "section"

    @staticmethod
    def get_model():
        return Section

    @classmethod
    def expand_db_attributes(cls, attrs):
        try:
            return f'<a class="section-link" href="{escape(section_address(attrs["ref"]))}">'
        except (KeyError, ValueError):
            return "<a>"

    @classmethod
    def expand_db_attributes_many(cls, attrs_list):
        return [cls.expand_db_attributes(attrs) for attrs in attrs_list]

    @classmethod
    def extract_references(cls, attrs):
        if is_number(attrs.get("id")):
            yield Section, attrs["id"], "", ""


class LocalPageLinkHandler(PageLinkHandler):
    """A link to a page leads to its published version in the reader's language, if there is one.

    One query for all the links of a text, however many.
    """

    @classmethod
    def expand_db_attributes_many(cls, attrs_list):
        addresses = published_addresses([attrs.get("id") for attrs in attrs_list])
        return [
            f'<a href="{escape(address)}">' if address else "<a>"
            for address in (addresses.get(str(attrs.get("id"))) for attrs in attrs_list)
        ]

    @classmethod
    def extract_references(cls, attrs):
        if is_number(attrs.get("id")):
            yield from super().extract_references(attrs)


def published_addresses(ids) -> dict[str, str]:
    """Page id (as text) → its address, in the active language when it is published in it.

    One query for those that this version of the content has not been asked for.
    """
    here, now = current_language(), cache_version()
    keys = {f"address:{now}:{here}:{number}": str(number) for number in ids}
    known = {keys[key]: address for key, address in cache.get_many(keys).items()}
    asked = [number for number in keys.values() if is_number(number) and number not in known]
    if asked:
        found = _addresses(asked, here)
        cache.set_many({f"address:{now}:{here}:{key}": url for key, url in found.items()}, SECONDS)
        known |= found
    return known


def _addresses(ids: list[str], language: str) -> dict[str, str]:
    chosen = Page.objects.filter(pk__in=ids)
    rows = Page.objects.filter(
        translation_key__in=chosen.values("translation_key"), live=True
    ).values_list("pk", "translation_key", "locale__language_code", "url_path")
    local = {key: path for _pk, key, code, path in rows if code == language}
    return {str(pk): local.get(key, path) for pk, key, _code, path in rows}


def section_entity(props):
    """From the editor to the database."""
    return DOM.create_element(
        "a",
        {"linktype": "section", "id": props.get("id"), "ref": props.get("ref")},
        props["children"],
    )


class SectionElementHandler(LinkElementHandler):
    """From the database to the editor."""

    def get_attribute_data(self, attrs):
        try:
            return {
                "id": int(attrs["id"]),
                "ref": attrs["ref"],
                "url": section_address(attrs["ref"]),
            }
        except (KeyError, ValueError):
            return {}


CONVERSION = {
    "from_database_format": {'a[linktype="section"]': SectionElementHandler("SECTION")},
    "to_database_format": {"entity_decorators": {"SECTION": section_entity}},
}
