"""Certificates: given once, checked by their address, showing what their holder allows."""

import subprocess
from datetime import date, timedelta
from io import BytesIO

import pikepdf
import pytest
import segno
from django.core.cache import cache
from django.utils import timezone

from content.certificates import paper, views
from content.certificates.models import Certificate
from content.certificates.services import issue
from content.certificates.standing import Standing, standings
from content.skills.services.certificates import taught
from portal.caching import fragments
from portal.languages import in_language
from portal.personal import Person, Personal
from portal.resources import having
from tests import services
from tests.factories.accounts import UserFactory
from tests.factories.courses import CourseFactory, lesson_of
from tests.factories.law import ActFactory, SectionFactory, SectionVersionFactory

pytestmark = pytest.mark.django_db
TITLES = {"fi": "Kurssi", "sv": "Kurs", "en": "Course"}
ACTS = [{"act": "681/2023", "titles": TITLES, "amended_to": "70/2026", "sections": {}}]


@pytest.fixture
def holder(client):
    user = UserFactory(first_name="Testa", last_name="Holder", language="en")
    client.force_login(user)
    return user


def given(holder, **fields):
    fields = {"about_key": "one", "titles": TITLES, "on": date(2026, 11, 2), "acts": ACTS} | fields
    return issue("course", holder, **fields)


def test_it_is_given_once_and_a_renewal_keeps_its_code(holder):
    first = given(holder)
    again = given(holder, on=date(2026, 12, 1))
    assert (again.pk, again.on) == (first.pk, date(2026, 11, 2))

    renewed = given(holder, on=date(2026, 12, 1), round=2)

    assert (renewed.pk, renewed.code, renewed.on) == (first.pk, first.code, date(2026, 12, 1))
    assert Certificate.objects.count() == 1
    assert len(first.code) >= 24


def test_its_page_shows_what_the_holder_allows(client, holder):
    certificate = given(holder)
    address = certificate.get_absolute_url()
    client.logout()
    answer = client.get(address, headers={"accept-language": "sv"})
    words = answer.content.decode()
    assert "Kurs" in words
    assert "70/2026" in words
    assert "Holder" not in words
    assert holder.email not in words
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert answer.headers["Content-Language"] == "sv"

    client.force_login(holder)
    client.post(f"/en/my-learning/{certificate.pk}/", {"open": "on", "shows_name": "on"})
    client.logout()
    assert "Testa Holder" in client.get(address).content.decode()


def test_unknown_and_closed_addresses_answer_alike(client, holder):
    certificate = given(holder)
    client.post(f"/en/my-learning/{certificate.pk}/", {})
    client.logout()
    closed = client.get(certificate.get_absolute_url())
    unknown = client.get("/certificates/AAAAAAAAAAAAAAAAAAAAAAAA/")
    assert closed.status_code == unknown.status_code == 404
    alike = [
        one.content.decode().split("<main")[1].split("</main>")[0] for one in (closed, unknown)
    ]
    assert alike[0] == alike[1]


def test_a_network_that_tries_addresses_is_stopped(client, holder, monkeypatch):
    cache.clear()
    fragments.cache.clear()
    monkeypatch.setattr(views, "MOST", 3)
    certificate = given(holder)
    tried = [client.get(f"/certificates/guess{n}/").status_code for n in range(4)]
    assert tried == [404, 404, 404, 429]
    assert client.get(certificate.get_absolute_url()).status_code == 429


def test_only_its_holder_changes_it_and_gets_the_file(client, holder):
    other = given(UserFactory())
    assert client.get(f"/en/my-learning/{other.pk}.pdf").status_code == 404
    assert client.post(f"/en/my-learning/{other.pk}/", {}).status_code == 404
    other.refresh_from_db()
    assert other.open


def test_its_file_is_tagged_and_has_its_address_as_a_code(client, holder):
    certificate = given(holder, minutes=90)
    answer = client.get(f"/en/my-learning/{certificate.pk}.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    with pikepdf.open(BytesIO(answer.content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.Lang == "en"
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
    address = f"https://portal.example.org{certificate.get_absolute_url()}"
    expected = segno.make(address, error="q", micro=False).matrix
    assert paper.qr(address).matrix == expected
    assert paper.qr(f"{address}x").matrix != expected


@pytest.mark.verapdf
def test_its_file_is_pdf_ua(holder, tmp_path):
    file = tmp_path / "certificate.pdf"
    with in_language("sv"):
        file.write_bytes(paper.as_pdf(given(holder, minutes=90)))
    command = ["java", "-cp", f"{services.verapdf()}/*"]
    command += ["org.verapdf.apps.GreenfieldCliWrapper", "-f", "ua1", "--format", "text", file]

    told = subprocess.run(command, capture_output=True, text=True, check=False)

    assert told.stdout.startswith("PASS"), told.stdout + told.stderr


def test_its_code_on_paper_is_of_its_own_address(holder, monkeypatch):
    certificate = given(holder)
    asked, made = [], paper.qr

    def qr(address):
        asked.append(address)
        return made(address)

    monkeypatch.setattr(paper, "qr", qr)
    with in_language("sv"):
        paper.as_pdf(certificate)
    assert len(asked) == 1
    assert asked[0].endswith(certificate.get_absolute_url())


def test_my_learning_has_it_and_its_queries_do_not_grow(
    client, holder, django_assert_max_num_queries
):
    given(holder)
    assert "Course" in client.get("/en/my-learning/").content.decode()
    for number in range(20):
        given(holder, about_key=f"more {number}")
    with django_assert_max_num_queries(20):
        assert client.get("/en/my-learning/").content.decode().count("<h3>") == 21


def test_it_is_exported_and_erased_with_its_holder():
    holder = UserFactory()
    given(holder)
    [held] = having(Personal)["certificate"].held
    person = Person(holder, (holder.email,))
    [row] = held.exported(person)
    assert row["titles"] == TITLES
    held.erase(person)
    assert not Certificate.objects.exists()


def test_a_course_says_what_was_taught_and_that_the_law_has_changed(holder):
    act = ActFactory(number=681, year=2023, consolidated_to="70/2026")
    section = SectionFactory(act=act, number="14")
    course = CourseFactory()
    body = [{"type": "law", "value": {"sections": [section.pk], "chapters": [], "acts": []}}]
    lesson_of(course, body=body)
    acts = taught(course)
    assert [(one["act"], one["amended_to"]) for one in acts] == [("681/2023", "70/2026")]
    assert list(acts[0]["sections"].values()) == ["14"]

    today = timezone.localdate()
    certificate = given(holder, acts=acts, on=today - timedelta(days=2))
    assert standings([certificate])[certificate.pk] == Standing.VALID
    wording = SectionVersionFactory(section=section, valid_from=today + timedelta(days=1))
    assert standings([certificate])[certificate.pk] == Standing.VALID
    wording.valid_from = today
    wording.save()
    assert standings([certificate])[certificate.pk] == Standing.WRITING
