"""Reading a long page in a real browser: its contents beside it, above it, and not on paper."""

import pytest

from tests.factories.content import ArticleFactory, law_box, section_link, text
from tests.factories.law import SectionFactory
from tests.factories.topics import TopicFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def long_article():
    topic, section = TopicFactory(), SectionFactory()
    ArticleFactory(title="Near", topics=[topic])
    body = [{"type": "contents", "value": None}, law_box(section)]
    for number in range(6):
        heading = {"text": f"Part {number}", "anchor": f"part-{number}"}
        body += [{"type": "heading", "value": heading}, text("<p>Words.</p>" * 40)]
    return ArticleFactory(topics=[topic], body=[*body, text(section_link(SectionFactory()))])


def test_the_contents_stay_beside_the_text(window, long_article):
    reader = window(width=1280)
    reader.goto(long_article.url_path)
    contents = reader.get_by_role("navigation", name="On this page")
    beside, text = contents.bounding_box(), reader.locator(".article > .prose").bounding_box()
    assert beside["x"] + beside["width"] < text["x"]
    assert text["width"] >= 600
    assert abs(beside["y"] - reader.locator(".article > .alert").bounding_box()["y"]) < 2

    contents.get_by_role("link", name="Part 4").click()

    heading = reader.get_by_role("heading", name="Part 4").bounding_box()
    assert 0 <= heading["y"] < 200
    assert 0 <= contents.bounding_box()["y"] < 100


@pytest.mark.parametrize("width", [360, 768])
def test_the_contents_stand_above_the_text_where_it_is_narrow(window, long_article, width):
    reader = window(width=width)
    reader.goto(long_article.url_path)

    contents = reader.get_by_role("navigation", name="On this page").bounding_box()
    text = reader.locator(".article > .prose").bounding_box()

    assert contents["y"] + contents["height"] <= text["y"]
    assert contents["x"] == text["x"]


def test_paper_has_the_text_and_its_ground_and_not_what_leads_on(window, long_article):
    reader = window()
    reader.goto(long_article.url_path)
    related = reader.get_by_role("heading", name="Related guidance")
    mentioned = reader.get_by_role("heading", name="Other sections mentioned")
    assert related.is_visible()
    assert mentioned.is_visible()

    reader.emulate_media(media="print")

    assert not reader.locator(".block-contents").is_visible()
    assert not related.is_visible()
    assert not mentioned.is_visible()
    assert not reader.locator("main [hreflang]").count()
    assert reader.locator(".prose > .block-law").is_visible()
