"""The programme team's desk: who reads what by when, assessments, figures, letters to many, CSV."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from partnership.commitments.models import Commitment
from partnership.commitments.services import follow_up, reports
from partnership.commitments.team import figures
from partnership.organisations.models import TeamLetter
from portal.mail.models import Letter
from tests.factories.accounts import UserFactory
from tests.factories.commitments import AskFactory, CommitmentFactory, ReportFactory
from tests.factories.partnership import MembershipFactory

pytestmark = pytest.mark.django_db
CMS = "/cms/commitments/"


@pytest.fixture
def team(client):
    user = UserFactory(role="programme", first_name="Anna", last_name="Esimerkki")
    client.force_login(user)
    return user


def test_a_commitment_is_given_to_a_reader_with_a_day(client, team):
    row = CommitmentFactory(state="submitted")
    data = {"move": "assign", "assignee": str(team.pk), "read_by": "2027-01-15"}

    client.post(f"{CMS}{row.pk}/", data)

    row.refresh_from_db()
    assert (row.assignee, str(row.read_by)) == (team, "2027-01-15")
    assert row.title in client.get(f"{CMS}?whose=me").content.decode()
    assert row.title not in client.get(f"{CMS}?whose=nobody").content.decode()


def test_the_queue_is_a_file_too(client, team):
    row = CommitmentFactory(state="submitted", assignee=team)

    answer = client.get(f"{CMS}?export=csv")

    text = b"".join(answer.streaming_content).decode()
    assert row.title in text and "submitted" in text


def test_an_assessment_needs_words_and_stands_beside_its_report(client, team):
    report = ReportFactory()
    page = f"{CMS}{report.share.commitment_id}/"
    data = {"move": "assess", "report": str(report.pk), "answer": "confirmed", "words": ""}
    assert client.post(page, data).status_code == 422

    client.post(page, data | {"words": "We visited."})

    report.refresh_from_db()
    assert report.level == "programme"
    html = client.get(report.share.commitment.get_absolute_url()).content.decode()
    assert "We visited." in html
    assert 'value="assess"' not in client.get(page).content.decode()


def test_nobody_assesses_what_their_own_organisation_told(client, team):
    organisation = MembershipFactory(status="active", owner=team).organisation
    report = ReportFactory(share=CommitmentFactory(organisation=organisation).shares.get())
    data = {"move": "assess", "report": str(report.pk), "answer": "confirmed", "words": "Good."}

    client.post(f"{CMS}{report.share.commitment_id}/", data)

    assert not report.confirmations.exists()


def test_a_report_of_another_commitment_is_none_here(client, team):
    report = ReportFactory()
    data = {"move": "assess", "report": str(report.pk), "answer": "confirmed", "words": "Good."}
    other = CommitmentFactory()
    ReportFactory(share=other.shares.get())

    assert client.post(f"{CMS}{other.pk}/", data).status_code == 422


def test_a_letter_to_many_is_shown_first_and_sent_once(client, team):
    for language in ("fi", "sv"):
        CommitmentFactory(
            organisation=MembershipFactory(
                status="active", organisation__language=language
            ).organisation
        )
    page = f"{CMS}letter/"
    key = re.search(r'name="key" value="([^"]+)"', client.get(page).content.decode())[1]
    typed = {
        "key": key,
        "state": "published",
        "area": "",
        "subject_fi": "Tilaisuus",
        "text_fi": "Tervetuloa.",
    }
    assert client.post(page, typed | {"preview": ""}).status_code == 422
    typed |= {"subject_sv": "Evenemang", "text_sv": "Välkomna."}

    shown = client.post(page, typed | {"preview": ""}).content.decode()

    assert "It goes to 2 people" in shown and "Välkomna." in shown
    assert not Letter.objects.exists()
    client.post(page, typed | {"send": "", "number": "1"})
    assert not Letter.objects.exists()
    client.post(page, typed | {"send": "", "number": "2"})
    client.post(page, typed | {"send": "", "number": "2"})
    assert sorted(Letter.objects.values_list("language", "subject")) == [
        ("fi", "Kumppanuusohjelma: Tilaisuus"),
        ("sv", "Partnerskapsprogrammet: Evenemang"),
    ]
    assert TeamLetter.objects.get().number == 2


def test_a_letter_to_applicants_and_members_goes_to_those_of_the_state(client, team):
    waits = MembershipFactory(organisation__language="fi", organisation__kind="company")
    MembershipFactory(organisation__language="fi", organisation__kind="municipality")
    MembershipFactory(status="active", organisation__kind="company")
    page = "/cms/memberships/letter/"
    assert page in client.get("/cms/memberships/").text
    key = re.search(r'name="key" value="([^"]+)"', client.get(page).text)[1]
    typed = {"key": key, "status": "applied", "kind": "company", "area": ""}
    assert client.post(page, typed | {"preview": ""}).status_code == 422
    typed |= {"subject_fi": "Tilaisuus", "text_fi": "Tervetuloa."}
    assert "It goes to 1 person" in client.post(page, typed | {"preview": ""}).text
    Letter.objects.all().delete()

    client.post(page, typed | {"send": "", "number": "1"})
    client.post(page, typed | {"send": "", "number": "1"})

    assert list(Letter.objects.values_list("to", flat=True)) == [waits.applicant.email]
    nobody = {"status": "lapsed", "subject_en": "x", "text_en": "x"}
    assert client.post(page, typed | nobody | {"send": "", "number": "0"}).status_code == 422
    assert client.post(page, typed | {"subject_fi": "A\u202eB", "preview": ""}).status_code == 422


def test_figures_tell_what_came_of_the_letters(client, team):
    first, second, third = AskFactory.create_batch(3)
    reports.tell(first.share, progress="done", by=None, ask=first)
    reports.undo(reports.tell(second.share, progress="done", by=None, ask=second), by=None)
    follow_up.snooze(third)
    AskFactory(asked_at=timezone.now() - timedelta(days=400))

    found = figures()

    assert (found["running"], found["told"], found["told_percent"]) == (4, 1, 25)
    assert [number for _what, number in found["letters"]] == [3, 0, 1, 1, 1, 0, 0]
    assert "Put off" in client.get(f"{CMS}figures/").content.decode()
    assert Commitment.objects.count() == 4
