import pytest
import time_machine

from partnership.organisations import starter
from partnership.organisations.business_id import validate
from partnership.organisations.models import Membership, Organisation, Renewal, Representative
from portal.accounts.starter import email_of
from portal.mail.models import Letter
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def load():
    steps = []
    starter.load(lambda done, total: steps.append((done, total)))
    return steps


def test_ten_members_and_two_applications_all_marked_as_examples():
    assert load()[-1] == (12, 12)

    assert Organisation.objects.filter(example=True).count() == 12
    assert Organisation.objects.members().count() == 10
    assert Membership.objects.waiting().count() == 2
    for organisation in Organisation.objects.all():
        validate(organisation.business_id)
        assert "esimerkki" in organisation.name_fi.lower()


def test_loading_again_changes_nothing():
    load()
    organisation = Organisation.objects.first()
    organisation.name_fi = "Muutettu"
    organisation.save()

    load()

    assert Organisation.objects.count() == Membership.objects.count() == 12
    assert Organisation.objects.get(pk=organisation.pk).name_fi == "Muutettu"


def test_demo_accounts_act_for_the_first_two():
    people = ("org_owner", "org_member", "other_org_owner", "programme")
    for key in people:
        UserFactory(email=email_of(key))

    load()

    acting = Representative.objects.order_by("pk").values_list(
        "user__email", "role", "organisation__slug"
    )
    assert list(acting) == [
        (email_of("org_owner"), "owner", "esimerkkilan-kunta"),
        (email_of("org_member"), "member", "esimerkkilan-kunta"),
        (email_of("other_org_owner"), "owner", "mallsund"),
    ]


@time_machine.travel("2026-11-15T12:00:00+02:00", tick=False)
def test_one_example_is_asked_to_go_on_without_a_letter():
    owner = UserFactory(email=email_of("org_owner"))
    starter.load_periods()
    load()

    asked = Renewal.objects.get()
    assert asked.membership.organisation.slug == "esimerkkilan-kunta"
    assert [asked.membership.period.starts.year, asked.period.starts.year] == [2025, 2027]
    assert not Letter.objects.filter(to=owner.email, template__contains="renewal").exists()
