"""What the words of a page owe to its readers is found, each at its place."""

import pytest
from django.urls import reverse

from content.editorial.quality import findings
from tests.factories.accounts import UserFactory
from tests.factories.content import ArticleFactory, text
from tests.factories.glossary import TermFactory

pytestmark = pytest.mark.django_db


def found(body, language="en", **fields):
    page = ArticleFactory(language=language, body=[text(body)], summary="Said.", **fields)
    return [(one.what, one.words) for one in findings(page.specific)]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "here"),
        ("fi", "tästä"),
        ("sv", "Läs mer"),
        ("en", "https://example.org/x"),
        ("en", ""),
    ],
)
def test_a_link_that_says_nothing_is_required_to_be_mended(language, words):
    page = ArticleFactory(
        language=language,
        summary="Said.",
        body=[text(f'<p>See <a href="https://example.org">{words}</a> for it.</p>')],
    )

    first = findings(page.specific)[0]

    assert first.required
    assert first.anchor.startswith("#block-")


def test_a_link_that_says_where_it_leads_is_fine():
    assert found('<p>See <a href="https://example.org">the guide of the year</a>.</p>') == []


def test_a_long_sentence_and_an_abbreviation_that_is_not_explained():
    long = "Word " * 31 + "end."

    assert [words for _what, words in found(f"<p>{long}</p>")] == [long]
    assert [words for _what, words in found("<p>The XYZ decides. XYZ again.</p>")] == ["XYZ"]
    assert found("<p>The Example Agency (XYZ) decides. XYZ again.</p>") == []
    assert found("<p>Example Agency: XYZ (that one) decides.</p>") == []


def test_a_word_to_avoid_names_the_agreed_one():
    TermFactory(name_en="customer", avoid="client\nuser")

    (what, words) = found("<p>Each client has a plan.</p>")[0]

    assert words == "client" and "customer" in what


def test_a_missing_summary_is_told():
    page = ArticleFactory(summary="", body=[text("<p>Said.</p>")])

    assert len(findings(page.specific)) == 1


def test_it_stands_above_the_form(client):
    client.force_login(UserFactory(role="editor", language="en"))
    page = ArticleFactory(summary="Said.", body=[text("<p>The XYZ decides.</p>")])

    shown = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()

    assert "1 thing to look at" in shown
