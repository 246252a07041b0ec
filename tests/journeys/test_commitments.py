"""Commitments as readers and organisations meet them: a report on a phone, and axe on each page."""

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from playwright.sync_api import expect

from partnership.commitments.models import Commitment
from partnership.commitments.services import decisions, reports
from portal.languages import LANGUAGES
from tests.factories.accounts import UserFactory
from tests.factories.commitments import AskFactory, CommitmentFactory
from tests.factories.partnership import MembershipFactory

from .conftest import PASSWORD, sign_in
from .test_accessibility import page, violations

__all__ = ["page"]  # the fixture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LONG = "Jokainen kotona lapsia hoitava vanhempi saa kutsun arvioon kahden kuukauden sisällä"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_leads_to_a_saved_report_without_scrolling_or_signing_in(page, language):
    ask = AskFactory()
    Commitment.objects.update(title=LONG)
    with translation.override(language):
        address = reverse("commitments:tell", args=[ask.key])
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto(address)
    button = page.locator("main form button[type=submit]").first
    box = button.bounding_box()
    assert box and box["y"] + box["height"] <= 640, box
    assert page.locator("input[name=progress]:checked").count() == 0

    page.wait_for_timeout(3200)  # a person reads for a moment; a machine does not
    page.locator("label", has=page.locator("input[value=on-track]")).click()
    button.click()

    expect(page.locator("main form button[name=undo]")).to_be_visible()
    assert ask.reports.get().progress == "on-track"


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_on_a_phone_and_on_a_desk(page, language):
    owner = UserFactory(password=PASSWORD, language=language)
    organisation = MembershipFactory(status="active", owner=owner).organisation
    public = CommitmentFactory(organisation=organisation, title=LONG)
    draft = CommitmentFactory(organisation=organisation, state="returned")
    draft.comments.create(field="target", text="By which day?", at=timezone.now())
    reports.tell(public.shares.get(), progress="moved", sentence="A month later.", by=owner)
    decisions.enter(public, "corrected", organisation=organisation, text="A figure.")
    with translation.override(language):
        addresses = [
            reverse("commitments:index"),
            f"{reverse('commitments:index')}?q=zzzz",
            public.get_absolute_url(),
            reverse("commitments:tell", args=[AskFactory(share=public.shares.get()).key]),
        ]
        own = [
            reverse("desk"),
            reverse("commitments:write"),
            f"{reverse('commitments:edit', args=[draft.pk])}?missing",
            reverse("commitments:own", args=[public.pk]),
            reverse("commitments:end", args=[public.pk]),
        ]

    found = violations(page, addresses)
    sign_in(page, owner)
    found += violations(page, own)

    assert found == []
