"""Making one organisation of two records of it: everything of the one goes over to the other."""

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from partnership.organisations import acts, following, letters
from partnership.organisations.errors import CannotMerge, TwoMemberships
from partnership.organisations.merging import OrganisationMerge, move_all
from partnership.organisations.models import FormerAddress, JoinRequest, Membership, Organisation
from partnership.organisations.models.people import Role
from portal.accounts.models import User
from portal.notifications import services as followers
from portal.resources import having
from portal.workflow import lock, transition

Status = Membership.Status
SAID = ("slug", "business_id", "kind", "website", "email", "language")
TEXTS = ("name", "description", "for_whom")


def open_memberships(*organisations: Organisation) -> list[Membership]:
    """The application or membership under way of each, where it has one."""
    return list(Membership.objects.open().filter(organisation__in=organisations))


@transaction.atomic
def merge(
    kept: Organisation, gone: Organisation, *, by: User, membership: Membership | None = None
) -> None:
    """Let all that belongs to `gone` belong to `kept`, and its address lead there.

    Memberships, people, invitations, commitments and shares, questions, followers, the log: every
    row that names it. What it said of itself is kept in the log. TwoMemberships where both have an
    open one and `membership`, the one that goes on, is not chosen; the other then ends.
    CannotMerge where it is the same organisation, or a room has no way to join two of its rows:
    then nothing has happened.
    """
    if kept.pk == gone.pk:
        raise CannotMerge
    lock(kept, gone)
    people = {*kept.representatives.values_list("user", flat=True)}
    people |= {*gone.representatives.values_list("user", flat=True)}
    _end_other(kept, gone, membership, by)
    said = _words(gone)
    for room in having(OrganisationMerge).values():
        room.settle(kept, gone)
    try:
        with transaction.atomic():
            move_all(gone, kept)
    except IntegrityError as error:
        raise CannotMerge from error
    kind = ContentType.objects.get_for_model(Organisation)
    entries = ModelLogEntry.objects.filter(content_type=kind, object_id=str(gone.pk))
    entries.update(object_id=str(kept.pk))
    acts.lead_on(gone.pk, kept.pk)
    followers.lead_on(following.KIND, gone.slug, kept.slug)
    FormerAddress.objects.create(
        slug=gone.slug, organisation=kept, name=gone.name_fi, business_id=gone.business_id
    )
    if gone.logo and not kept.logo:
        kept.logo, gone.logo = gone.logo, None
    gone.delete()
    kept.version += 1
    kept.save(update_fields=["logo", "version"])
    log(kept, "organisations.merge", user=by, data={"merged": said})
    letters.merged(kept, said["name_fi"], User.objects.filter(pk__in=people, is_active=True))


def settle(kept: Organisation, gone: Organisation) -> None:
    """People of both keep the larger role; of two letters, requests and claims one waits on."""
    roles = dict(kept.representatives.values_list("user", "role"))
    for person in gone.representatives.filter(user__in=roles):
        larger = Role.larger(person.role, roles[person.user_id])
        kept.representatives.filter(user=person.user_id).update(role=larger)
        person.delete()
    waiting = {email.lower() for email in _emails(kept)}
    for invitation in gone.invitations.unanswered():
        if invitation.email.lower() in waiting:
            invitation.revoked_at = timezone.now()
            invitation.save(update_fields=["revoked_at"])
    asking = kept.join_requests.waiting().values("user")
    for request in gone.join_requests.waiting().filter(user__in=asking):
        request.state, request.answered_at = JoinRequest.State.WITHDRAWN, timezone.now()
        request.save(update_fields=["state", "answered_at"])
    gone.email_domains.filter(domain__in=kept.email_domains.values("domain")).delete()
    claimed = kept.body_claims.filter(state="waiting").values("body")
    gone.body_claims.filter(state="waiting", body__in=claimed).delete()


def _emails(organisation: Organisation) -> list[str]:
    return list(organisation.invitations.unanswered().values_list("email", flat=True))


def _end_other(
    kept: Organisation, gone: Organisation, membership: Membership | None, by: User
) -> None:
    """Of two open memberships the one that was not chosen ends, before its row goes over."""
    found = open_memberships(kept, gone)
    if len(found) < 2:
        return
    if membership not in found:
        raise TwoMemberships
    other = next(one for one in found if one != membership)
    now = timezone.now()
    if other.can_become(Status.ENDED):
        transition(other, Status.ENDED, "organisations.end", by=by, ended_at=now)
    else:
        transition(other, Status.WITHDRAWN, "organisations.withdraw", by=by, withdrawn_at=now)


def _words(organisation: Organisation) -> dict[str, str]:
    texts = [f"{name}_{language}" for name in TEXTS for language in ("fi", "sv", "en")]
    return {name: getattr(organisation, name) for name in (*SAID, *texts)}
