"""Two people at the same wording or summary: neither overwrites the other unread."""

import pytest
from wagtail.models import ModelLogEntry

from law import services
from law.models import ImpactReview, SectionVersion
from tests.factories.accounts import UserFactory
from tests.factories.law import AmendmentEffectFactory, SectionFactory

pytestmark = pytest.mark.django_db
OURS = [{"text": "Kunta ja hyvinvointialue järjestävät palvelun.", "items": []}]


@pytest.fixture
def version():
    change = AmendmentEffectFactory(section=SectionFactory(number="14"))
    SectionVersion.objects.filter(pk=change.after_id).update(needs_legal_review=True)
    return SectionVersion.objects.get(pk=change.after_id)


def words_of(form):
    return {name: form[name].value() for name in form.fields}


def between(client, address):
    """The form as it was opened, before somebody else saves."""
    return words_of(client.get(address).context["form"])


def test_a_wording_saved_meanwhile_is_shown_and_not_overwritten(version, lawyer, client):
    address = f"/cms/law-wordings/{version.pk}/"
    typed = between(client, address) | {"text_fi": "Valtio järjestää palvelun."}
    services.check_wording(version, {"text_fi": OURS}, by=UserFactory(role="lawyer"))

    answer = client.post(address, typed)

    assert answer.status_code == 422
    version.refresh_from_db()
    assert version.text_fi == OURS
    assert answer.context["form"]["text_fi"].value() == "Valtio järjestää palvelun."
    page = answer.content.decode()
    assert "Somebody else has saved a different text in the meantime" in page
    assert "Kunta ja hyvinvointialue järjestävät palvelun." in page
    assert "<del>" in page
    [shown] = answer.context["differences"]
    assert (shown.language, shown.theirs) == ("fi", OURS[0]["text"])
    assert ModelLogEntry.objects.for_instance(version).count() == 1


def test_a_wording_sent_again_with_what_is_seen_now_takes_its_place(version, lawyer, client):
    address = f"/cms/law-wordings/{version.pk}/"
    typed = between(client, address) | {"text_fi": "Valtio järjestää palvelun."}
    services.check_wording(version, {"text_fi": OURS}, by=UserFactory(role="lawyer"))
    again = words_of(client.post(address, typed).context["form"])

    answer = client.post(address, again)

    assert answer.status_code == 302
    version.refresh_from_db()
    assert version.text_fi == [{"text": "Valtio järjestää palvelun.", "items": []}]
    assert version.checked_by == lawyer


def test_a_language_that_came_meanwhile_is_in_the_form_that_comes_back(version, lawyer, client):
    swedish = version.text_sv
    SectionVersion.objects.filter(pk=version.pk).update(text_sv=[])
    address = f"/cms/law-wordings/{version.pk}/"
    typed = between(client, address)
    assert "text_sv" not in typed
    SectionVersion.objects.filter(pk=version.pk).update(text_sv=swedish)

    answer = client.post(address, typed)

    assert answer.status_code == 422
    assert answer.context["form"]["text_sv"].value() == swedish[0]["text"]
    assert answer.context["differences"] == []


def test_a_wording_that_says_not_what_was_read_is_not_saved(version, lawyer, client):
    typed = between(client, f"/cms/law-wordings/{version.pk}/")
    del typed["seen"]

    assert client.post(f"/cms/law-wordings/{version.pk}/", typed).status_code == 422
    version.refresh_from_db()
    assert version.needs_legal_review


@pytest.mark.parametrize("role", ["editor", "lawyer"])
def test_a_summary_saved_meanwhile_is_shown_and_not_overwritten(client, role):
    section = SectionFactory(number="14", summary_fi="Vanha lause.", summary_en="An old sentence.")
    user = UserFactory(role=role, language="en")
    client.force_login(user)
    address = f"/cms/law-summaries/edit/{section.pk}/"
    typed = between(client, address) | {"summary_en": "Mine is new."}
    section.summary_en = "Theirs is new."
    section.save(update_fields=["summary_en"])

    answer = client.post(address, typed)

    assert answer.status_code == 422
    section.refresh_from_db()
    assert section.summary_en == "Theirs is new."
    page = answer.content.decode()
    assert "Mine is new." in page
    assert "<p>Theirs is new.</p>" in page
    assert not ModelLogEntry.objects.for_instance(section).exists()

    answer = client.post(address, words_of(answer.context["form"]))

    assert answer.status_code == 302
    section.refresh_from_db()
    assert (section.summary_fi, section.summary_en) == ("Vanha lause.", "Mine is new.")
    assert ModelLogEntry.objects.for_instance(section).get().user == user


def test_saving_a_summary_leaves_what_an_import_changed_meanwhile(lawyer, client):
    section = SectionFactory(number="14", summary_fi="Rivi.\nToinen.")
    address = f"/cms/law-summaries/edit/{section.pk}/"
    typed = between(client, address)
    section.name_fi = "Uusi otsikko"
    section.save(update_fields=["name_fi"])

    assert client.post(address, typed | {"summary_fi": "Rivi.\r\nToinen."}).status_code == 302

    section.refresh_from_db()
    assert (section.name_fi, section.summary_fi) == ("Uusi otsikko", "Rivi.\nToinen.")
    assert not ModelLogEntry.objects.for_instance(section).get().content_changed


def test_a_summary_that_was_overtaken_settles_no_check(lawyer, client):
    change = AmendmentEffectFactory(section=SectionFactory(number="14", summary_fi="Vanha."))
    section = change.section
    check = ImpactReview.objects.create(
        effect=change, kind="summary", subject=section.pk, thing=section.pk, owner="lawyer"
    )
    address = f"/cms/law-summaries/edit/{section.pk}/"
    typed = between(client, address) | {"summary_fi": "Minun."}
    type(section).objects.filter(pk=section.pk).update(summary_fi="Heidän.")

    answer = client.post(address, typed)
    check.refresh_from_db()
    assert (answer.status_code, check.state) == (422, "open")

    client.post(address, words_of(answer.context["form"]))
    check.refresh_from_db()
    assert check.state == "changed"
