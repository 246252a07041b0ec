"""A commitment that another page begins: its words stand in the form."""

import pytest
from bs4 import BeautifulSoup

from partnership.organisations.models import Membership
from tests.factories.partnership import MembershipFactory

pytestmark = pytest.mark.django_db


def test_words_of_the_address_stand_in_the_form(client):
    member = MembershipFactory(status=Membership.Status.ACTIVE)
    client.force_login(member.organisation.representatives.first().user)

    answer = client.get("/en/commitments/write/", {"title": "Take into use: Groups", "change": "x"})

    page = BeautifulSoup(answer.content, "html.parser")
    assert page.select_one("#id_title")["value"] == "Take into use: Groups"
    assert page.select_one("#id_change").get_text(strip=True) == "x"
