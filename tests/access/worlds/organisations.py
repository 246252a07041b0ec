from partnership.organisations.models import (
    ConfirmationAsk,
    EmailDomain,
    HandOver,
    Membership,
    Renewal,
    Representative,
)
from portal.places.models import Area
from tests.factories.accounts import UserFactory
from tests.factories.partnership import (
    InvitationFactory,
    JoinRequestFactory,
    MembershipFactory,
    OrganisationFactory,
    PeriodFactory,
    RepresentativeFactory,
)
from tests.factories.places import AreaFactory
from tests.factories.topics import TopicFactory

Status = Membership.Status


def build(people):
    """A member and an applicant of org_owner and org_member, and one of other_org_owner."""
    for role in ("org_owner", "org_member", "other_org_owner"):
        people.setdefault(role, UserFactory())
    values = {}
    TopicFactory()
    for word, status in (
        ("partner", Status.ACTIVE),
        ("applicant", Status.APPLIED),
        ("returned", Status.RETURNED),
        ("ended", Status.ENDED),
    ):
        organisation = OrganisationFactory(slug=word)
        MembershipFactory(organisation=organisation, status=status, owner=people["org_owner"])
        RepresentativeFactory(
            organisation=organisation,
            user=people["org_member"],
            role=Representative.Role.MEMBER,
        )
        values[word] = word
    partner = Representative.objects.filter(organisation__slug="partner")
    other = MembershipFactory(
        organisation__slug="other", status=Status.ACTIVE, owner=people["other_org_owner"]
    ).organisation
    invitation = InvitationFactory(
        organisation=partner[0].organisation, email=people["member"].email
    )
    renewal = Renewal.objects.create(
        membership=partner[0].organisation.memberships.get(), period=PeriodFactory()
    )
    asked = JoinRequestFactory(organisation=partner[0].organisation, user=people["member"])
    return values | {
        "partner_number": partner[0].organisation.business_id,
        "asked_pk": asked.pk,
        "hand_over": HandOver.objects.create(
            organisation=partner[0].organisation, cause=HandOver.Cause.LEFT
        ).token,
        "domain_pk": EmailDomain.objects.create(
            organisation=partner[0].organisation, domain="partner.example.org"
        ).pk,
        "other_asked_pk": JoinRequestFactory(organisation=other).pk,
        "other": "other",
        "owner_pk": partner.owners().get().pk,
        "other_owner_pk": other.representatives.get().pk,
        "invitation_pk": invitation.pk,
        "other_invitation_pk": InvitationFactory(organisation=other).pk,
        "token": invitation.token,
        "renewing": "partner",
        "renewal_key": renewal.key_for(people["org_owner"]),
        "body": AreaFactory(kind=Area.Kind.MUNICIPALITY, name_fi="Example").key,
        "entry_key": ConfirmationAsk.objects.create(
            organisation=partner[0].organisation, to=people["org_owner"]
        ).key,
    }
