"""Reading what is long in a real browser: where its contents stand, and the way back to them."""

import pytest

from content.pages.models import GuidanceArticlePage, InformationPage
from tests.factories.content import ArticleFactory, law_box, section_link, text
from tests.factories.law import ActFactory, SectionFactory, SectionVersionFactory
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


def test_each_step_of_a_path_has_a_box_to_tick_on_paper_alone(window):
    step = {"when": "day", "who": "Who", "what": "What", "sections": [], "cost": ""}
    page = ArticleFactory(body=[{"type": "steps", "value": {"steps": [step, step]}}])
    reader = window()
    reader.goto(page.url_path)
    boxes = reader.locator(".steps__box")
    assert not boxes.first.is_visible()

    reader.emulate_media(media="print")

    sizes = [box.bounding_box() for box in boxes.all()]
    assert [size["width"] > 15 and size["height"] > 15 for size in sizes] == [True, True]


def test_no_table_of_the_starter_texts_is_cut_on_a_wide_screen(window, starter_site):
    # In Finnish, whose words are the longest.
    reader = window(width=1280)
    models = (GuidanceArticlePage, InformationPage)
    pages = [page for model in models for page in model.objects.live().in_language("fi")]
    with_tables = [page.url_path for page in pages if "table" in page.kinds_of_block]
    assert with_tables
    cut = "tables => tables.some(each => each.scrollWidth > each.parentElement.clientWidth)"

    found = []
    for path in with_tables:
        reader.goto(path)
        if reader.locator("main table").evaluate_all(cut):
            found.append(path)

    assert found == []


@pytest.fixture
def long_act():
    act = ActFactory()
    lines = [{"text": "The municipality arranges the service. " * 8, "items": []}] * 2
    for number in range(30):
        section = SectionFactory(act=act, number=str(number + 1))
        SectionVersionFactory(section=section, text_fi=lines)
    return act


IN_SIGHT = """link => {
    const {top, bottom} = link.getBoundingClientRect();
    return getComputedStyle(link).display !== "none" && top >= 0 && bottom <= innerHeight;
}"""


@pytest.mark.parametrize("width", [360, 768])
def test_wherever_one_is_in_the_act_a_link_leads_back_to_its_chapters(window, long_act, width):
    reader = window(width=width, java_script_enabled=False)
    reader.goto("/en/law/681-2023/#section-17")
    back = reader.get_by_role("link", name="List of chapters")

    assert sum(link.evaluate(IN_SIGHT) for link in back.all()) == 1
    bar = next(link for link in back.all() if link.evaluate(IN_SIGHT))
    edge = bar.bounding_box()["y"] + bar.bounding_box()["height"]
    assert reader.locator("#section-17 h3").bounding_box()["y"] >= edge
    reader.locator("#section-17 h3 a").focus()
    for _ in range(5):
        reader.keyboard.press("Shift+Tab")
        assert reader.locator(":focus").bounding_box()["y"] >= edge

    bar.focus()
    bar.press("Enter")

    assert reader.url.endswith("#act-contents")
    assert 0 <= reader.get_by_role("heading", name="Chapters").bounding_box()["y"] < 200
    reader.goto("/en/law/681-2023/#chapter-2")
    chapter = reader.get_by_role("heading", name="Chapter 2: Services")
    assert chapter.bounding_box()["y"] >= edge


def test_on_a_wide_screen_the_chapters_themselves_stay_in_sight(window, long_act):
    reader = window(width=1280)
    reader.goto("/en/law/681-2023/#section-17")

    chapters = reader.get_by_role("navigation", name="Chapters").bounding_box()

    assert 0 <= chapters["y"] < 100
    assert not reader.get_by_role("link", name="List of chapters").count()
