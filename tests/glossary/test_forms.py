"""Which forms of a term are recognised, and which words are other words."""

import re

import pytest

from portal.linguistics.inflection import pattern

FOUND = {
    ("fi", "kotoutumissuunnitelma"): "kotoutumissuunnitelman kotoutumissuunnitelmaan "
    "kotoutumissuunnitelmia kotoutumissuunnitelmista kotoutumissuunnitelmansa",
    ("fi", "kunta"): "kunnan kuntaa kunnassa kuntaan kunnat kuntien kuntia kuntamme kunnallekin",
    ("fi", "kotoutuminen"): "kotoutumisen kotoutumista kotoutumiseen kotoutumisesta",
    ("fi", "kotoutumiskoulutus"): "kotoutumiskoulutuksen kotoutumiskoulutusta "
    "kotoutumiskoulutukseen kotoutumiskoulutusten",
    ("fi", "työnhakija"): "työnhakijan työnhakijoiden työnhakijoita työnhakijaksi",
    ("fi", "kotoutuja-asiakas"): "kotoutuja-asiakkaan kotoutuja-asiakasta kotoutuja-asiakkaille",
    ("fi", "arviointi"): "arvioinnin arviointia arvioinnissa arviointiin arvioinneista",
    ("fi", "vastaanottavuus"): "vastaanottavuuden vastaanottavuutta",
    ("fi", "kuntapaikka"): "kuntapaikan kuntapaikkoja kuntapaikoista",
    ("fi", "perustieto"): "perustiedon perustietoa perustietojen",
    ("fi", "TEM"): "TEM TEM:n TEM:iin",
    ("sv", "kommun"): "kommunen kommuner kommunerna kommunens",
    ("sv", "invandrare"): "invandraren invandrarna invandrares",
    ("sv", "integrationsprogram"): "integrationsprogrammet integrationsprogrammen",
    ("sv", "sysselsättningsområde"): "sysselsättningsområdet sysselsättningsområden",
    ("en", "municipality"): "municipalities Municipality",
    ("en", "jobseeker"): "jobseekers Jobseeker",
}
OTHER = {
    ("fi", "kunta"): "kuntapaikka kuntalainen kunto kunnossa",
    ("fi", "kotoutuminen"): "kotoutumislaki kotoutumissuunnitelma",
    ("fi", "TEM"): "tem temppu TEMPPU",
    ("sv", "kommun"): "kommunal kommunplats",
    ("en", "integration plan"): "integration planner",
}


def recognised(language, term, text):
    return re.fullmatch(pattern(term, language), text, re.IGNORECASE) is not None


@pytest.mark.parametrize(("language", "term"), FOUND)
def test_forms_of_a_term_are_found(language, term):
    forms = FOUND[language, term].split()

    assert [form for form in forms if not recognised(language, term, form)] == []


@pytest.mark.parametrize(("language", "term"), OTHER)
def test_other_words_are_not(language, term):
    words = [OTHER[language, term]] if " " in term else OTHER[language, term].split()

    assert [word for word in words if recognised(language, term, word)] == []


def test_each_word_of_a_term_has_its_forms():
    term = "kuntaan ohjaaminen"

    assert recognised("fi", term, "kuntaan ohjaamisesta")
    assert recognised("sv", "flerspråkig samhällsorientering", "flerspråkiga samhällsorienteringen")
