"""Joint commitments: accepted by a partner's own people, told of by each, silent by itself."""

from datetime import timedelta

import pytest
from django.utils import timezone

from partnership.commitments.errors import AlreadyInvited, NotAMember
from partnership.commitments.models import Ask, Commitment, Entry, Share
from partnership.commitments.services import decisions, follow_up, joint, reports
from portal.mail.models import Letter
from portal.workflow import TransitionNotAllowed
from tests.factories.accounts import UserFactory
from tests.factories.commitments import CommitmentFactory, PartnerFactory
from tests.factories.partnership import MembershipFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
Kind = Entry.Kind
LIST = "/en/commitments/"


@pytest.fixture
def owner():
    return UserFactory()


@pytest.fixture
def commitment(owner):
    organisation = MembershipFactory(status="active", owner=owner).organisation
    return CommitmentFactory(organisation=organisation)


@pytest.fixture
def partner():
    return MembershipFactory(status="active", organisation__name_fi="Toinen järjestö").organisation


def person_of(organisation):
    return organisation.representatives.first().user


def test_from_an_invitation_to_shares_side_by_side(client, commitment, owner, partner):
    client.force_login(owner)
    address = f"{LIST}own/{commitment.pk}/partners/"
    assert client.post(address, {"organisation": "toinen JÄRJESTÖ"}).url == address
    [letter] = Letter.objects.filter(template="commitments/invited")
    assert letter.to == person_of(partner).email

    share = commitment.shares.get(organisation=partner)
    page = f"{LIST}share/{share.pk}/"
    assert page in letter.text
    client.force_login(person_of(partner))
    assert "Answer an invitation" in client.get("/en/desk/").content.decode()
    assert "asks Toinen järjestö to take part" in client.get(page).content.decode()
    assert client.post(page, {"text": "", "save": ""}).status_code == 422
    typed = {"text": "We find places.", "amount": "25", "unit": "Places", "save": ""}
    assert client.post(page, typed).url == page

    share.refresh_from_db()
    assert share.takes_part and share.next_due
    assert Letter.objects.get(template="commitments/answered").to == owner.email
    joint.describe(
        commitment.shares.get(leads=True), by=owner, text="We pay.", amount=15, unit="places"
    )
    reports.tell(share, progress="stuck", amount=4, by=person_of(partner))
    html = client.get(commitment.get_absolute_url()).content.decode()
    for words in ("We find places.", "We pay.", "Together 40", "so far 4", "Has told nothing yet"):
        assert words in html
    [given] = client.get("/api/v1/commitments?language=en").json()["items"]
    assert [(one["amount"], one["reached"]) for one in given["shares"]] == [(15, None), (25, 4)]


@pytest.mark.parametrize(("unit", "amount"), [("people", 5), ("", None)])
def test_different_things_are_not_added_up(client, commitment, owner, unit, amount):
    joint.describe(commitment.shares.get(), by=owner, text="Ours.", amount=15, unit="places")
    PartnerFactory(commitment=commitment, text="Theirs.", amount=amount, unit=unit)

    html = client.get(commitment.get_absolute_url()).content.decode()

    assert "Promises 15" in html and "Together" not in html


def test_a_partner_declines_and_sees_the_draft_no_more(client, commitment, owner, partner):
    Commitment.objects.update(state="draft", published_at=None)
    share = joint.invite(commitment, partner, by=owner)
    client.force_login(person_of(partner))
    page = f"{LIST}share/{share.pk}/"
    assert client.get(commitment.get_absolute_url()).url == page
    assert commitment.title in client.get(page).content.decode()

    client.post(page, {"decline": ""})

    assert commitment.title not in client.get(page).content.decode()
    assert client.get(commitment.get_absolute_url()).status_code == 404
    assert "has declined" in Letter.objects.get(template="commitments/answered").text
    assert joint.invite(commitment, partner, by=owner).waits


def test_who_is_invited_is_no_partner_before_it_says_so(client, commitment, owner, partner):
    share = joint.invite(commitment, partner, by=owner)
    client.force_login(person_of(partner))

    assert client.get(f"{LIST}share/{share.pk}/tell/").status_code == 404
    assert partner.name not in client.get(commitment.get_absolute_url()).content.decode()
    with pytest.raises(TransitionNotAllowed):
        reports.tell(share, progress="done", by=person_of(partner))


def test_only_its_own_people_answer_for_a_partner(client, commitment, owner, partner):
    share = joint.invite(commitment, partner, by=owner)
    client.force_login(owner)

    assert client.post(f"{LIST}share/{share.pk}/", {"text": "Yes."}).status_code == 404
    client.post(f"{LIST}own/{commitment.pk}/partners/", {"withdraw": str(share.pk)})
    assert not Share.objects.filter(pk=share.pk).exists()


def test_invitations_have_their_limits(commitment, owner, partner):
    joint.invite(commitment, partner, by=owner)
    with pytest.raises(AlreadyInvited):
        joint.invite(commitment, partner, by=owner)
    with pytest.raises(NotAMember):
        joint.invite(commitment, OrganisationFactory(), by=owner)
    decisions.complete(commitment, by=owner, organisation=commitment.organisation, reason="Done.")
    with pytest.raises(TransitionNotAllowed):
        joint.accept(commitment.shares.get(organisation=partner), by=owner, text="We too.")


def test_a_name_that_is_none_is_answered_with_what_may_be_meant(client, commitment, owner, partner):
    client.force_login(owner)
    address = f"{LIST}own/{commitment.pk}/partners/"

    assert (
        "Did you mean Toinen järjestö"
        in client.post(address, {"organisation": "toinen"}).content.decode()
    )
    assert client.post(address, {"organisation": "Ei mikään"}).status_code == 422


def test_a_partner_leaves_and_what_it_told_stays(client, commitment, owner, partner):
    share = PartnerFactory(commitment=commitment, organisation=partner)
    reports.tell(share, progress="on-track", sentence="Six began.", by=person_of(partner))
    client.force_login(person_of(partner))

    client.post(f"{LIST}share/{share.pk}/leave/", {"reason": "No money."})

    html = client.get(commitment.get_absolute_url()).content.decode()
    assert "Six began." in html and "No money." in html and "Left the commitment" in html
    share.refresh_from_db()
    assert share.next_due is None and not share.takes_part
    with pytest.raises(TransitionNotAllowed):
        joint.leave(commitment.shares.get(leads=True), by=owner, reason="We too.")


def test_a_corrected_share_keeps_its_words_in_the_timeline(commitment, partner):
    share = PartnerFactory(commitment=commitment, organisation=partner, text="Ten.", amount=10)

    joint.describe(share, by=person_of(partner), text="Eight.", amount=8, unit="places")
    joint.describe(share, by=person_of(partner), text="Eight.", amount=8, unit="places")

    [entry] = commitment.entries.filter(kind=Kind.CORRECTED)
    assert (entry.before, entry.after) == ("Ten.\n10", "Eight.\n8 places")
    assert entry.organisation == partner


def test_four_letters_a_year_for_all_shares_together(commitment, partner, time_machine):
    today = timezone.localdate()
    commitment.shares.update(next_due=today)
    for one in (partner, MembershipFactory(status="active").organisation):
        PartnerFactory(commitment=commitment, organisation=one, next_due=today)

    for _week in range(52):
        time_machine.move_to(timezone.now() + timedelta(days=7))
        follow_up.ask_due()

    assert Ask.objects.count() == 4
    assert Ask.objects.values("share").distinct().count() == 3


def test_an_archived_one_is_taken_up_for_all(commitment, partner, time_machine):
    share = PartnerFactory(commitment=commitment, organisation=partner)
    time_machine.move_to(timezone.now() + timedelta(days=731))
    assert follow_up.archive_silent() == 1

    reports.tell(share, progress="on-track", by=person_of(partner))

    assert Commitment.objects.get().state == "published"
    assert all(commitment.shares.values_list("next_due", flat=True))
