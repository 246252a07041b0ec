"""The file of what an organisation owns: taken out, read into an empty portal, and out again."""

import csv
import io
import json
import re
import zipfile

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from PIL import Image

from law.models import Section
from partnership.commitments.models import Commitment, Share
from partnership.commitments.services import reports
from partnership.organisations.importing import Refused, load
from partnership.organisations.models import Membership, Organisation, Representative
from partnership.organisations.owned import export, models_of_the_partnership, tables
from portal.media.models import Attachment, PortalImage
from tests.factories.commitments import CommitmentFactory
from tests.factories.law import SectionFactory
from tests.factories.partnership import (
    MembershipFactory,
    OrganisationFactory,
    RepresentativeFactory,
)
from tests.factories.places import AreaFactory
from tests.factories.topics import TopicFactory

pytestmark = pytest.mark.django_db
ROOMS = ("organisations", "programme", "commitments")


@pytest.fixture
def taken(tmp_path, settings):
    """A member with a picture, a commitment with a partner, reports and a moved milestone."""
    settings.MEDIA_ROOT = tmp_path / "media"
    organisation = MembershipFactory(status=Membership.Status.ACTIVE).organisation
    organisation.areas.set([AreaFactory(), AreaFactory()])
    organisation.topics.set([TopicFactory()])
    organisation.logo = _picture()
    organisation.save(update_fields=["logo"])
    commitment = CommitmentFactory(organisation=organisation, state="published")
    commitment.areas.set(organisation.areas.all()[:1])
    commitment.section_links.create(section=SectionFactory(number="14"))
    organisation.contacts.create(role="media", email="press@example.org")
    partner = OrganisationFactory(name_fi="Kumppani ry")
    Share.objects.create(commitment=commitment, organisation=partner, text="Rooms.")
    share = commitment.shares.get(leads=True)
    milestone = commitment.milestones.first()
    owner = organisation.representatives.get().user
    reports.tell(share, progress="moved", milestone=milestone, due="2028-05", by=owner)
    told = reports.tell(share, progress="on-track", sentence="Twelve began; ”ä” – 1/2.", by=owner)
    told.attachment = Attachment.objects.create(
        file=ContentFile(b"what was done", name="photo.txt"), name="photo.txt", size=13
    )
    told.save(update_fields=["attachment"])
    return organisation


def _picture():
    from_disk = io.BytesIO()
    Image.new("RGB", (80, 60), "navy").save(from_disk, "PNG")
    return PortalImage.objects.create(
        title="logo", file=ContentFile(from_disk.getvalue(), name="logo.png")
    )


def pages_of(client, organisation):
    addresses = [organisation.get_absolute_url(), f"/api/v1/organisations/{organisation.slug}"]
    for commitment in Commitment.objects.filter(organisation=organisation):
        addresses += [commitment.get_absolute_url(), f"/api/v1/commitments/{commitment.pk}"]
    addresses += [reverse("commitments:index"), reverse("organisations:index")]
    return {address: client.get(address).content for address in addresses}


def forget(organisation):
    """The portal as it was before the organisation and its partners came."""
    Commitment.objects.filter(organisation=organisation).delete()
    PortalImage.objects.all().delete()
    Attachment.objects.all().delete()
    Organisation.objects.all().delete()


def written(package, path):
    path.write_bytes(package.as_zip())
    return path


def test_in_an_empty_portal_it_gives_the_same_pages_and_the_same_file(client, taken, tmp_path):
    before = pages_of(client, taken)
    first = export(taken).as_zip()
    (tmp_path / "own.zip").write_bytes(first)
    forget(taken)
    assert client.get(taken.get_absolute_url()).status_code == 404

    call_command("import_organisation", tmp_path / "own.zip")

    again = Organisation.objects.get(business_id=taken.business_id)
    assert export(again).as_zip() == first
    after = pages_of(client, again)
    assert after.keys() == before.keys()
    for address, page in before.items():
        assert comparable(after[address]) == comparable(page), address
    with Attachment.objects.get().file.open() as file:
        assert file.read() == b"what was done"
    assert not again.representatives.exists()
    assert client.get(reverse("organisations:detail", args=["kumppani-ry"])).status_code == 404


def comparable(page: bytes) -> str:
    """A page without the names of pictures that were written anew."""
    return re.sub(r"/images/[^\s\"]+", "", page.decode())


def test_the_same_rows_stand_in_json_and_csv(taken):
    archive = zipfile.ZipFile(io.BytesIO(export(taken).as_zip()))
    manifest = json.loads(archive.read("manifest.json"))
    assert (manifest["format"], manifest["version"]) == ("portal-organisation", 1)
    for name, count in manifest["tables"].items():
        rows = json.loads(archive.read(f"{name}.json"))
        lines = list(csv.DictReader(io.StringIO(archive.read(f"{name}.csv").decode("utf-8-sig"))))
        assert len(rows) == len(lines) == count, name
    [section] = json.loads(archive.read("commitments.commitmentsection.json"))
    assert section["section"] == str_of(Section.objects.get())


def str_of(section):
    return f"{section.act.number}/{section.act.year}/{section.number}"


def test_nothing_in_a_csv_begins_a_formula(taken):
    Organisation.objects.filter(pk=taken.pk).update(description_fi="=HYPERLINK(1)")
    archive = zipfile.ZipFile(io.BytesIO(export(Organisation.objects.get(pk=taken.pk)).as_zip()))
    assert b",=HYPERLINK" not in archive.read("organisations.organisation.csv")


def test_nobody_is_named(taken):
    owner = taken.representatives.get().user
    content = export(taken)
    assert owner.email not in json.dumps(content.rows)
    assert owner.last_name not in json.dumps(content.rows)


def test_every_model_of_the_partnership_is_owned_or_left_for_a_reason():
    known = set(models_of_the_partnership())
    models = [model for room in ROOMS for model in apps.get_app_config(room).get_models()]
    assert [model._meta.label for model in models if model not in known] == []


@pytest.mark.parametrize(
    ("table", "column", "value", "said"),
    [
        ("organisations.organisation", "kind", "circus", "one of municipality"),
        ("organisations.organisation", "business_id", "1234567-0", "business_id"),
        ("organisations.organisation", "areas", ["KU999"], "a known"),
        ("organisations.organisation", "website", "gopher://x", "website"),
        ("commitments.commitmentsection", "section", "1/1900/1", "a known"),
        ("commitments.milestone", "commitment", 987654, "the id of a row of"),
        ("commitments.report", "at", "yesterday", "at"),
        ("commitments.report", "shoe", "1", "no such column"),
    ],
)
def test_a_fault_is_named_and_nothing_is_imported(taken, tmp_path, table, column, value, said):
    package = export(taken)
    package.rows[table][0][column] = value
    forget(taken)
    with pytest.raises(Refused) as refused:
        load(written(package, tmp_path / "own.zip"))
    assert f"{table} row 1, {column}" in str(refused.value)
    assert said in str(refused.value)
    assert not Organisation.objects.exists()
    assert not Commitment.objects.exists()


def test_what_is_here_already_is_refused(taken, tmp_path):
    path = written(export(taken), tmp_path / "own.zip")
    with pytest.raises(CommandError, match=r"business_id.*not here yet"):
        call_command("import_organisation", path)
    assert Commitment.objects.count() == 1


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04nothing", b"business_id;name"])
def test_what_is_no_such_file_is_refused(tmp_path, content):
    path = tmp_path / "own.zip"
    path.write_bytes(content)
    with pytest.raises(CommandError, match="Nothing was imported"):
        call_command("import_organisation", path)


def test_another_version_is_refused(taken, tmp_path, monkeypatch):
    monkeypatch.setattr("partnership.organisations.owned.VERSION", 2)
    path = written(export(taken), tmp_path / "own.zip")
    with pytest.raises(Refused, match="version 1"):
        load(path)


def test_a_partner_that_came_by_name_comes_with_its_own_file_later(taken, tmp_path):
    partner = Organisation.objects.get(name_fi="Kumppani ry")
    both = [written(export(one), tmp_path / f"{one.pk}.zip") for one in (taken, partner)]
    forget(taken)
    for path in both:
        load(path)
    assert Organisation.objects.count() == 2


def test_owners_take_it_from_their_page(client, taken):
    owner = taken.representatives.get().user
    client.force_login(owner)
    address = reverse("organisations:export", args=[taken.slug])
    assert address in client.get(reverse("organisations:mine")).text
    answer = client.get(address)
    assert answer.content == export(taken).as_zip()
    assert answer.headers["Cache-Control"] == "no-store"
    member = RepresentativeFactory(organisation=taken, role=Representative.Role.MEMBER).user
    client.force_login(member)
    assert client.get(address).status_code == 403
    assert address not in client.get(reverse("organisations:mine")).text


def test_the_command_writes_the_file(taken, tmp_path):
    call_command("export_organisation", taken.business_id, tmp_path / "own.zip")
    assert (tmp_path / "own.zip").read_bytes() == export(taken).as_zip()
    with pytest.raises(CommandError, match="There is no organisation"):
        call_command("export_organisation", "nobody", tmp_path / "none.zip")


def test_tables_stand_after_those_that_their_keys_lead_to():
    passed: set = set()
    for table in tables():
        own = {one.model for one in tables()}
        for column in table.columns:
            if column.is_relation and column.related_model in own - {table.model}:
                assert column.related_model in passed, table.name
        passed.add(table.model)
