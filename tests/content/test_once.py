"""What leads on from a page stands on it once: sections of the law, languages, related pages."""

import re

import pytest

from tests.factories.content import ArticleFactory, InformationFactory, NewsFactory, law_box, text
from tests.factories.content import section_link as link
from tests.factories.law import SectionFactory
from tests.factories.questions import answer_page
from tests.factories.topics import TopicFactory

pytestmark = pytest.mark.django_db
KINDS = [ArticleFactory, NewsFactory, InformationFactory, answer_page]


def main_of(client, page) -> str:
    """What stands between the menus and the footer."""
    html = client.get(page.url_path).content.decode()
    return html.partition("<main")[2].partition("</main>")[0]


def listed(main) -> list[str]:
    """The sections of the law that are entries of a list, by their addresses."""
    return re.findall(r'<li>\s*<a class="section-link" href="([^"]+)"', main)


@pytest.mark.parametrize("a_page", KINDS)
def test_a_section_is_listed_once(client, a_page):
    boxed, twice, mentioned = sections = SectionFactory.create_batch(3)
    page = a_page(body=[text(link(twice) + link(mentioned)), law_box(boxed, twice)])

    main = main_of(client, page)

    assert sorted(listed(main)) == [f"/en/law/681-2023/{one.number}/" for one in sections]
    assert "Other sections mentioned" in main


@pytest.mark.parametrize("a_page", KINDS)
def test_sections_that_the_text_alone_mentions_are_listed_beside_it(client, a_page):
    section = SectionFactory()

    main = main_of(client, a_page(body=[text(link(section))]))

    assert listed(main) == [f"/en/law/681-2023/{section.number}/"]
    assert "Sections of the law" in main


@pytest.mark.parametrize("a_page", KINDS)
def test_its_languages_stand_in_the_head_alone(client, a_page):
    page = a_page()
    finnish = a_page(language="fi", together=page)

    html = client.get(page.url_path).content.decode()

    assert f'href="{finnish.url_path}" lang="fi" hreflang="fi"' in html
    assert finnish.url_path not in main_of(client, page)


@pytest.mark.parametrize("a_page", KINDS)
def test_a_related_page_is_listed_once(client, a_page):
    topic, section = TopicFactory(), SectionFactory()
    page = a_page(topics=[topic], body=[law_box(section)])
    near = [make(topics=[topic], body=[law_box(section)]) for make in KINDS]

    main = main_of(client, page)

    assert max(main.count(f'href="{one.url_path}"') for one in near) <= 1


def test_the_contents_stand_before_the_text_wherever_the_editor_put_them(client):
    heading = {"type": "heading", "value": {"text": "Who", "anchor": "who"}}
    page = ArticleFactory(
        body=[text("<p>First.</p>"), {"type": "contents", "value": None}, heading]
    )

    main = main_of(client, page)

    assert main.count('href="#who"') == 1
    assert main.index("block-contents") < main.index('<div class="prose">') < main.index("First.")
