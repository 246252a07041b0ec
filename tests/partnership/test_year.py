"""An organisation's year for its board: the same on a page and as PDF, for its people alone."""

import re
import subprocess
from datetime import date

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone, translation

from partnership.commitments.services import confirmations, reports
from partnership.organisations.models import Membership
from partnership.organisations.year import days_of
from tests import services
from tests.factories.accounts import UserFactory
from tests.factories.commitments import CommitmentFactory, ReportFactory
from tests.factories.law import AmendmentEffectFactory, SectionFactory
from tests.factories.partnership import MembershipFactory
from tests.printing.samples import opened, tags
from tests.queries import queries_of_page

pytestmark = pytest.mark.django_db
NOW = "2027-06-15T12:00:00+03:00"


@pytest.fixture
def organisation(client):
    """A member whose commitment told twice, moved one step and reached it; seen by its owner."""
    with time_machine.travel(NOW, tick=False):
        made = MembershipFactory(
            status=Membership.Status.ACTIVE, organisation__name_fi="Järjestö ry"
        ).organisation
        commitment = CommitmentFactory(organisation=made, title="Forty traineeships")
        section = SectionFactory(number="14")
        commitment.section_links.create(section=section)
        AmendmentEffectFactory(section=section, day=date(2027, 3, 1))
        earlier = SectionFactory(number="15", act=section.act)
        commitment.section_links.create(section=earlier)
        AmendmentEffectFactory(section=earlier, day=date(2026, 3, 1))
        share, step = commitment.shares.get(), commitment.milestones.get()
        reports.tell(share, progress="moved", milestone=step, due="2028-05", by=None)
        reports.tell(share, progress="done", sentence="All began.", milestone=step, by=None)
        client.force_login(made.representatives.get().user)
        yield made


def address(organisation, name="year", language="en"):
    with translation.override(language):
        return reverse(f"organisations:{name}", args=[organisation.slug])


def read(client, path):
    """The page with plain spaces."""
    return client.get(path).text.replace("\xa0", " ")


def parts(page):
    """The anchors of the page's parts, of which each is set as running text."""
    return re.findall(r'<h2 id="([\w-]+)">', page)


def test_tells_of_commitments_reports_milestones_people_and_the_law(client, organisation):
    page = read(client, address(organisation))
    for words in (
        "Our year 2027",
        "Forty traineeships",
        "All began.",
        "moved from",
        "May 2028",
        "milestone reached",
        "Section 14 was amended on 1 March 2027",
        "Member",
        str(organisation.representatives.get().user),
    ):
        assert words in page
    assert "1 March 2026" not in page
    assert all(f'<section class="prose" aria-labelledby="{part}">' in page for part in parts(page))


def test_each_report_says_who_vouches_for_it(client, organisation):
    _first, last = organisation.commitments.get().shares.get().reports.order_by("pk")
    confirmations.assess(last, answer="confirmed", words="We were there.", by=UserFactory())

    page = read(client, address(organisation))

    assert page.count(">Own report</td>") == 1
    assert page.count(">Assessed by the programme</td>") == 1


def test_another_year_has_its_own(client, organisation):
    type(organisation).objects.filter(pk=organisation.pk).update(created_at=days_of(2026)[0])
    page = read(client, f"{address(organisation)}?year=2026")
    assert "Section 15 was amended on 1 March 2026" in page
    assert "All began." not in page
    assert client.get(f"{address(organisation)}?year=2025").status_code == 404
    assert client.get(f"{address(organisation)}?year=no").status_code == 400


def test_what_was_taken_back_is_not_told(client, organisation):
    [commitment] = organisation.commitments.all()
    reports.undo(commitment.shares.get().reports.order_by("-pk")[0], by=None)
    page = client.get(address(organisation)).text
    assert "All began." not in page and "milestone reached" not in page


def test_both_signals_are_those_of_its_own_share(client, organisation):
    other = CommitmentFactory(title="Another leads this")
    other.shares.create(organisation=organisation, accepted_at=timezone.now())
    ReportFactory(share=other.shares.get(leads=True), sentence="The leader's words.")
    page = client.get(address(organisation)).text
    assert "Another leads this" in page and "Led by" in page
    assert "The leader&#x27;s words." not in page
    assert "not told yet" in page


@pytest.mark.parametrize(
    ("language", "words"),
    [("fi", "Vuotemme 2027"), ("sv", "Vårt år 2027"), ("en", "Our year 2027")],
)
def test_the_pdf_is_in_the_readers_language(client, organisation, language, words):
    answer = client.get(address(organisation, "year_pdf", language))
    assert answer.headers["Content-Type"] == "application/pdf"
    pdf = opened(answer.content)
    assert str(pdf.Root.Lang) == language
    with pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == f"Järjestö ry: {words}"
    found = tags(pdf)
    assert found.count("H1") == 1
    assert {"H2", "H3", "Table", "TH", "L"} <= set(found)


@pytest.mark.verapdf
def test_the_pdf_is_judged_to_be_pdf_ua(client, organisation, tmp_path):
    file = tmp_path / "year.pdf"
    file.write_bytes(client.get(address(organisation, "year_pdf", "fi")).content)
    command = ["java", "-cp", f"{services.verapdf()}/*"]
    command += ["org.verapdf.apps.GreenfieldCliWrapper", "-f", "ua1", "--format", "text", "-v"]
    done = subprocess.run([*command, file], capture_output=True, text=True, timeout=120)
    assert done.stdout.splitlines() == [f"PASS {file} ua1"]


def test_it_is_for_its_people_alone(client, organisation):
    client.force_login(UserFactory())
    assert client.get(address(organisation)).status_code == 404
    assert client.get(address(organisation, "year_pdf")).status_code == 404


def test_more_commitments_take_no_more_queries(client, organisation):
    def grow():
        for row in CommitmentFactory.create_batch(3, organisation=organisation):
            ReportFactory(share=row.shares.get())

    page = address(organisation)
    before = queries_of_page(client, page)
    grow()
    assert queries_of_page(client, page) <= before
