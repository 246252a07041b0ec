"""What each of an organisation's people may do for it: roles × actions, by page and by post."""

import pytest

from partnership.commitments.models import Commitment
from partnership.organisations.models import Membership, Organisation, Representative
from partnership.organisations.permissions import acts_for, can_edit, can_manage
from tests.factories.accounts import UserFactory
from tests.factories.commitments import CommitmentFactory
from tests.factories.partnership import (
    InvitationFactory,
    MembershipFactory,
    RepresentativeFactory,
)

pytestmark = pytest.mark.django_db
Role = Representative.Role
ROLES = (Role.OWNER, Role.EDITOR, Role.MEMBER)
SEES, WRITES, MANAGES = ROLES, (Role.OWNER, Role.EDITOR), (Role.OWNER,)
ACTIONS = [
    ("GET", "/en/partners/mine/{member}/people/", SEES),
    ("GET", "/en/commitments/own/{draft}/", SEES),
    ("GET", "/en/partners/mine/{member}/profile/", WRITES),
    ("POST", "/en/partners/mine/{member}/profile/", WRITES),
    ("GET", "/en/partners/mine/{returned}/answer/", WRITES),
    ("POST", "/en/partners/mine/{returned}/answer/", WRITES),
    ("GET", "/en/partners/mine/{ended}/apply-again/", WRITES),
    ("POST", "/en/partners/mine/{ended}/apply-again/", WRITES),
    ("GET", "/en/commitments/own/{draft}/edit/", WRITES),
    ("POST", "/en/commitments/own/{draft}/edit/", WRITES),
    ("POST", "/en/commitments/own/{draft}/", WRITES),
    ("GET", "/en/commitments/share/{share}/tell/", WRITES),
    ("GET", "/en/commitments/own/{public}/end/", MANAGES),
    ("POST", "/en/commitments/own/{public}/end/", MANAGES),
    ("GET", "/en/partners/mine/{applicant}/withdraw/", MANAGES),
    ("POST", "/en/partners/mine/{applicant}/withdraw/", MANAGES),
    ("GET", "/en/partners/mine/{member}/withdraw/", MANAGES),
    ("POST", "/en/partners/mine/{member}/people/", MANAGES),
    ("POST", "/en/partners/mine/{member}/people/{other}/role/", MANAGES),
    ("POST", "/en/partners/mine/{member}/people/{other}/remove/", MANAGES),
    ("POST", "/en/partners/mine/{member}/invitations/{invitation}/revoke/", MANAGES),
]
REFUSED = (403, 404)


@pytest.fixture
def house():
    """`house(role)`: a person with the role in organisations of every state, and their words."""

    def build(role):
        person = UserFactory()
        words = {}
        for word, status in (
            ("member", Membership.Status.ACTIVE),
            ("applicant", Membership.Status.APPLIED),
            ("returned", Membership.Status.RETURNED),
            ("ended", Membership.Status.ENDED),
        ):
            organisation = MembershipFactory(status=status).organisation
            RepresentativeFactory(organisation=organisation, user=person, role=role)
            words[word] = organisation.slug
        member = Organisation.objects.get(slug=words["member"])
        public = CommitmentFactory(organisation=member)
        words |= {
            "public": public.pk,
            "share": public.shares.get().pk,
            "draft": CommitmentFactory(organisation=member, state=Commitment.State.DRAFT).pk,
            "other": RepresentativeFactory(organisation=member, role=Role.MEMBER).pk,
            "invitation": InvitationFactory(organisation=member).pk,
        }
        return person, words

    return build


@pytest.mark.parametrize("role", ROLES)
def test_actions_of_a_role(role, house, client):
    person, words = house(role)
    client.force_login(person)
    wrong = []
    for method, path, may in ACTIONS:
        way = client.post if method == "POST" else client.get
        data = {"role": "member"} if "/role/" in path else {}
        status = way(path.format_map(words), data).status_code
        if (status not in REFUSED) != (role in may):
            wrong.append((method, path, status))
    assert wrong == []


@pytest.mark.parametrize(
    ("role", "sees", "writes", "manages"),
    [
        (Role.OWNER, True, True, True),
        (Role.EDITOR, True, True, False),
        (Role.MEMBER, True, False, False),
        (None, False, False, False),
    ],
)
def test_rules(role, sees, writes, manages):
    person = UserFactory()
    organisation = MembershipFactory().organisation
    if role:
        RepresentativeFactory(organisation=organisation, user=person, role=role)

    rules = [rule(person, organisation) for rule in (acts_for, can_edit, can_manage)]

    assert rules == [sees, writes, manages]
    assert Organisation.objects.editable_by(person).filter(pk=organisation.pk).exists() == writes


def test_pages_offer_what_the_role_may(house, client):
    person, words = house(Role.MEMBER)
    client.force_login(person)

    mine = client.get("/en/partners/mine/").text
    own = client.get(f"/en/commitments/own/{words['public']}/").text
    desk = client.get("/en/desk/").text

    assert f"/mine/{words['member']}/profile/" not in mine
    assert "It is completed" not in own
    assert "Tell how it goes" not in own
    assert "Finish the draft" not in desk


def test_larger_role():
    assert Role.larger(Role.MEMBER, Role.EDITOR) == Role.EDITOR
    assert Role.larger(Role.OWNER, Role.EDITOR) == Role.OWNER
