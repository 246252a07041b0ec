"""The example answers of a new portal: tied to the law, marked, and found in any form of a word."""

import re
from html import unescape

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Page, Revision

from content.questions import matching, starter
from content.questions.models import AnswerPage, Question
from tests.factories.content import publish

pytestmark = pytest.mark.django_db(transaction=True)
ANYONE = AnonymousUser()
INDEX = {"fi": "/fi/kysymykset/", "sv": "/sv/fragor/", "en": "/en/questions/"}
HREF = re.compile(r'href="(/[^"#]*)')


def test_eight_answers_in_three_languages_rest_on_the_law_and_say_that_they_are_examples(
    starter_site, client
):
    answers = AnswerPage.objects.live()

    assert answers.values("translation_key").distinct().count() == 8
    assert answers.count() == 24
    assert Question.objects.count() == 0
    for page in answers:
        shown = client.get(page.url_path).content.decode()
        assert page.example
        assert page.sections
        assert page.topics.exists()
        assert page.audiences.exists()
        assert page.applies_from
        assert page.keeper == "lawyer"
        assert shown.count('class="alert alert--info"') == 1
    shown = client.get(INDEX["en"]).content.decode()
    assert shown.count(">Example<") == 8
    assert "Answers marked as examples are invented and are not counted." in shown


def test_no_answer_stops_at_an_act_that_later_acts_have_followed(starter_site):
    for page in AnswerPage.objects.live():
        [note] = [child.value["note"] for child in page.body if child.block_type == "law"]
        changed = [one for one in page.sections if "1376/2025" in one.acts_unseen]

        assert "1100/2024" in note
        assert "1376/2025" in note
        assert len(note) <= 400
        for section in changed:
            assert re.search(rf"\b{section.number}\b", note.partition("1376/2025")[2]), page.title


def test_a_second_run_changes_nothing_and_leaves_what_a_lawyer_has_touched(starter_site, people):
    page = AnswerPage.objects.filter(locale__language_code="en").first()
    page.title = "The lawyers' own title"
    publish(page, user=people["lawyer"])
    before = Page.objects.count(), Revision.objects.count()

    starter.load()

    page.refresh_from_db()
    assert (Page.objects.count(), Revision.objects.count()) == before
    assert page.title == "The lawyers' own title"


FOUND = [
    ("fi", "suostumuksesta yhteydenotoissa", "tarvitaanko-suostumus-yhteydenottoon"),
    ("fi", "kumottujen lakien korvaukset", "kumotun-lain-korvausten-hakuaika"),
    ("sv", "avgifter för oanvända tider", "avgift-for-oanvand-tolkad-tid"),
]
OFFERED = [
    ("fi", "Tulkin varausta ei peruttu, laskutetaanko maksu asiakkaalta", "maksu-kayttam"),
    ("sv", "Vad får föreningen veta om våra kunders uppgifter", "vilka-kunduppgifter"),
    ("en", "How long can plans be extended beyond the first year", "can-a-plan-go-on"),
]


def test_answers_are_found_by_other_forms_of_words_and_offered_to_who_asks_in_other_words(
    starter_site, client
):
    for language, words, slug in FOUND:
        with override(language):
            address = reverse("search:results")
        assert slug in client.get(address, {"q": words, "kind": "answer"}).content.decode(), words
    for language, title, slug in OFFERED:
        found = matching.matches(title, "", language, ANYONE)
        assert any(slug in one.url for one in found if one.kind == "answer"), title


def test_answers_stand_on_the_pages_of_their_sections_in_the_feed_and_in_the_sitemap(
    starter_site, client
):
    page = AnswerPage.objects.get(slug="is-consent-needed-for-contact-by-another-authority")
    section = next(one for one in page.sections if one.number == "9")

    with override("en"):
        address = section.get_absolute_url()
    for each in (address, f"{INDEX['en']}feed.atom"):
        assert page.url_path in client.get(each).content.decode()
    sitemaps = client.get("/sitemap.xml").content.decode()
    parts = re.findall(r"<loc>[^<]*?(/sitemap[^<]*)</loc>", sitemaps)
    every = sitemaps + "".join(client.get(part).content.decode() for part in parts)
    assert page.url_path in every


def test_home_pages_lead_to_the_answers_and_no_link_of_theirs_is_broken(starter_site, client):
    def links(address):
        return {unescape(one) for one in HREF.findall(client.get(address).content.decode())}

    targets = set()
    for language, index in INDEX.items():
        assert index in links(f"/{language}/")
        answers = AnswerPage.objects.filter(locale__language_code=language)
        targets.update(*map(links, [index, *(page.url_path for page in answers)]))
    targets = {one for one in targets if not one.startswith("/static/")}

    assert len(targets) > 100
    assert [one for one in targets if client.get(one).status_code >= 400] == []
