"""The gold questions: the form that the file's own head asks for, and addresses that answer."""

import tomllib
from collections import Counter
from pathlib import Path
from urllib.parse import urldefrag

import pytest
from django.conf import settings
from django.urls import resolve
from django.utils import translation

from tests.proofs import size

GOLD = Path(settings.BASE_DIR) / "search" / "data" / "gold.toml"
QUESTIONS = tomllib.loads(GOLD.read_text())["question"]
WORDS = ("colloquial", "abbreviation", "slip")
KINDS = (*WORDS, "sentence", "section", "place", "retired-name", "coming", "nothing")
PAGES = Path(settings.BASE_DIR) / "content" / "pages" / "starter"
TERMS = Path(settings.BASE_DIR) / "law" / "glossary" / "starter" / "terms.toml"
THEMES = ("teema-", "tema-", "theme-")
PARENTS = {
    "fi": {"ohjeet", "uutiset", "kysymykset", "tietoa"},
    "sv": {"stod-i-arbetet", "nyheter", "fragor", "om"},
    "en": {"guidance", "news", "questions", "about"},
}


def addresses(questions=QUESTIONS) -> list[str]:
    """Every graded address, in the order of the file, once."""
    return list(dict.fromkeys(a["address"] for q in questions for a in q["answers"]))


def page_slugs() -> dict[str, set[str]]:
    """The slugs of the starter pages by language."""
    files = [tomllib.loads(file.read_text()) for file in PAGES.rglob("*.toml")]
    return {
        language: {page[language]["slug"] for page in files if "slug" in page.get(language, {})}
        for language in ("fi", "sv", "en")
    }


def test_a_question_has_all_its_parts_and_a_name_of_its_own():
    parts = {"id", "language", "words", "kind", "half", "answers"}

    for question in QUESTIONS:
        assert set(question) == parts, question
        assert question["kind"] in KINDS, question["id"]
        assert question["half"] in ("tuning", "kept"), question["id"]
        assert question["words"] == " ".join(question["words"].split()) != "", question["id"]
        assert question["id"].startswith(f"{question['language']}-{question['kind']}-")
    assert len({question["id"] for question in QUESTIONS}) == len(QUESTIONS)


def test_no_question_is_asked_twice():
    asked = Counter((q["language"], q["words"].casefold()) for q in QUESTIONS)

    assert {words for words, times in asked.items() if times > 1} == set()


@pytest.mark.parametrize(("language", "least"), [("fi", 60), ("sv", 40), ("en", 40)])
def test_each_language_has_its_questions_and_a_third_of_words_and_of_sentences(language, least):
    kinds = Counter(q["kind"] for q in QUESTIONS if q["language"] == language)
    whole = kinds.total()

    assert set(kinds) == set(KINDS)
    assert whole >= least
    assert sum(kinds[kind] for kind in WORDS) / whole == pytest.approx(1 / 3, abs=0.04)
    assert kinds["sentence"] / whole == pytest.approx(1 / 3, abs=0.04)


@pytest.mark.parametrize("kind", ["coming", "nothing"])
def test_ten_questions_are_about_what_is_coming_and_ten_find_nothing(kind):
    assert sum(question["kind"] == kind for question in QUESTIONS) >= 10


def test_the_halves_are_alike_in_each_language_and_kind():
    halves = Counter((q["language"], q["kind"], q["half"]) for q in QUESTIONS)

    for language in ("fi", "sv", "en"):
        for kind in KINDS:
            tuning, kept = (halves[language, kind, half] for half in ("tuning", "kept"))
            assert abs(tuning - kept) <= 1, (language, kind)


def test_a_question_has_one_to_five_graded_answers_and_one_that_answers_it():
    for question in QUESTIONS:
        grades = [answer["grade"] for answer in question["answers"]]
        found = [answer["address"] for answer in question["answers"]]
        assert len(set(found)) == len(found), question["id"]
        assert all(set(answer) == {"address", "grade"} for answer in question["answers"])
        if question["kind"] == "nothing":
            assert grades == [], question["id"]
        else:
            assert 1 <= len(grades) <= 5, question["id"]
            assert set(grades) <= {1, 2, 3}, question["id"]
            assert max(grades) == 3, question["id"]
            assert grades == sorted(grades, reverse=True), question["id"]


def test_every_address_is_in_the_language_of_its_question_and_known_to_the_portal():
    for question in QUESTIONS:
        for address in addresses([question]):
            path = urldefrag(address).url
            assert path.startswith(f"/{question['language']}/"), question["id"]
            assert path.endswith("/"), question["id"]
            with translation.override(question["language"]):
                resolve(path)


def test_every_page_and_term_is_of_the_starter_content():
    slugs = page_slugs()
    terms = {f"term-{term['key']}" for term in tomllib.loads(TERMS.read_text())["term"]}

    for address in addresses():
        path, mark = urldefrag(address)
        assert not mark or mark in terms, address
        language, parent, *rest = path.strip("/").split("/")
        with translation.override(language):
            if resolve(path).view_name != "content:page":
                continue
        assert parent in PARENTS[language], address
        assert not rest or rest[0] in slugs[language] or rest[0].startswith(THEMES), address


@pytest.mark.proof
def test_every_address_answers_on_the_starter_site(starter_site, client):
    asked = addresses()

    for address in asked[:: size(len(asked) // 8, 1)]:
        path, mark = urldefrag(address)
        answer = client.get(path)
        assert answer.status_code == 200, address
        assert not mark or f'id="{mark}"' in answer.content.decode(), address
