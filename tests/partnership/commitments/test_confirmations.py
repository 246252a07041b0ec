"""What others say of a result: who, when, taken back in time, and with a reply beside it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from partnership.commitments.errors import AlreadyAnswered, AlreadyInvited, NobodyToAsk, TooLate
from partnership.commitments.models import Confirmation, Entry, Report
from partnership.commitments.services import confirmations, reports
from portal.forms import FASTEST
from portal.mail.models import Letter
from tests.factories.accounts import UserFactory
from tests.factories.commitments import AskFactory, CommitmentFactory, ConfirmationFactory
from tests.factories.partnership import MembershipFactory, RepresentativeFactory

pytestmark = pytest.mark.django_db
LIST = "/en/commitments/"


@pytest.fixture
def owner():
    return UserFactory()


@pytest.fixture
def report(owner):
    organisation = MembershipFactory(status="active", owner=owner).organisation
    share = CommitmentFactory(organisation=organisation).shares.get()
    return reports.tell(share, progress="done", sentence="40 found a place.", by=owner)


@pytest.fixture
def partner():
    return MembershipFactory(status="active", organisation__name_fi="Toinen järjestö").organisation


def person_of(organisation):
    return organisation.representatives.first().user


def public_address(report):
    return report.share.commitment.get_absolute_url()


def public_page(client, report):
    return client.get(public_address(report)).content.decode()


def press(client, address, time_machine, **typed):
    html = client.get(address).content.decode()
    opened = html.partition('name="opened" value="')[2].partition('"')[0]
    time_machine.move_to(timezone.now() + FASTEST + timedelta(seconds=2))
    return client.post(address, {"opened": opened, **typed})


def test_a_partner_confirms_from_its_letter_without_signing_in(
    client, report, owner, partner, time_machine
):
    assert "Own report" in public_page(client, report)
    client.force_login(owner)
    client.post(f"{LIST}report/{report.pk}/confirm/", {"organisation": partner.business_id})
    client.logout()
    [letter] = Letter.objects.filter(template="commitments/confirm")
    row = Confirmation.objects.get()
    address = f"{LIST}confirm/{row.key}/"
    assert letter.to == person_of(partner).email and address in letter.text
    assert "40 found a place." in letter.text and letter.plain and letter.holds_key
    assert "checked" not in client.get(address).content.decode()

    assert press(client, address, time_machine, answer="confirmed").status_code == 302

    html = public_page(client, report)
    assert "Confirmed by a partner" in html and "Toinen järjestö" in html
    press(client, address, time_machine, undo="")
    assert "Confirmed by a partner" not in public_page(client, report)
    press(client, address, time_machine, answer="confirmed")
    assert report.share.commitment.entries.filter(kind=Entry.Kind.CONFIRMED).count() == 1


@pytest.mark.parametrize("typed", ["the  MEETING house’s friends", "Mötesplatsens vänner", "fi"])
def test_a_partner_is_found_by_its_name_in_any_language(client, report, owner, partner, typed):
    partner.name_sv, partner.name_en = "Mötesplatsens vänner", "The Meeting House's Friends"
    partner.save()
    if typed == "fi":
        typed = f"FI{partner.business_id.replace('-', '')}"
    client.force_login(owner)

    client.post(f"{LIST}report/{report.pk}/confirm/", {"organisation": typed})

    assert Confirmation.objects.get().organisation == partner


def test_lists_say_who_vouches_for_what_was_told_last(client, report, owner):
    row = ConfirmationFactory(report=report)
    [area] = report.share.commitment.areas.all()
    pages = [LIST, f"/en/areas/{area.key}/", report.share.organisation.get_absolute_url()]
    pages += [f"{LIST}?area={area.key}", public_address(report), "/embed/commitments/?language=en"]

    def said(words):
        return [page for page in pages if words in client.get(page).text]

    confirmations.answer(row, answer="differs", words="We counted 22.", by=row.to)
    assert said('tag--info">Confirmed') == []
    confirmations.undo(row, by=row.to)
    confirmations.answer(row, answer="confirmed", by=row.to)
    assert said('tag--info">Confirmed by a partner') == pages
    address = f"/api/v1/commitments/{report.share.commitment_id}"
    assert client.get(address).json()["item"]["verified"] == "partner"
    [listed] = client.get("/api/v1/commitments").json()["items"]
    assert listed["verified"] == "partner"
    assert ",partner," in client.get("/en/commitments.csv").text
    confirmations.assess(report, answer="confirmed", words="We have seen it.", by=UserFactory())
    assert said('tag--info">Assessed by the programme') == pages
    reports.tell(report.share, progress="stuck", by=owner)
    assert said('tag--info">Assessed by the programme') == []


def test_an_answer_stands_after_a_fortnight(time_machine):
    row = ConfirmationFactory()
    confirmations.answer(row, answer="confirmed", by=row.to)
    time_machine.move_to(timezone.now() + timedelta(days=15))

    with pytest.raises(TooLate):
        confirmations.undo(row, by=None)
    with pytest.raises(AlreadyAnswered):
        confirmations.answer(row, answer="differs", words="No.", by=row.to)


def test_who_sees_it_differently_says_what_and_is_replied_to(client, report, owner, partner):
    row = ConfirmationFactory(report=report, organisation=partner)
    client.force_login(person_of(partner))
    page = f"{LIST}confirmation/{row.pk}/"
    assert "Say whether you can confirm" in client.get("/en/desk/").content.decode()
    assert client.post(page, {"answer": "differs", "words": ""}).status_code == 422
    client.post(page, {"answer": "differs", "words": "We counted 22."})
    assert Letter.objects.get(template="commitments/differs").to == owner.email

    client.force_login(owner)
    assert "Reply to what was said" in client.get("/en/desk/").content.decode()
    reply = f"{LIST}confirmation/{row.pk}/reply/"
    client.post(reply, {"reason": "18 more began in May."})
    client.post(reply, {"reason": "Twice."})

    html = public_page(client, report)
    for words in ("Own report", "sees it differently", "We counted 22.", "18 more began in May."):
        assert words in html
    assert "Twice." not in html


def test_nobody_confirms_what_their_own_organisation_told(client, report, owner, partner):
    with pytest.raises(NobodyToAsk):
        confirmations.ask_partner(report, report.share.organisation, by=owner)
    both = person_of(partner)
    RepresentativeFactory(organisation=report.share.organisation, user=both, role="member")
    with pytest.raises(NobodyToAsk):
        confirmations.ask_partner(report, partner, by=owner)
    RepresentativeFactory(organisation=partner, user=(other := UserFactory()), role="member")

    row = confirmations.ask_partner(report, partner, by=owner)

    assert row.to == other
    client.force_login(both)
    assert client.get(f"{LIST}confirmation/{row.pk}/").status_code == 404
    with pytest.raises(AlreadyInvited):
        confirmations.ask_partner(report, partner, by=owner)


def test_the_question_waits_on_the_desk_when_the_year_has_no_letter_left(client, report, partner):
    AskFactory.create_batch(4, share=report.share)

    row = confirmations.ask_partner(report, partner, by=None)

    assert row.letter_at is None
    assert not Letter.objects.filter(template="commitments/confirm").exists()
    assert client.get(f"{LIST}confirm/{row.key}/").status_code == 404
    client.force_login(person_of(partner))
    assert "Say whether you can confirm" in client.get("/en/desk/").content.decode()


def test_what_was_said_goes_with_a_report_that_is_taken_back(report, owner, partner):
    row = ConfirmationFactory(report=report, organisation=partner)
    confirmations.answer(row, answer="confirmed", by=row.to)

    reports.undo(report, by=owner)

    kinds = list(report.share.commitment.entries.values_list("kind", flat=True))
    assert kinds == [Entry.Kind.UNDONE]
    row.refresh_from_db()
    assert not row.is_open


def test_the_programme_assesses_after_a_partner(report, owner, partner):
    row = ConfirmationFactory(report=report, organisation=partner)
    confirmations.answer(row, answer="confirmed", by=row.to)
    team = UserFactory(role="programme")

    said = confirmations.assess(report, answer="confirmed", words="We visited.", by=team)

    assert Report.objects.get().level == "programme"
    with pytest.raises(AlreadyAnswered):
        confirmations.assess(report, answer="differs", words="Again.", by=team)
    confirmations.undo(said, by=team)
    assert Report.objects.get().level == "partner"
