"""The words of the starter texts and the catalogues: what holds today, and one name a thing."""

import tomllib
from pathlib import Path

import polib
import pytest
from django.conf import settings

from content.pages.starter import FOLDER
from tests.factories.content import ArticleFactory, law_box
from tests.factories.law import AmendmentFactory, SectionFactory, SectionVersionFactory

ROOT = Path(settings.BASE_DIR)
TEXTS = [
    *sorted(FOLDER.glob("*/*.toml")),
    ROOT / "law/starter/sections.toml",
    *sorted(ROOT.glob("partnership/*/starter/*.toml")),
    ROOT / "law/glossary/starter/terms.toml",
    *sorted(ROOT.glob("locale/*/LC_MESSAGES/django.po")),
]
WRONG = [
    *("pääkantaja", "pidetään totena", "Päätä jäsenyys"),
    *("Juristin tarkistettava", "En jurist ska kontrollera", "For a lawyer to check"),
    *("vuodesta 2026 elinvoimakeskus", "från 2026 livskraftscentralen"),
    *("from 2026 economic development centre", "ehdotettiin täsmennettäväksi"),
    *("12–32 ja 32 a", "12–32 och 32 a", "12–32 and 32 a"),
    *("upprätthålls av utvecklings- och", "by the Development and Administration Centre"),
    *("KEHA-centret", "KEHA-centralen"),
    *("Lakitekstissä lukee vielä", "står det ännu NTM-central", "still says ELY Centre"),
]


@pytest.mark.parametrize("words", WRONG)
def test_what_no_longer_holds_is_said_nowhere(words):
    assert [file.name for file in TEXTS if words in file.read_text()] == []


def test_the_authority_has_its_full_name_of_today():
    for file in (FOLDER / "about/privacy.toml", FOLDER / "about/service.toml"):
        text = file.read_text()
        assert "Työllisyys-, kehittämis- ja hallintokeskus" in text
        assert "Sysselsättnings-, utvecklings- och förvaltningscentret" in text
        assert "Employment, Development and Administration Centre" in text


def test_the_privacy_notice_names_legal_questions_how_long_and_the_letters():
    notice = tomllib.loads((FOLDER / "about/privacy.toml").read_text())
    for language, words in {
        "fi": ["Oikeudellinen kysymys", "10 vuotta", "kutsu edustajaksi", "kirjautumiskoodi"],
        "sv": ["Juridisk fråga", "10 år", "inbjudan som företrädare", "inloggningskod"],
        "en": ["Legal question", "10 years", "invitation to represent", "sign-in code"],
    }.items():
        said = str(notice[language]["body"])
        assert [one for one in words if one not in said] == []


def test_the_swedish_room_is_not_called_as_the_service_of_section_10():
    catalogue = polib.pofile(str(ROOT / "locale/sv/LC_MESSAGES/django.po"))

    assert catalogue.find("Guidance").msgstr == "Anvisningar"
    assert [one.msgid for one in catalogue if one.msgstr.startswith("Vägledning")] == []


@pytest.mark.django_db
def test_a_page_that_rests_on_words_nobody_has_seen_says_so(client):
    section = SectionFactory(number="86", acts_unseen=["1376/2025"], amended_by=["1376/2025"])
    amendment = AmendmentFactory(act=section.act, number=1376, year=2025)
    article = ArticleFactory(language="en", body=[law_box(section)])
    said = "Act 1376/2025 has changed sections that this page rests on"

    assert said in client.get(article.url_path).content.decode()
    assert said not in client.get(ArticleFactory(language="en").url_path).content.decode()

    SectionVersionFactory(section=section, amendment=amendment)
    assert type(article).objects.get(pk=article.pk).unseen_acts == {}


@pytest.mark.django_db
def test_guidance_that_no_lawyer_has_checked_says_so_and_names_no_next_review(client):
    article = ArticleFactory(language="en")

    page = client.get(article.url_path).content.decode()
    assert "No lawyer has checked this guidance yet" in page
    assert "Next review due" not in page

    checked = ArticleFactory(language="en")
    type(checked).objects.filter(pk=checked.pk).update(
        reviewed_on="2026-11-01", reviewed_by="lawyer"
    )
    page = client.get(checked.url_path).content.decode()
    assert "No lawyer has checked" not in page
    assert "Next review due" in page


@pytest.mark.django_db
def test_what_editors_note_is_shown_to_no_reader(client):
    article = ArticleFactory(language="en", editors_note="Canary for the lawyers")

    assert "Canary" not in client.get(article.url_path).content.decode()
    assert "Canary" not in article.words
