"""What the portal holds of a person: all of it is stated, given out whole, and erased."""

import json
import logging

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import models
from django.urls import reverse
from wagtail.log_actions import log
from wagtail.models import Comment, ModelLogEntry, Page

from partnership.organisations.models import Membership, Representative
from partnership.organisations.services.people import invite
from portal import personal
from portal.accounts.leaving import person_of
from portal.accounts.models import User
from portal.feedback.models import Feedback
from portal.mail.models import Letter, ReceivedMail
from portal.personal import Personal
from portal.resources import ResourceType
from search import queue
from tests.factories.accounts import UserFactory
from tests.factories.canaries import plant, tables_with
from tests.factories.feedback import FeedbackFactory
from tests.factories.partnership import MembershipFactory, RepresentativeFactory

pytestmark = pytest.mark.django_db
ADDRESS = "kanarialintu@example.org"
NAMES = ("kanarialintu", "keltanen")
PASSWORD = "a long enough password"


@pytest.fixture
def person():
    return UserFactory(email=ADDRESS, first_name="Kanarialintu", last_name="Keltanen")


@pytest.fixture
def aviary(person):
    """A row of everything that is held of the person; the words shown, and those that stay."""
    shown, stay = set(), set()
    for _key, held in personal.stated():
        if held.model in (User, Page):
            continue
        for name in held.by:
            if "__" in name:
                continue
            _row, words, staying = plant(held, name, person, ADDRESS)
            shown |= words
            stay |= staying
    Page.objects.filter(depth=1).update(owner=person, locked_by=person)
    return shown, stay


def files() -> set[str]:
    """The names of the files of the storage, without their endings."""
    return {name.rpartition(".")[0] for name in default_storage.listdir("")[1]}


def test_every_key_to_a_person_and_every_address_is_stated_by_a_room():
    assert personal.unstated() == []


def test_a_model_without_a_statement_is_named(monkeypatch):
    stated = [(key, one) for key, one in personal.stated() if one.model is not Feedback]
    monkeypatch.setattr(personal, "stated", lambda: iter(stated))
    assert personal.unstated() == ["feedback.Feedback.email", "feedback.Feedback.closed_by"]


def test_what_stays_can_stay_and_says_why():
    for key, held in personal.stated():
        for name in held.by if held.stays else ():
            field = held.model._meta.get_field(name)
            assert field.null or field.many_to_many or isinstance(field, models.CharField), key
            assert str(held.stays).endswith("."), key


@pytest.mark.proof
def test_the_export_has_every_canary_and_after_the_erasure_none_is_anywhere(
    aviary, person, caplog, django_capture_on_commit_callbacks, record_property
):
    shown, stay = aviary
    record_property("canaries", f"{len(shown)} given out and gone, {len(shown & stay)} stay")
    assert len(shown) > 50
    MembershipFactory(status=Membership.Status.ACTIVE, owner=UserFactory())
    queue.drain()
    document = json.dumps(personal.export(person_of(person)), ensure_ascii=False)
    assert [word for word in shown if word not in document] == []
    assert tables_with(shown)
    assert shown & files()
    with caplog.at_level(logging.DEBUG), django_capture_on_commit_callbacks(execute=True):
        personal.erase(person_of(person))
    queue.drain()
    gone = (shown - stay) | set(NAMES)
    assert tables_with(gone) == {}
    assert not gone & files()
    assert [word for word in gone if word in caplog.text.casefold()] == []


def test_the_words_of_acts_stay(aviary, person):
    _shown, stay = aviary
    personal.erase(person_of(person))
    assert set().union(*tables_with(stay).values()) == stay


def test_an_address_without_an_account_is_given_out_and_erased(capsys):
    row = FeedbackFactory(email="Reader@example.org", text="The page is dark.")
    call_command("export_account", "reader@example.org")
    assert "The page is dark." in capsys.readouterr().out
    call_command("erase_account", "reader@example.org", yes=True)
    assert not Feedback.objects.filter(pk=row.pk).exists()


def test_letters_to_others_no_longer_name_who_was_erased(person):
    member = MembershipFactory(status=Membership.Status.ACTIVE, owner=person).organisation
    RepresentativeFactory(organisation=member)
    invite(member, email="other@example.org", role="member", by=person)
    letter = Letter.objects.get(to="other@example.org")
    assert "Kanarialintu Keltanen" in letter.text
    ReceivedMail.objects.create(
        fingerprint="1", kind="message", sender="third@example.org", text=f"I saw {ADDRESS}"
    )
    personal.erase(person_of(person))
    letter.refresh_from_db()
    assert "Keltanen" not in letter.text and "…" in letter.text
    assert tables_with(NAMES) == {}


def test_an_unconfirmed_address_leads_to_nothing_of_whoever_has_it():
    FeedbackFactory(email="victim@example.org")
    thief = UserFactory(email="thief@example.org")
    thief.emailaddress_set.create(email="victim@example.org", verified=False)
    assert person_of(thief).addresses == ("thief@example.org",)
    personal.erase(person_of(thief))
    assert Feedback.objects.get().email == "victim@example.org"


def test_acts_of_an_organisation_keep_its_name_and_the_role(person):
    organisation = MembershipFactory(status=Membership.Status.ACTIVE, owner=person).organisation
    RepresentativeFactory(organisation=organisation)
    log(organisation, "organisations.edit", user=person)
    personal.erase(person_of(person))
    entry = ModelLogEntry.objects.get(action="organisations.edit")
    assert entry.user_id is None
    assert entry.data == {"organisation": organisation.pk, "acting_as": "owner"}


def test_acts_of_the_service_keep_the_role():
    lawyer = UserFactory(role="lawyer")
    row = FeedbackFactory()
    log(row, "feedback.answer", user=lawyer)
    personal.erase(person_of(lawyer))
    assert ModelLogEntry.objects.get(action="feedback.answer").data == {"acting_as": "lawyer"}


def test_the_last_owner_of_a_member_hands_over_first(person, client):
    organisation = MembershipFactory(status=Membership.Status.ACTIVE, owner=person).organisation
    RepresentativeFactory(organisation=organisation, role=Representative.Role.MEMBER)
    with pytest.raises(personal.MayNotGo):
        personal.erase(person_of(person))
    with pytest.raises(CommandError, match=organisation.name_fi):
        call_command("erase_account", ADDRESS, yes=True)
    client.force_login(person)
    assert "last owner" in client.get(reverse("account_data")).text
    assert User.objects.filter(pk=person.pk).exists()


@pytest.mark.parametrize("status", ["withdrawn", "ended", "declined"])
def test_what_is_no_member_needs_no_owner(person, status):
    organisation = MembershipFactory(status=status, owner=person).organisation
    personal.erase(person_of(person))
    assert not organisation.representatives.exists()


def test_a_refusal_of_a_room_changes_nothing(person, later_room):
    later_room(ResourceType("late", can=(Personal(refuses=lambda who: ["Return the books."]),)))
    with pytest.raises(personal.MayNotGo, match="Return the books"):
        personal.erase(person_of(person))
    assert User.objects.filter(pk=person.pk).exists()


def test_comments_go_from_drafts_too(person):
    page = Page.objects.filter(depth=2).first()
    own = Comment.objects.create(page=page, user=person, text="mine", contentpath="title")
    other = UserFactory()
    content = {
        "wagtail_admin_comments": [
            {"pk": own.pk, "user": person.pk, "text": "mine", "replies": []},
            {"user": other.pk, "text": "theirs", "replies": [{"user": person.pk, "text": "so"}]},
        ]
    }
    revision = page.specific.save_revision()
    type(revision).objects.filter(pk=revision.pk).update(content=content)
    personal.erase(person_of(person))
    revision.refresh_from_db()
    assert revision.content["wagtail_admin_comments"] == [
        {"user": other.pk, "text": "theirs", "replies": []}
    ]


def test_nobody_else_is_named_in_an_export(person):
    organisation = MembershipFactory(status=Membership.Status.ACTIVE, owner=person).organisation
    other = RepresentativeFactory(organisation=organisation).user
    document = json.dumps(personal.export(person_of(person)))
    assert other.email not in document and other.last_name not in document
    assert person.password not in document


def test_the_command_asks_before_it_erases(person, monkeypatch, capsys):
    monkeypatch.setattr("builtins.input", lambda prompt: "no")
    with pytest.raises(CommandError, match="Nothing was erased"):
        call_command("erase_account", ADDRESS)
    assert "goes" in capsys.readouterr().out
    monkeypatch.setattr("builtins.input", lambda prompt: "yes")
    call_command("erase_account", ADDRESS)
    assert not User.objects.filter(pk=person.pk).exists()
    for command in ("export_account", "erase_account"):
        with pytest.raises(CommandError, match="Nothing is held"):
            call_command(command, ADDRESS)


def test_the_export_goes_to_a_file(person, tmp_path):
    plain, packed = tmp_path / "own.json", tmp_path / "own.zip"
    call_command("export_account", ADDRESS.upper(), output=plain)
    call_command("export_account", ADDRESS, output=packed)
    assert json.loads(plain.read_text())["format"] == "portal-person"
    assert packed.read_bytes().startswith(b"PK")


class TestPage:
    @pytest.fixture
    def signed_in(self, client, person):
        client.post(reverse("account_login"), {"login": ADDRESS, "password": PASSWORD})
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
        return client

    def test_says_what_goes_and_what_stays(self, signed_in):
        page = signed_in.get(reverse("account_data"))
        assert page.status_code == 200
        assert "Download your data" in page.text

    def test_gives_all_of_it_in_a_file(self, signed_in):
        answer = signed_in.post(reverse("account_export"))
        assert answer.json()["addresses"] == [ADDRESS]
        assert answer.headers["Content-Disposition"] == 'attachment; filename="my-data.json"'

    def test_erases_when_the_address_was_typed(self, signed_in, person):
        answer = signed_in.post(reverse("account_erase"), {"email": ADDRESS})
        assert answer.status_code == 302
        assert not User.objects.filter(pk=person.pk).exists()
        assert signed_in.get(reverse("account_data")).status_code == 302

    @pytest.mark.parametrize("typed", ["", "other@example.org"])
    def test_a_press_alone_erases_nobody(self, signed_in, person, typed):
        answer = signed_in.post(reverse("account_erase"), {"email": typed})
        assert answer.status_code == 422
        assert User.objects.filter(pk=person.pk).exists()

    @pytest.mark.parametrize("name", ["account_export", "account_erase"])
    def test_both_ask_for_the_password_again(self, client, person, name):
        client.force_login(person)
        answer = client.post(reverse(name), {"email": ADDRESS})
        assert answer.status_code == 302 and "reauthenticate" in answer.url
        assert User.objects.filter(pk=person.pk).exists()
