"""Pages where they belong in the tree that the migrations make, published unless told otherwise."""

from itertools import count
from uuid import uuid4

import factory
from wagtail.models import Locale, Page

from content.pages.models import (
    ChangeKind,
    GuidanceArticlePage,
    HomePage,
    InformationPage,
    NewsPage,
    ThemePage,
)
from tests.factories.topics import TopicFactory

NUMBERS = count()  # of slugs: pages of all kinds meet in the same folders
FOLDERS = {
    "guidance": {"fi": "ohjeet", "sv": "stod-i-arbetet", "en": "guidance"},
    "news": {"fi": "uutiset", "sv": "nyheter", "en": "news"},
    "about": {"fi": "tietoa", "sv": "om", "en": "about"},
}

FOLDER_OF = {
    GuidanceArticlePage: "guidance",
    ThemePage: "guidance",
    NewsPage: "news",
    InformationPage: "about",
}


def index(kind: str, language: str) -> Page:
    """The index page of guidance, news or about in a language."""
    return Page.objects.get(url_path=f"/{language}/{FOLDERS[kind][language]}/").specific


def home(language: str) -> HomePage:
    return HomePage.objects.get(locale__language_code=language)


def publish(page, kind=ChangeKind.SUBSTANTIVE, note="What changed.", user=None):
    """Publish the page as it stands, with an answer to what kind of change it is."""
    page.change_kind, page.change_note = kind, note
    page.save_revision(user=user).publish(user=user)
    return type(page).objects.get(pk=page.pk)


class PageFactory(factory.django.DjangoModelFactory):
    """`language`, `live`; `topics` and `audiences` are lists of rows; `body` a raw stream.

    `together` is a page that this one says the same as, in another language.
    """

    class Meta:
        abstract = True

    title = factory.Sequence(lambda n: f"Page {n}")
    slug = factory.LazyFunction(lambda: f"page-{next(NUMBERS)}")
    summary = "What the reader gets here."

    @classmethod
    def _create(
        cls, model, *, language="en", live=True, together=None, topics=(), audiences=(), **fields
    ):
        page = model(locale=Locale.objects.get(language_code=language), live=False, **fields)
        if together:
            page.translation_key = together.translation_key
        index(FOLDER_OF[model], language).add_child(instance=page)
        if topics:
            page.topics = list(topics)
        if audiences:
            page.audiences = list(audiences)
        page.save()
        return publish(page) if live else page


class ArticleFactory(PageFactory):
    class Meta:
        model = GuidanceArticlePage


class ThemeFactory(PageFactory):
    topic = factory.SubFactory(TopicFactory)

    class Meta:
        model = ThemePage


class NewsFactory(PageFactory):
    class Meta:
        model = NewsPage


class InformationFactory(PageFactory):
    class Meta:
        model = InformationPage


def text(html: str) -> dict:
    return {"type": "text", "value": html}


def section_link(section, words="the section") -> str:
    """Running text that links to a section of the law, as the editor keeps it."""
    ref = f"{section.act.reference}:{section.number}"
    return f'<p><a linktype="section" id="{section.pk}" ref="{ref}">{words}</a></p>'


def law_box(*sections) -> dict:
    items = [{"type": "item", "id": str(uuid4()), "value": section.pk} for section in sections]
    return {"type": "law", "value": {"sections": items, "note": "Why it matters."}}
