"""A lawyer confirms a page after a change of the law, and its readers see the banner go."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from content.pages.models import GuidanceArticlePage
from law.models import Section
from portal.languages import LANGUAGES
from tests.factories.accounts import UserFactory
from tests.factories.law import opened_change

from .conftest import PASSWORD, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BANNER = ".law-banner"


@pytest.fixture
def change(starter_site):
    change = opened_change(section=Section.objects.get(number="14"))
    return change


def what_axe_finds(page, part):
    return [
        (rule["id"], [node["target"] for node in rule["nodes"]][:3])
        for rule in Axe().run(page, context=part).response["violations"]
    ]


def test_a_lawyer_confirms_by_keyboard_and_the_banner_goes(window, change):
    thing = change.reviews.filter(kind="guidance").first().thing
    articles = GuidanceArticlePage.objects.filter(translation_key=thing)
    reader, lawyer = window(width=360), window()
    for article in articles:
        reader.goto(article.url_path)
        assert reader.locator(BANNER).count() == 1
        assert what_axe_finds(reader, BANNER) == []
    sign_in(lawyer, UserFactory(role="lawyer", language="en", password=PASSWORD))

    lawyer.goto("/cms/law-changes/?owner=all")
    assert what_axe_finds(lawyer, ".law-changes") == []
    lawyer.get_by_role("link", name="Section 14 ").focus()
    lawyer.keyboard.press("Enter")
    lawyer.wait_for_url("**/cms/law-changes/*/*")
    assert what_axe_finds(lawyer, ".law-changes") == []
    form = lawyer.locator("form", has=lawyer.locator(f'input[value="{thing}"]'))
    form.get_by_label("Note").focus()
    lawyer.keyboard.type("Only a number moved.")
    lawyer.keyboard.press("Tab")
    lawyer.keyboard.press("Enter")

    lawyer.get_by_text("its banner is gone").wait_for()
    assert "Only a number moved." in lawyer.inner_text(".law-changes")
    for article in articles:
        reader.goto(article.url_path)
        assert reader.locator(BANNER).count() == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_work_lists_fit_a_phone_in_each_language(window, change, language):
    lawyer = window(width=360)
    sign_in(lawyer, UserFactory(role="lawyer", language=language, password=PASSWORD))

    for path in ("/cms/law-changes/?owner=all", f"/cms/law-changes/{change.pk}/?owner=all"):
        lawyer.goto(path)
        assert what_axe_finds(lawyer, ".law-changes") == []
        assert lawyer.evaluate("document.querySelector('.law-changes').scrollWidth") <= 360
