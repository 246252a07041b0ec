"""Two records of an organisation become one, with all that names either of them."""

import uuid
from datetime import date, timedelta
from itertools import count

import pytest
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from partnership.commitments.models import Confirmation, Share
from partnership.organisations import merging as walk
from partnership.organisations.errors import CannotMerge, TwoMemberships
from partnership.organisations.models import FormerAddress, Membership, Organisation, Period
from partnership.organisations.services import memberships, merging
from portal.mail.models import Letter
from portal.notifications.models import Event, Follow
from portal.notifications.services import follow
from portal.places.models import Area
from tests.factories.accounts import UserFactory
from tests.factories.commitments import CommitmentFactory
from tests.factories.partnership import (
    InvitationFactory,
    MembershipFactory,
    OrganisationFactory,
    PeriodFactory,
    RepresentativeFactory,
)
from tests.factories.places import AreaFactory

pytestmark = pytest.mark.django_db
Status = Membership.Status
MERGE = "/cms/organisations/merge/"
DAYS = count()


@pytest.fixture
def kept():
    return OrganisationFactory(slug="kept", name_fi="Kept")


@pytest.fixture
def gone():
    return OrganisationFactory(slug="gone", name_fi="Gone")


@pytest.fixture
def by(people):
    return people["programme"]


def value_for(field):
    """Something that a column takes, by its kind; each day is later than the one before."""
    if isinstance(field, models.ForeignKey):
        return made(field.related_model)
    if isinstance(field, models.UUIDField):
        return uuid.uuid4()
    if isinstance(field, models.FileField):
        return "file.txt"
    if field.choices:
        return field.choices[0][0]
    if isinstance(field, models.EmailField):
        return f"{uuid.uuid4().hex[:8]}@example.org"
    if isinstance(field, models.DateTimeField):
        return timezone.now() + timedelta(days=next(DAYS))
    if isinstance(field, models.DateField):
        return date(2030, 1, 1) + timedelta(days=next(DAYS))
    if isinstance(field, (models.CharField, models.TextField)):
        return uuid.uuid4().hex[: field.max_length or 8]
    if isinstance(field, models.JSONField):
        return {}
    if isinstance(field, models.BooleanField):
        return True
    return 1


def made(model, **given):
    """A row of any model, with what must be there and no more."""
    if model is Organisation:
        return OrganisationFactory()
    if model is Area:
        return AreaFactory()
    if model is Period:
        return Period.objects.first() or PeriodFactory()
    row = model(**given)
    for field in model._meta.concrete_fields:
        has_default = field.has_default() or getattr(field, "auto_now_add", False)
        named = {field.name, field.attname} & given.keys()
        blank = field.null or (field.blank and not isinstance(field, models.EmailField))
        if named or field.primary_key or has_default or blank:
            continue
        setattr(row, field.name, value_for(field))
    models.Model.save(row)
    return row


def copied(row, field, kept):
    """The same row of the other organisation, where the database lets both stand."""
    twin = type(row)(
        **{each.attname: getattr(row, each.attname) for each in row._meta.concrete_fields}
    )
    twin.pk = None
    setattr(twin, field.name, kept)
    for each in row._meta.concrete_fields:
        if each.unique and not each.primary_key and each.name != field.name:
            setattr(twin, each.name, value_for(each))
    try:
        with transaction.atomic():
            models.Model.save(twin)
    except IntegrityError:
        return None
    return twin


def named(field):
    return f"{field.model._meta.label}.{field.name}"


KEYS = [field for field in walk.columns() if not field.model._meta.auto_created]


def test_the_walk_sees_every_room():
    found = {named(field) for field in walk.columns()}

    assert {
        "organisations.Membership.organisation",
        "organisations.Representative.organisation",
        "organisations.Invitation.organisation",
        "organisations.FormerAddress.organisation",
        "commitments.Commitment.organisation",
        "commitments.Share.organisation",
        "commitments.Entry.organisation",
        "questions.Question.organisation",
    } <= found


@pytest.mark.parametrize("field", KEYS, ids=named)
def test_each_row_that_names_an_organisation_goes_over(field, kept, gone, by):
    row = made(field.model, **{field.name: gone})

    merging.merge(kept, gone, by=by)

    row.refresh_from_db()
    assert getattr(row, field.attname) == kept.pk


@pytest.mark.parametrize("field", KEYS, ids=named)
def test_where_both_have_the_same_row_one_is_left(field, kept, gone, by):
    row = made(field.model, **{field.name: gone})
    if copied(row, field, kept) is None:
        pytest.skip("the database takes no such row twice")
    chosen = kept.memberships.first()

    merging.merge(kept, gone, by=by, membership=chosen)

    assert field.model._base_manager.filter(**{field.name: kept}).exists()
    assert not Organisation.objects.filter(slug="gone").exists()


class TestHistory:
    def test_areas_and_themes_of_both_once(self, kept, gone, by):
        one, other = AreaFactory(), AreaFactory()
        kept.areas.set([one])
        gone.areas.set([one, other])

        merging.merge(kept, gone, by=by)

        assert set(kept.areas.all()) == {one, other}

    def test_the_log_of_both_and_what_the_other_said(self, kept, gone, by):
        log(gone, "organisations.edit", user=by)
        merging.merge(kept, gone, by=by)

        entries = ModelLogEntry.objects.filter(object_id=str(kept.pk))
        assert {"organisations.edit", "organisations.merge"} <= {one.action for one in entries}
        said = entries.get(action="organisations.merge").data["merged"]
        assert said["name_fi"] == "Gone" and said["business_id"] and said["description_fi"]

    def test_people_of_both_with_the_larger_role(self, kept, gone, by):
        person = RepresentativeFactory(organisation=kept, role="member").user
        RepresentativeFactory(organisation=gone, user=person, role="owner")
        RepresentativeFactory(organisation=gone, role="editor")

        merging.merge(kept, gone, by=by)

        assert sorted(kept.representatives.values_list("role", flat=True)) == ["editor", "owner"]

    def test_invitations_stay_and_one_letter_waits(self, kept, gone, by):
        for organisation in (kept, gone):
            InvitationFactory(organisation=organisation, email="asked@example.org")
        merging.merge(kept, gone, by=by)

        assert kept.invitations.count() == 2
        assert kept.invitations.unanswered().count() == 1

    def test_followers_and_events_are_led_on(self, kept, gone, by):
        both, one = UserFactory(), UserFactory()
        for person, slug in ((both, "kept"), (both, "gone"), (one, "gone")):
            follow(person, ("organisation", slug))
        Event.objects.create(
            key="organisation:renamed",
            kind="renamed",
            thing_kind="organisation",
            thing="gone",
            targets=[["organisation", "gone"], ["area", "KU990"]],
        )
        merging.merge(kept, gone, by=by)

        follows = Follow.objects.filter(kind="organisation")
        assert set(follows.values_list("subject", "follower__user")) == {
            ("kept", both.pk),
            ("kept", one.pk),
        }
        event = Event.objects.get(key="organisation:renamed")
        assert event.thing == "kept"
        assert event.targets == [["organisation", "kept"], ["area", "KU990"]]

    def test_shares_of_one_commitment_become_one(self, kept, gone, by):
        commitment = CommitmentFactory(organisation=kept)
        Share.objects.filter(commitment=commitment).delete()
        Share.objects.create(commitment=commitment, organisation=kept, text="Ours")
        other = Share.objects.create(
            commitment=commitment, organisation=gone, text="Theirs", leads=True
        )
        report = other.reports.create(progress="stuck")

        merging.merge(kept, gone, by=by)

        share = commitment.shares.get()
        assert (share.organisation, share.leads) == (kept, True)
        assert "Ours" in share.text and "Theirs" in share.text
        assert share.reports.get() == report and share.progress == "stuck"

    def test_of_two_words_on_one_result_the_answer_stays(self, kept, gone, by):
        report = Share.objects.get(commitment=CommitmentFactory()).reports.create(progress="done")
        said = {"report": report, "answer": "confirmed", "answered_at": timezone.now()}
        Confirmation.objects.create(report=report, organisation=kept)
        answered = Confirmation.objects.create(organisation=gone, **said)
        merging.merge(kept, gone, by=by)

        word = Confirmation.objects.get()
        assert (word.pk, word.organisation) == (answered.pk, kept)

    def test_its_own_word_is_no_partner_s(self, kept, gone, by):
        commitment = CommitmentFactory(organisation=kept)
        commitment.shares.update(organisation=kept)
        report = commitment.shares.get().reports.create(progress="done")
        Confirmation.objects.create(report=report, organisation=gone, answer="confirmed")
        merging.merge(kept, gone, by=by)

        assert not Confirmation.objects.exists() and commitment.shares.get().reports.exists()


class TestAddresses:
    def test_the_old_address_leads_on(self, client, kept, gone, by):
        MembershipFactory(organisation=kept, status=Status.ACTIVE)
        place = client.get(kept.get_absolute_url()).status_code
        merging.merge(kept, gone, by=by)
        response = client.get("/en/partners/gone/")

        assert place == 200 and response.status_code == 301
        assert response["Location"] == "/en/partners/kept/"
        assert client.get("/api/v1/organisations/gone").json()["item"]["slug"] == "kept"

    def test_not_to_what_the_reader_may_not_know_of(self, client, kept, gone, by):
        merging.merge(kept, gone, by=by)

        assert client.get("/en/partners/gone/").status_code == 404

    def test_addresses_of_addresses_lead_on_too(self, kept, gone, by):
        third = OrganisationFactory(slug="third")
        merging.merge(gone, third, by=by)
        merging.merge(kept, gone, by=by)

        assert set(FormerAddress.objects.values_list("slug", "organisation")) == {
            ("gone", kept.pk),
            ("third", kept.pk),
        }

    def test_no_new_organisation_takes_it(self, kept, gone, by):
        merging.merge(kept, gone, by=by)

        assert memberships.free_slug(OrganisationFactory.build(name_fi="Gone")) != "gone"


class TestTwoMemberships:
    @pytest.fixture
    def both(self, kept, gone):
        return (
            MembershipFactory(organisation=kept, status=Status.ACTIVE),
            MembershipFactory(organisation=gone, status=Status.APPLIED),
        )

    def test_are_refused_until_one_is_chosen_and_nothing_moves(self, both, kept, gone, by):
        with pytest.raises(TwoMemberships):
            merging.merge(kept, gone, by=by)

        assert gone.memberships.count() == 1 and not FormerAddress.objects.exists()

    @pytest.mark.parametrize("chosen", [0, 1])
    def test_the_other_ends(self, both, kept, gone, by, chosen):
        merging.merge(kept, gone, by=by, membership=both[chosen])

        assert kept.memberships.open().get() == both[chosen]
        assert kept.memberships.count() == 2

    def test_an_ended_one_is_no_hindrance(self, kept, gone, by):
        MembershipFactory(organisation=kept, status=Status.ACTIVE)
        MembershipFactory(organisation=gone, status=Status.ENDED)
        merging.merge(kept, gone, by=by)

        assert kept.memberships.count() == 2

    def test_an_organisation_is_not_merged_with_itself(self, kept, by):
        with pytest.raises(CannotMerge):
            merging.merge(kept, kept, by=by)


class TestTheDesk:
    @pytest.fixture
    def pair(self, kept, gone):
        return {"kept": kept.pk, "gone": gone.pk}

    def test_shows_what_moves_and_changes_nothing(self, client, pair, gone, by):
        RepresentativeFactory(organisation=gone)
        client.force_login(by)
        page = client.get(MERGE, pair).content.decode()

        assert "Representatives: 1" in page
        assert Organisation.objects.filter(pk=gone.pk).exists()

    def test_merges_and_tells_everybody_who_acts_for_them(self, client, pair, gone, by):
        owner = RepresentativeFactory(organisation=gone, user=UserFactory(language="fi")).user
        client.force_login(by)

        assert client.post(MERGE, pair).status_code == 302
        letter = Letter.objects.get(template="organisations/merged")
        assert (letter.to, letter.language) == (owner.email, "fi")

    def test_asks_which_of_two_memberships_goes_on(self, client, pair, kept, gone, by):
        for organisation in (kept, gone):
            MembershipFactory(organisation=organisation, status=Status.ACTIVE)
        client.force_login(by)
        response = client.post(MERGE, pair)

        assert response.status_code == 422
        assert "Which one goes on?" in response.content.decode()
        chosen = gone.memberships.get()
        assert client.post(MERGE, pair | {"membership": chosen.pk}).status_code == 302
        assert kept.memberships.open().get() == chosen

    def test_is_not_for_who_acts_for_one_of_them(self, client, pair, kept, gone, by):
        RepresentativeFactory(organisation=kept, user=by)
        client.force_login(by)

        assert client.post(MERGE, pair).status_code == 422
        assert Organisation.objects.filter(pk=gone.pk).exists()

    def test_is_the_programme_teams_alone(self, client, people):
        client.force_login(people["editor"])

        assert client.get(MERGE).status_code in (302, 403)
