import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.log_actions import registry

from partnership.organisations.criteria import MET, NOT_MET, criteria
from partnership.organisations.errors import AlreadyEntered, CriteriaNotMet, SamePerson
from partnership.organisations.models import (
    Draft,
    Membership,
    Organisation,
    Proposal,
    Representative,
)
from partnership.organisations.services import memberships as services
from partnership.organisations.services import reviewing
from portal import working_days
from portal.concurrency import Stale
from portal.mail.models import Letter
from portal.workflow import TransitionNotAllowed
from tests.factories.accounts import UserFactory
from tests.factories.partnership import (
    MembershipFactory,
    OrganisationFactory,
    PeriodFactory,
    RepresentativeFactory,
    a_business_id,
    decide,
)

pytestmark = pytest.mark.django_db
Status = Membership.Status
WORDS = "Tell us <b>more</b> & why."

ALL_MET = {one.key: MET for one in criteria()}


def propose(membership, by, **given):
    reviewing.propose(membership, by=by, decision="approve", criteria=ALL_MET, **given)


EVENTS = {
    "propose": propose,
    "approve": lambda membership, by: reviewing.decide(membership, by=by),
    "send_back": lambda membership, by: reviewing.send_back(membership, by=by, comment=WORDS),
    "return": lambda membership, by: reviewing.return_for_more(membership, by=by, reason=WORDS),
    "answer": lambda membership, by: services.answer(membership, by=by, text=WORDS),
    "withdraw": lambda membership, by: services.withdraw(membership, by=by),
    "end": lambda membership, by: services.end(membership, by=by, reason=WORDS),
    "leave": lambda membership, by: services.leave(membership, by=by),
}
# Written out by hand, so that a change in MOVES has to be meant twice.
ALLOWED = {
    ("propose", Status.APPLIED): Status.PROPOSED,
    ("approve", Status.PROPOSED): Status.ACTIVE,
    ("send_back", Status.PROPOSED): Status.APPLIED,
    ("return", Status.APPLIED): Status.RETURNED,
    ("withdraw", Status.APPLIED): Status.WITHDRAWN,
    ("withdraw", Status.PROPOSED): Status.WITHDRAWN,
    ("answer", Status.RETURNED): Status.APPLIED,
    ("withdraw", Status.RETURNED): Status.WITHDRAWN,
    ("end", Status.ACTIVE): Status.ENDED,
    ("end", Status.LAPSED): Status.ENDED,
    ("leave", Status.ACTIVE): Status.ENDED,
    ("leave", Status.LAPSED): Status.ENDED,
}
REFUSED = [
    (event, status) for event in EVENTS for status in Status if (event, status) not in ALLOWED
]
LETTERS = {
    "propose": None,  # what the team says to itself
    "send_back": None,
    "approve": "organisations/approved",
    "return": "organisations/returned",
    "answer": "organisations/answered",
    "withdraw": "organisations/withdrawn",
    "end": "organisations/ended",
    "leave": "organisations/left",
}


def in_state(status):
    """A membership in the state; one that waits for a second reader has a proposal."""
    membership = MembershipFactory(status=status)
    if status == Status.PROPOSED:
        Proposal.objects.create(
            membership=membership, by=UserFactory(), decision="approve", criteria=ALL_MET
        )
    return membership


def actions(membership):
    return [entry.action for entry in registry.get_logs_for_instance(membership)]


@pytest.mark.parametrize(("event", "before"), ALLOWED)
def test_event_moves_the_membership_logs_once_and_writes_one_letter(event, before):
    membership = in_state(before)
    decider = UserFactory()

    EVENTS[event](membership, by=decider)

    membership.refresh_from_db()
    assert membership.status == ALLOWED[event, before]
    [entry] = registry.get_logs_for_instance(membership)
    assert (entry.action, entry.user) == (f"organisations.{event}", decider)
    written = list(Letter.objects.values_list("template", "to"))
    assert written == ([(LETTERS[event], membership.applicant.email)] if LETTERS[event] else [])


@pytest.mark.parametrize(("event", "status"), REFUSED)
def test_event_is_refused_and_changes_nothing(event, status):
    membership = in_state(status)

    with pytest.raises(TransitionNotAllowed):
        EVENTS[event](membership, by=UserFactory())

    membership.refresh_from_db()
    assert membership.status == status
    assert actions(membership) == []
    assert not Letter.objects.exists()


@pytest.mark.parametrize("event", ["return", "end"])
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

    decide(membership, second=UserFactory(language="fi"))

    letter = Letter.objects.get()
    assert letter.language == language
    assert word in letter.text
    assert f"https://portal.example.org{address}" in letter.text


def test_every_owner_gets_the_letter_and_no_one_else():
    membership = MembershipFactory()
    other = RepresentativeFactory(organisation=membership.organisation).user
    RepresentativeFactory(organisation=membership.organisation, role=Representative.Role.MEMBER)
    RepresentativeFactory(organisation=membership.organisation, user__is_active=False)

    decide(membership)

    assert set(Letter.objects.values_list("to", flat=True)) == {
        membership.applicant.email,
        other.email,
    }


def test_second_decision_loses_to_the_first():
    membership = in_state(Status.PROPOSED)
    seen_by_a_colleague = Membership.objects.get(pk=membership.pk)
    reviewing.decide(membership, by=UserFactory())

    with pytest.raises(TransitionNotAllowed):
        reviewing.decide(seen_by_a_colleague, by=UserFactory())

    assert Letter.objects.count() == 1


class TestTwoReaders:
    def test_nobody_decides_what_they_proposed_themselves(self):
        membership, first = MembershipFactory(), UserFactory()
        propose(membership, by=first)

        with pytest.raises(SamePerson):
            reviewing.decide(membership, by=first)

        membership.refresh_from_db()
        assert membership.status == Status.PROPOSED
        assert not Letter.objects.exists()

    def test_approval_needs_every_criterion(self):
        membership = MembershipFactory()

        for found in ({}, ALL_MET | {"principles": NOT_MET}):
            with pytest.raises(CriteriaNotMet):
                reviewing.propose(membership, by=UserFactory(), decision="approve", criteria=found)

        membership.refresh_from_db()
        assert membership.status == Status.APPLIED

    def test_declining_tells_the_reasons_that_the_first_reader_wrote(self):
        membership = MembershipFactory(organisation__name_fi="Sinä & minä ry")

        decide(membership, decision="decline", reason=WORDS)

        membership.refresh_from_db()
        assert (membership.status, membership.reason) == (Status.DECLINED, WORDS)
        letter = Letter.objects.get()
        assert WORDS in letter.text
        assert "Sinä & minä ry" in letter.subject

    def test_sent_back_it_is_the_first_reader_s_again_with_the_comment(self):
        membership, first, second = MembershipFactory(), UserFactory(), UserFactory()
        propose(membership, by=first)

        reviewing.send_back(membership, by=second, comment="Who are the partners?")

        membership.refresh_from_db()
        proposal = membership.proposals.get()
        assert (membership.status, membership.handler) == (Status.APPLIED, first)
        assert (proposal.sent_back, proposal.comment) == (True, "Who are the partners?")
        propose(membership, by=first)
        reviewing.decide(membership, by=second)
        assert membership.status == Status.ACTIVE

    def test_what_was_proposed_anew_is_not_decided_unread(self):
        membership, first = MembershipFactory(), UserFactory()
        propose(membership, by=first)
        seen = membership.version_token
        reviewing.send_back(membership, by=UserFactory(), comment="Again")
        propose(membership, by=first)

        with pytest.raises(Stale):
            reviewing.decide(membership, by=UserFactory(), expect=seen)

    def test_database_itself_refuses_one_person_twice(self):
        membership, person = in_state(Status.PROPOSED), UserFactory()
        proposal = membership.proposals.get()
        proposal.by = proposal.second = person
        proposal.settled_at = timezone.now()

        with pytest.raises(IntegrityError), transaction.atomic():
            proposal.save()

    def test_membership_is_for_the_period_that_one_joins_on_that_day(self):
        period = PeriodFactory(year=timezone.localdate().year)
        membership = MembershipFactory()

        decide(membership)

        assert membership.period == period


def test_the_target_counts_working_days_and_anew_from_the_answer():
    membership = MembershipFactory(status=Status.RETURNED, due_on=None)

    services.answer(membership, by=UserFactory(), text="Three.")

    assert working_days.between(timezone.localdate(), membership.due_on) == Membership.TARGET


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
