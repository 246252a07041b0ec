"""The decision on an application: a page and a PDF that say the same, to those whom it concerns."""

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.log_actions import log

from partnership.organisations import decisions
from partnership.organisations.models import Membership
from partnership.organisations.services import memberships
from tests.factories.accounts import UserFactory
from tests.factories.partnership import MembershipFactory, decide
from tests.printing.samples import elements, opened, tags
from tests.queries import queries_of_page

pytestmark = pytest.mark.django_db
Status = Membership.Status


def decided(language="fi", *, reason="", secret="", **organisation):
    """An application on which Aino Esimerkki has just decided as Eino Ensimmäinen proposed."""
    fields = {f"organisation__{name}": value for name, value in organisation.items()}
    membership = MembershipFactory(organisation__language=language, **fields)
    decide(
        membership,
        decision="decline" if reason else "approve",
        reason=reason,
        secret=secret,
        by=UserFactory(first_name="Eino", last_name="Ensimmäinen"),
        second=UserFactory(first_name="Aino", last_name="Esimerkki"),
    )
    return membership


def address(membership, name="decision"):
    with translation.override("en"):
        return reverse(f"organisations:{name}", args=[membership.organisation.slug])


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fi", ["Päätös", "hylännyt", "Perustelut", "Päätöksen tekijä", "Aino Esimerkki"]),
        ("sv", ["Beslut", "avslagit", "Motivering", "Beslutet har fattats av"]),
        ("en", ["Decision", "declined", "The reasons", "Decided by", "is to be settled"]),
    ],
)
def test_page_and_pdf_are_in_the_applicants_language(client, language, words):
    membership = decided(language, reason="Too little <b>time</b>.")
    client.force_login(membership.applicant)

    page = client.get(address(membership)).text
    response = client.get(address(membership, "decision_pdf"))

    assert f'lang="{language}"' in page
    for word in words:
        assert word in page
    assert "Too little &lt;b&gt;time&lt;/b&gt;." in page
    assert response.headers["Content-Type"] == "application/pdf"
    pdf = opened(response.content)
    assert str(pdf.Root.Lang) == language
    assert [tag for tag in tags(pdf) if tag in ("H1", "H2")] == ["H1"] + ["H2"] * 7
    assert not [element for element in elements(pdf) if element.S == "/Strong" and element.K == []]


def test_an_approval_gives_the_day_and_no_reasons(client):
    membership = decided("en")
    client.force_login(membership.applicant)

    page = client.get(address(membership)).text

    assert "has approved the application" in page
    assert "The reasons" not in page
    assert address(membership) in client.get("/en/partners/mine/").text


def test_what_was_returned_earlier_is_no_reason_of_an_approval(client):
    membership = decided("en")
    Membership.objects.filter(pk=membership.pk).update(reason="Add your business ID")
    client.force_login(membership.applicant)

    assert "Add your business ID" not in client.get(address(membership)).text


def test_the_newest_decision_stands_until_there_is_another(client):
    declined = decided("en", reason="Too early")
    memberships.apply_for(declined.organisation, by=declined.applicant, motivation="Again")

    assert decisions.latest(declined.organisation) == declined


@pytest.mark.parametrize(
    ("language", "proposed", "criterion", "act", "settled"),
    [
        (
            "fi",
            "Esittelijä: ",
            "Julkinen profiili voidaan julkaista",
            "julkisuuslakia",
            "sovittava",
        ),
        ("sv", "Föredragande: ", "Den offentliga profilen", "offentlighetslagen", "avtalas"),
        ("en", "Proposed by: ", "The public profile", "Act on the Openness", "to be settled"),
    ],
)
def test_it_names_both_readers_the_criteria_what_is_secret_and_how_long_it_is_kept(
    client, language, proposed, criterion, act, settled
):
    membership = decided(language, secret="Liite 2: JulkL 24 § 1 mom. 20 kohta")
    client.force_login(membership.applicant)

    page = client.get(address(membership)).text

    assert f"KP/{membership.applied_at.year}/{membership.pk:04}" in page
    assert "Aino Esimerkki" in page
    assert f"{proposed}Eino Ensimmäinen" in page
    assert page.count(f"<li>{criterion}") == 1
    assert act in page
    assert "JulkL 24 § 1 mom. 20 kohta" in page
    assert settled in page


def test_where_nothing_was_marked_the_decision_says_so(client):
    membership = decided("en")
    client.force_login(membership.applicant)

    assert "has been marked as secret" in client.get(address(membership)).text


def test_a_decision_of_nobodys_is_the_teams():
    membership = MembershipFactory(organisation__language="en", status=Status.ACTIVE)

    assert decisions.decision_on(membership).decided_by == ("The programme team",)


def test_a_decision_from_before_there_were_two_readers_has_the_one_in_the_log():
    membership = MembershipFactory(organisation__language="en", status=Status.DECLINED)
    Membership.objects.filter(pk=membership.pk).update(decided_at=timezone.now(), reason="Why")
    membership.refresh_from_db()
    log(membership, "organisations.decline", user=UserFactory(first_name="Aino", last_name="E"))

    decision = decisions.decision_on(membership)

    assert decision.decided_by == ("Aino E",)
    assert "Why" in decision.body


def test_what_cannot_be_printed_is_named_and_the_page_has_it(client):
    membership = decided("en", reason="Näin: 中文")
    client.force_login(membership.applicant)

    response = client.get(address(membership, "decision_pdf"), follow=True)

    assert response.redirect_chain == [(address(membership), 302)]
    assert "“中” in it, which cannot be printed" in response.text
    assert "Näin: 中文" in response.text


def test_queries_do_not_grow_with_the_earlier_decisions(client):
    few, many = decided("en"), decided("en")
    for _number in range(3):
        MembershipFactory(
            organisation=many.organisation, status=Status.DECLINED, decided_at=many.applied_at
        )

    counts = []
    for membership in (few, many):
        client.force_login(membership.applicant)
        counts.append(queries_of_page(client, address(membership)))
    assert counts[0] == counts[1]
