"""Every box that finds something reads a word in the same way, however it was typed."""

import unicodedata

import pytest
from django.urls import reverse

from tests.factories.glossary import TermFactory
from tests.factories.law import SectionFactory
from tests.factories.partnership import MembershipFactory, OrganisationFactory
from tests.factories.places import AreaFactory
from tests.factories.search import indexed

pytestmark = pytest.mark.django_db
WORD = "Pöytyänäytös"
WAYS = {
    "as it is": lambda word: word,
    "accents of their own": lambda word: unicodedata.normalize("NFD", word),
    "a soft hyphen": lambda word: f"{word[:3]}\u00ad{word[3:]}",
    "zero width inside": lambda word: f"{word[:3]}\u200b{word[3:]}",
    "zero width at the end": lambda word: f"{word}\ufeff",
    "spaces around that do not break": lambda word: f"\u00a0{word}\u202f",
}
WITHOUT_DOTS = "poytyanaytos"
BOXES = {
    "/fi/haku/": lambda name: indexed(name),
    "/fi/haku/ehdotukset/": lambda name: indexed(name),
    "/fi/alueet/": lambda name: AreaFactory(name_fi=name),
    "/fi/kumppanit/": lambda name: MembershipFactory(
        status="active", organisation=OrganisationFactory(name_fi=name)
    ),
    "/fi/sanasto/": lambda name: TermFactory(name_fi=name),
    "/fi/laki/681-2023/": lambda name: SectionFactory(name_fi=name),
}
CMS_BOXES = {
    "section_chooser:choose_results": lambda name: SectionFactory(name_en=name),
    "wagtailsnippets_glossary_term:list": lambda name: TermFactory(name_fi=name),
}
SIGN = "merkki7"  # what is looked for in the answer: the box itself repeats the word


def found(client, address, words) -> bool:
    answer = client.get(address, {"q": words})
    assert answer.status_code == 200
    return SIGN in answer.content.decode()


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("box", BOXES)
def test_a_box_finds_a_word_however_it_is_typed(client, box, way):
    BOXES[box](f"{WORD} {SIGN}")

    assert found(client, box, WAYS[way](WORD))
    assert not found(client, box, WAYS[way]("öljyäinen"))


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("box", BOXES)
def test_a_stored_name_is_found_however_it_was_typed(client, box, way):
    BOXES[box](f"{WAYS[way](WORD)} {SIGN}")

    assert found(client, box, WORD)


@pytest.mark.parametrize("box", BOXES)
def test_without_dots_it_is_found_when_nothing_else_is(client, box):
    BOXES[box](f"{WORD} {SIGN}")

    assert found(client, box, WITHOUT_DOTS)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("box", CMS_BOXES)
def test_the_boxes_of_the_editors_read_it_so_too(client, enter, box, way):
    enter("editor", is_superuser=True)
    CMS_BOXES[box](f"{WORD} {SIGN}")

    assert found(client, reverse(box), WAYS[way](WORD))
    assert not found(client, reverse(box), WAYS[way]("öljyäinen"))


@pytest.mark.parametrize(
    "cited",
    ["14 §", "14§", "14 §:n", "pykälä 14", "14 paragrafen", "section 14", "14\u00a0§"],
)
@pytest.mark.parametrize("box", ["/fi/haku/", "/fi/haku/ehdotukset/", "/fi/laki/681-2023/"])
def test_a_section_is_found_however_it_is_cited(client, box, cited):
    SectionFactory(number="14", name_fi=f"Arviointi {SIGN}")
    SectionFactory(number="140", name_fi="Muu")
    indexed(f"14 § Arviointi {SIGN}", kind="section", path="/fi/laki/681-2023/14/")

    assert found(client, box, cited)


@pytest.mark.parametrize("cited", ["32 a", "32a", "32 a §", "pykälä 32 A"])
@pytest.mark.parametrize("box", ["/fi/haku/", "/fi/haku/ehdotukset/", "/fi/laki/681-2023/"])
def test_a_section_with_a_letter_is_found_however_it_is_cited(client, box, cited):
    SectionFactory(number="32a", name_fi=f"Maksu {SIGN}")
    indexed(f"32 a § Maksu {SIGN}", kind="section", path="/fi/laki/681-2023/32a/")

    assert found(client, box, cited)
