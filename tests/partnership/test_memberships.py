import pytest
from wagtail.log_actions import registry

from partnership.organisations.errors import AlreadyEntered
from partnership.organisations.models import Draft, Membership, Organisation, Representative
from partnership.organisations.services import memberships as services
from portal.mail.models import Letter
from portal.workflow import TransitionNotAllowed
from tests.factories.accounts import UserFactory
from tests.factories.partnership import (
    MembershipFactory,
    OrganisationFactory,
    RepresentativeFactory,
    a_business_id,
)

pytestmark = pytest.mark.django_db
Status = Membership.Status
WORDS = "Tell us <b>more</b> & why."

EVENTS = {
    "approve": lambda membership, by: services.approve(membership, by=by),
    "return": lambda membership, by: services.return_for_more(membership, by=by, reason=WORDS),
    "decline": lambda membership, by: services.decline(membership, by=by, reason=WORDS),
    "answer": lambda membership, by: services.answer(membership, by=by, text=WORDS),
    "withdraw": lambda membership, by: services.withdraw(membership, by=by),
    "end": lambda membership, by: services.end(membership, by=by, reason=WORDS),
}
# Written out by hand, so that a change in MOVES has to be meant twice.
ALLOWED = {
    ("approve", Status.APPLIED): Status.ACTIVE,
    ("return", Status.APPLIED): Status.RETURNED,
    ("decline", Status.APPLIED): Status.DECLINED,
    ("withdraw", Status.APPLIED): Status.WITHDRAWN,
    ("answer", Status.RETURNED): Status.APPLIED,
    ("withdraw", Status.RETURNED): Status.WITHDRAWN,
    ("end", Status.ACTIVE): Status.ENDED,
}
REFUSED = [
    (event, status) for event in EVENTS for status in Status if (event, status) not in ALLOWED
]
LETTERS = {
    "approve": "organisations/approved",
    "return": "organisations/returned",
    "decline": "organisations/declined",
    "answer": "organisations/answered",
    "withdraw": "organisations/withdrawn",
    "end": "organisations/ended",
}


def actions(membership):
    return [entry.action for entry in registry.get_logs_for_instance(membership)]


@pytest.mark.parametrize(("event", "before"), ALLOWED)
def test_event_moves_the_membership_logs_once_and_writes_one_letter(event, before):
    membership = MembershipFactory(status=before)
    decider = UserFactory()

    EVENTS[event](membership, by=decider)

    membership.refresh_from_db()
    assert membership.status == ALLOWED[event, before]
    [entry] = registry.get_logs_for_instance(membership)
    assert (entry.action, entry.user) == (f"organisations.{event}", decider)
    [letter] = Letter.objects.all()
    assert (letter.template, letter.to) == (LETTERS[event], membership.applicant.email)


@pytest.mark.parametrize(("event", "status"), REFUSED)
def test_event_is_refused_and_changes_nothing(event, status):
    membership = MembershipFactory(status=status)

    with pytest.raises(TransitionNotAllowed):
        EVENTS[event](membership, by=UserFactory())

    membership.refresh_from_db()
    assert membership.status == status
    assert actions(membership) == []
    assert not Letter.objects.exists()


@pytest.mark.parametrize("event", ["return", "decline", "end"])
def test_reason_goes_into_the_letter_as_it_was_written(event):
    before = Status.ACTIVE if event == "end" else Status.APPLIED
    membership = MembershipFactory(status=before, organisation__name_fi="Sinä & minä ry")

    EVENTS[event](membership, by=UserFactory())

    letter = Letter.objects.get()
    assert WORDS in letter.text
    assert "Sinä & minä ry" in letter.subject
    assert membership.reason == WORDS


@pytest.mark.parametrize(
    ("language", "address", "word"),
    [
        ("fi", "/fi/kumppanit/omat/", "Tervetuloa"),
        ("sv", "/sv/partner/mina/", "Välkommen"),
        ("en", "/en/partners/mine/", "Welcome"),
    ],
)
def test_letters_are_in_the_language_of_correspondence(language, address, word):
    membership = MembershipFactory(organisation__language=language, applicant__language="en")

    services.approve(membership, by=UserFactory(language="fi"))

    letter = Letter.objects.get()
    assert letter.language == language
    assert word in letter.text
    assert f"https://portal.example.org{address}" in letter.text


def test_every_owner_gets_the_letter_and_no_one_else():
    membership = MembershipFactory()
    other = RepresentativeFactory(organisation=membership.organisation).user
    RepresentativeFactory(organisation=membership.organisation, role=Representative.Role.MEMBER)
    RepresentativeFactory(organisation=membership.organisation, user__is_active=False)

    services.approve(membership, by=UserFactory())

    assert set(Letter.objects.values_list("to", flat=True)) == {
        membership.applicant.email,
        other.email,
    }


def test_second_decision_loses_to_the_first():
    membership = MembershipFactory()
    seen_by_a_colleague = Membership.objects.get(pk=membership.pk)
    services.approve(membership, by=UserFactory())

    with pytest.raises(TransitionNotAllowed):
        services.decline(seen_by_a_colleague, by=UserFactory(), reason="Not yet")

    assert Letter.objects.count() == 1


class TestApplying:
    def apply(self, by, **fields):
        organisation = OrganisationFactory.build(**fields)
        return services.apply(organisation, by=by, areas=[], topics=[], motivation="To meet.")

    def test_makes_the_applicant_its_owner_and_confirms_by_letter(self):
        applicant = UserFactory()
        Draft.objects.create(user=applicant, fields={"name_fi": "Half"})

        membership = self.apply(applicant, language="sv")

        assert membership.status == Status.APPLIED
        assert membership.organisation.representatives.get().user == applicant
        assert membership.organisation.representatives.get().role == Representative.Role.OWNER
        assert actions(membership) == ["organisations.apply"]
        [letter] = Letter.objects.all()
        assert (letter.to, letter.language) == (applicant.email, "sv")
        assert not Draft.objects.exists()

    def test_for_a_business_id_that_is_there_leaves_nothing_behind(self):
        number = a_business_id(7777)
        OrganisationFactory(business_id=number)

        with pytest.raises(AlreadyEntered):
            self.apply(UserFactory(), business_id=number)

        assert Organisation.objects.count() == 1
        assert not Membership.objects.exists()
        assert not Letter.objects.exists()

    @pytest.mark.parametrize(
        ("name", "slug"),
        [
            ("Ääkkösten äidit ry", "aakkosten-aidit-ry"),
            ("Mine", "mine-1234567-1"),
            ("Liity", "liity-1234567-1"),
            ("عربي", "1234567-1"),
            ("Taken", "taken-1234567-1"),
        ],
    )
    def test_address_comes_from_the_name_and_never_takes_another_s(self, name, slug):
        OrganisationFactory(slug="taken")

        membership = self.apply(UserFactory(), name_fi=name, business_id="1234567-1")

        assert membership.organisation.slug == slug


@pytest.mark.parametrize("status", [Status.DECLINED, Status.WITHDRAWN, Status.ENDED])
def test_organisation_whose_application_is_over_applies_again(status):
    organisation = MembershipFactory(status=status).organisation

    services.apply_for(organisation, by=UserFactory(), motivation="Again")

    assert organisation.memberships.waiting().count() == 1


@pytest.mark.parametrize("status", Membership.OPEN)
def test_organisation_has_one_open_membership_at_a_time(status):
    organisation = MembershipFactory(status=status).organisation

    with pytest.raises(AlreadyEntered):
        services.apply_for(organisation, by=UserFactory(), motivation="Again")

    assert organisation.memberships.count() == 1
