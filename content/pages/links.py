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

from law.models import Act, Chapter, Section
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


def whole_address(ref: str) -> str:
    """The address of `681/2023`, or of `681/2023:chapter-2` in it. ValueError for other words."""
    act, colon, chapter = ref.partition(":")
    number, _slash, year = act.partition("/")
    try:
        address = reverse("law:act", kwargs={"number": int(number), "year": int(year)})
    except NoReverseMatch as error:
        raise ValueError(ref) from error
    return f"{address}#{chapter}" if colon else address


class ActLinkHandler(SectionLinkHandler):
    """`<a linktype="act" id="3" ref="681/2023">`: an act or a decree as a whole."""

    identifier = "act"
    model: type[Act] | type[Chapter] = Act

    @classmethod
    def get_model(cls):
        return cls.model

    @classmethod
    def expand_db_attributes(cls, attrs):
        try:
            return f'<a href="{escape(whole_address(attrs["ref"]))}">'
        except (KeyError, ValueError):
            return "<a>"

    @classmethod
    def extract_references(cls, attrs):
        if is_number(attrs.get("id")):
            yield cls.model, attrs["id"], "", ""


class ChapterLinkHandler(ActLinkHandler):
    """`<a linktype="chapter" id="7" ref="681/2023:chapter-2">`"""

    identifier = "chapter"
    model = Chapter


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


def entity(kind: str):
    """From the editor to the database, for the kind of link."""

    def made(props):
        attributes = {"linktype": kind, "id": props.get("id"), "ref": props.get("ref")}
        return DOM.create_element("a", attributes, props["children"])

    return made


class SectionElementHandler(LinkElementHandler):
    """From the database to the editor."""

    def __init__(self, entity_type, address=section_address):
        super().__init__(entity_type)
        self.address = address

    def get_attribute_data(self, attrs):
        try:
            return {
                "id": int(attrs["id"]),
                "ref": attrs["ref"],
                "url": self.address(attrs["ref"]),
            }
        except (KeyError, ValueError):
            return {}


def conversion(kind: str, address) -> dict:
    """Both ways between the editor and the database for a kind of link into the law."""
    handler = SectionElementHandler(kind.upper(), address)
    return {
        "from_database_format": {f'a[linktype="{kind}"]': handler},
        "to_database_format": {"entity_decorators": {kind.upper(): entity(kind)}},
    }
