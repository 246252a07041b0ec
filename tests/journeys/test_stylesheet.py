"""What the stylesheet alone decides, in a browser without the site: a phone, and paper."""

import pytest

from portal import stylesheet

pytestmark = pytest.mark.browser
LINES = """name => {
    const range = document.createRange();
    range.selectNodeContents(document.querySelector(name));
    return new Set([...range.getClientRects()].map(box => Math.round(box.top))).size;
}"""


@pytest.fixture
def page(browser):
    context = browser.new_context(viewport={"width": 360, "height": 800})
    yield context.new_page()
    context.close()


def show(page, body):
    page.set_content(
        f"<html lang=fi><style>{stylesheet.joined()}</style><main>{body}</main></html>"
    )


@pytest.mark.parametrize("word", ["kumppanuusportaali", "partnerskapsportalen"])
def test_the_longest_words_of_the_home_page_stay_whole_on_a_phone(page, word):
    show(page, f"<h1>{word}</h1>")

    assert page.evaluate(LINES, "h1") == 1


def test_the_answers_to_an_opinion_stand_side_by_side_on_a_phone(page):
    show(
        page,
        "<section class=opinion><form><h2>Oliko tästä sivusta apua?</h2>"
        "<button class='button button--small'>Kyllä</button>"
        "<details><summary class='button button--small'>Ei</summary></details></form></section>",
    )

    tops = [page.locator(name).bounding_box()["y"] for name in ("button", "summary")]

    assert abs(tops[0] - tops[1]) < 3


def test_names_in_a_row_on_paper_are_parted_by_a_comma_and_a_space(page):
    show(
        page,
        "<aside class=article-aside><ul class=facts><li>Kunta</li><li>Valtio</li></ul></aside>",
    )
    page.emulate_media(media="print")

    after = page.evaluate("getComputedStyle(document.querySelector('li'), '::after').content")

    assert after == '", "'


@pytest.mark.parametrize(
    "body",
    [
        "<p class=alert>Kirjoitettu suomeksi.</p><div class=stack>Muutos</div>",
        "<div class=tell><h1>Sitoumus</h1><div class=error-summary>Valitse yksi.</div></div>",
        "<fieldset class=form-section><div class=field><input></div><p>Hae nimi</p></fieldset>",
        "<details class=embed-code>Koodi</details><section>Sääntö</section>",
    ],
)
def test_what_follows_a_box_does_not_touch_it(page, body):
    show(page, body)

    gap = page.evaluate(
        """() => {
            const main = document.querySelector("main");
            const boxes = (main.children.length > 1 ? main : main.firstElementChild).children;
            return boxes[1].getBoundingClientRect().top - boxes[0].getBoundingClientRect().bottom;
        }"""
    )
    assert gap >= 8
