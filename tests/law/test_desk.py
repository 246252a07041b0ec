"""The lawyer's list of wordings, and the summaries of sections, in /cms/."""

import pytest
from wagtail.models import ModelLogEntry

from law.models import Section, SectionVersion
from tests.factories.accounts import UserFactory
from tests.factories.law import AmendmentEffectFactory, SectionFactory

pytestmark = pytest.mark.django_db
LIST = "/cms/law-wordings/"
WORDS = {
    "heading_fi": "Uusi otsikko",
    "text_fi": "Ensimmäinen:\n1) kohta;\n\nToinen.",
    "heading_sv": "Ny rubrik",
    "text_sv": "Första.",
}


@pytest.fixture
def version():
    change = AmendmentEffectFactory(section=SectionFactory(number="14"))
    SectionVersion.objects.filter(pk=change.after_id).update(needs_legal_review=True)
    return SectionVersion.objects.get(pk=change.after_id)


def test_the_list_has_what_waits_and_empties(version, lawyer, client):
    page = client.get(LIST).content.decode()
    assert f"{LIST}{version.pk}/" in page

    SectionVersion.objects.update(needs_legal_review=False)

    assert "No wordings are waiting for a check." in client.get(LIST).content.decode()


def test_a_lawyer_sees_the_change_in_both_languages(version, lawyer, client):
    page = client.get(f"{LIST}{version.pk}/").content.decode()

    assert 'lang="fi"' in page
    assert 'lang="sv"' in page
    assert "<ins>" in page


def test_a_corrected_wording_is_checked_logged_and_names_the_section(version, lawyer, client):
    response = client.post(
        f"{LIST}{version.pk}/", {**WORDS, "uneven": "on", "seen": version.version_token}
    )

    assert response.status_code == 302
    version.refresh_from_db()
    assert version.text_fi == [
        {"text": "Ensimmäinen:", "items": ["1) kohta;"]},
        {"text": "Toinen.", "items": []},
    ]
    assert (version.needs_legal_review, version.checked_by) == (False, lawyer)
    assert Section.objects.get(number="14").name_fi == "Uusi otsikko"
    [entry] = ModelLogEntry.objects.filter(action="law.check_wording")
    assert entry.user == lawyer
    assert "text_fi" in entry.data["corrected"]


def test_an_emptied_text_is_refused_and_what_was_typed_stays(version, lawyer, client):
    response = client.post(f"{LIST}{version.pk}/", WORDS | {"text_fi": ""})

    assert response.status_code == 422
    assert "Uusi otsikko" in response.content.decode()
    version.refresh_from_db()
    assert version.needs_legal_review


def test_a_page_that_is_not_there_is_named(lawyer, client):
    assert client.get(LIST, {"p": "9"}).status_code == 400


@pytest.mark.parametrize("role", ["editor", "lawyer"])
def test_summaries_are_written_in_three_languages_and_logged(client, role):
    section = SectionFactory(number="14", summary_fi="Vanha.")
    user = UserFactory(role=role, language="en")
    client.force_login(user)

    response = client.post(
        f"/cms/law-summaries/edit/{section.pk}/",
        {
            "summary_fi": "Uusi.",
            "summary_sv": "Ny.",
            "summary_en": "New.",
            "seen": section.version_token,
        },
    )

    assert response.status_code == 302
    section.refresh_from_db()
    assert (section.summary_fi, section.summary_sv, section.summary_en) == ("Uusi.", "Ny.", "New.")
    assert ModelLogEntry.objects.for_instance(section).filter(user=user).exists()


def test_saving_unchanged_corrects_nothing_and_opens_the_next(version, lawyer, client):
    other = AmendmentEffectFactory(section=SectionFactory(number="15", act=version.section.act))
    SectionVersion.objects.filter(pk=other.after_id).update(needs_legal_review=True)
    page = client.get(f"{LIST}{version.pk}/")
    assert "Wording 1 of the 2 that wait" in page.content.decode()
    form = page.context["form"]
    words = {name: form[name].value() for name in form.fields}
    words = {name: value.replace("\n", "\r\n") for name, value in words.items()}

    answer = client.post(f"{LIST}{version.pk}/", {**words, "next": "1"})

    assert answer.url == f"{LIST}{other.after_id}/"
    assert ModelLogEntry.objects.for_instance(version).get().data == {"corrected": []}


def test_languages_that_differ_in_their_subsections_are_saved_only_knowingly(
    version, lawyer, client
):
    address = f"{LIST}{version.pk}/"
    typed = {**WORDS, "seen": version.version_token}

    answer = client.post(address, typed)

    assert answer.status_code == 422
    assert "Subsections in Finnish: 2, in Swedish: 1." in answer.content.decode()
    assert answer.context["form"].errors.keys() == {"uneven"}
    assert "I know that the languages differ" in answer.content.decode()
    version.refresh_from_db()
    assert version.needs_legal_review

    assert client.post(address, {**typed, "uneven": "on"}).status_code == 302
    version.refresh_from_db()
    assert (len(version.text_fi), len(version.text_sv)) == (2, 1)
    assert "Subsections in Finnish: 2, in Swedish: 1." in client.get(address).content.decode()


def test_languages_with_as_many_subsections_ask_for_no_tick(version, lawyer, client):
    address = f"{LIST}{version.pk}/"
    assert "uneven" not in client.get(address).context["form"].fields

    even = {**WORDS, "text_sv": "Första.\n\nAndra.", "seen": version.version_token}

    assert client.post(address, even).status_code == 302
    version.refresh_from_db()
    assert (len(version.text_fi), len(version.text_sv)) == (2, 2)


def test_a_wording_in_one_language_asks_for_no_tick(version, lawyer, client):
    SectionVersion.objects.filter(pk=version.pk).update(text_sv=[])
    version.refresh_from_db()

    answer = client.post(
        f"{LIST}{version.pk}/",
        {**WORDS, "seen": version.version_token},
    )

    assert answer.status_code == 302
