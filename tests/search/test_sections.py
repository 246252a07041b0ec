"""Sections as people cite them: they come first, and one that is not there finds nothing."""

import pytest
from django.contrib.auth.models import AnonymousUser

from law.citations import with_signs
from search import index
from search.documents import kinds
from search.queries import reader, search
from search.question import Question
from tests.factories.law import ActFactory, SectionFactory
from tests.factories.search import indexed

pytestmark = pytest.mark.django_db


def first(text, language="fi"):
    results = search(Question(text), reader(AnonymousUser()), language).results
    return results[0].url if results else None


@pytest.fixture
def law():
    act = ActFactory()
    SectionFactory(act=act, number="14", name_fi="Palvelutarpeen arviointi")
    SectionFactory(act=act, number="32a", name_fi="Maksu")
    SectionFactory(act=act, number="23", name_fi="Tuki")
    decree = ActFactory(
        number=380,
        year=2024,
        **{f"name_{one}": "Asetus korvauksista" for one in ("fi", "sv", "en")},
        **{f"short_{one}": "korvausasetus" for one in ("fi", "sv", "en")},
    )
    SectionFactory(act=decree, number="14", name_fi="Hakemus")
    index.write(kinds()["section"].entries())
    indexed("Arviointi", body="Katso 14 §, 99 § ja 23 vuotta täyttäneen tuki.", boost=9)


@pytest.mark.parametrize(
    ("text", "language", "number"),
    [
        ("pykälä 14", "fi", "14"),
        ("pykala 14", "fi", "14"),
        ("14. pykälä", "fi", "14"),
        ("14 §:n mukaan", "fi", "14"),
        ("14 paragrafen", "sv", "14"),
        ("sec. 14", "en", "14"),
        ("section 32 a", "en", "32a"),
        ("kotoutumislain 23 §", "fi", "23"),
        ("KotoL 14", "fi", "14"),
        ("§ 14 i integrationslagen", "sv", "14"),
        ("integrationslagen 14", "sv", "14"),
        ("Integration Act 23", "en", "23"),
    ],
)
def test_a_section_that_is_cited_comes_first(law, text, language, number):
    assert first(text, language).endswith(f"/681-2023/{number}/")


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("pykälät 14 ja 23", ["14", "23"]),
        ("14 ja 23 §", ["14", "23"]),
        ("sections 14, 23 and 32a", ["14", "23", "32a"]),
        ("14 och 23 §", ["14", "23"]),
        ("22–24 §", ["23"]),
        ("14 § ja 3 kuntaa", ["14"]),
    ],
)
def test_several_sections_are_cited_at_once(law, text, numbers):
    found = search(Question(text), reader(AnonymousUser()), "fi").results
    own = [one.url.rstrip("/").rpartition("/")[2] for one in found if "/681-2023/" in one.url]

    assert own == numbers


def test_the_act_that_is_named_decides(law):
    assert first("korvausasetuksen 14 §").endswith("/380-2024/14/")


@pytest.mark.parametrize("text", ["99 §", "pykälä 99", "korvausasetus 23 §", "section 99"])
def test_a_section_that_is_not_there_finds_nothing(law, text):
    assert first(text) is None


def test_an_age_is_no_section(law):
    assert with_signs("23 v") == "23 v"
    assert "/laki/" not in (first("23 vuotta") or "")


def test_a_section_is_shown_to_who_may_see_it_alone(law):
    hidden = {"audience": "staff", "kind": "section", "path": "/fi/laki/681-2023/77/"}
    indexed("77 §: Salassa pidettävä", **hidden)

    assert first("77 §") is None
