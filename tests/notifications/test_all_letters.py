"""Every letter of the portal, walked: each reads in three languages, and its links only show."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from partnership.organisations.models import HandOver, Membership, Representative
from partnership.organisations.services import handovers, requests
from partnership.organisations.services import people as organisation_people
from portal.mail import outbox
from portal.mail.models import Letter
from portal.notifications import activity, digests, links
from tests.accounts.test_sign_up import FORM
from tests.factories.accounts import UserFactory
from tests.factories.law import SectionFactory
from tests.factories.notices import EventFactory, FollowFactory
from tests.factories.partnership import MembershipFactory

pytestmark = pytest.mark.django_db

FOLDER = Path(settings.BASE_DIR) / "templates" / "letters"
LETTERS = sorted(
    str(path.relative_to(FOLDER)).removesuffix(".subject.txt")
    for path in FOLDER.rglob("*.subject.txt")
)
NUMBERS = dict.fromkeys(["count", "days", "number", "more", "impact_reviews", "opinions"], 2)
FIXED = {"groups": [], "url": "x", "only": None}
DAYS = ("_at", "_on", "timestamp", "day")


class StandIn(dict):
    """Has whatever a template asks for: a day, a number, or words that name what was asked."""

    def __init__(self, name):
        super().__init__()
        self.name = name

    def __contains__(self, key):
        return key not in ("forloop", "block", "csrf_token")

    def __getitem__(self, key):
        if key in NUMBERS:
            return NUMBERS[key]
        if str(key).endswith(DAYS):
            return datetime(2026, 3, 1, 12, tzinfo=UTC)
        if not isinstance(key, str) or key.startswith("_"):
            raise KeyError(key)
        return StandIn(key)

    def __str__(self):
        return self.name

    def __bool__(self):
        return True

    def __call__(self):
        return self


@pytest.mark.parametrize("template", LETTERS)
def test_each_letter_reads_in_three_languages(template):
    given = StandIn("given")
    files = [FOLDER / f"{template}{ending}" for ending in (".subject.txt", ".txt")]
    names = set(re.findall(r"\b([a-z_]+)\b", "".join(file.read_text() for file in files)))
    context = {name: given[name] for name in names | set(NUMBERS)} | FIXED

    said = [outbox.rendered(template, language, context) for language in ("fi", "sv", "en")]

    for words in said:
        assert words.subject and "\n" not in words.subject
        assert words.text.strip()
        assert "{{" not in words.text and "{%" not in words.text
    assert len({words.subject for words in said}) == 3
    assert len({words.text for words in said}) == 3


def confirmation(client):
    client.post("/accounts/signup/", FORM)


def reset(client):
    client.post("/accounts/password/reset/", {"email": UserFactory().email})


def invitation(client):
    owner = MembershipFactory(status=Membership.Status.ACTIVE).organisation.representatives.get()
    reader = UserFactory()
    organisation_people.invite(
        owner.organisation, email=reader.email, role=Representative.Role.MEMBER, by=owner.user
    )
    client.force_login(reader)


def join_request(client):
    owner = MembershipFactory(status=Membership.Status.ACTIVE).organisation.representatives.get()
    requests.ask(owner.organisation, by=UserFactory(), text="x")
    client.force_login(owner.user)


def hand_over(client):
    owner = MembershipFactory(status=Membership.Status.ACTIVE).organisation.representatives.get()
    handovers.begin(owner.organisation, HandOver.Cause.SILENT)
    client.force_login(UserFactory())


def follow(client):
    SectionFactory(number="14")
    follow = FollowFactory(confirmed_at=None, follower__confirmed_at=None)
    outbox.write(
        "notices/confirm",
        to=follow.follower.email,
        language="en",
        context={
            "title": "x",
            "url": "/en/",
            "confirm_url": links.confirming(follow, frequency="daily", language="en"),
        },
    )


def digest(client):
    SectionFactory(number="14")
    FollowFactory()
    EventFactory()
    activity.fan_out()
    digests.write_due()


def everything():
    """All rows but sessions and what merely counts: what a link must leave as it is."""
    left_out = {"sessions.session", "running.scheduledrun"}
    return {
        model._meta.label_lower: sorted(model.objects.values_list(), key=str)
        for app in ("account", "accounts", "notices", "organisations")
        for model in apps.get_app_config(app).get_models()
        if model._meta.label_lower not in left_out
    }


@pytest.mark.parametrize(
    "letter", [confirmation, reset, invitation, join_request, hand_over, follow, digest]
)
def test_a_link_in_a_letter_shows_and_changes_nothing(letter, client, settings):
    settings.ACCOUNT_RATE_LIMITS = False
    letter(client)
    texts = "\n".join(Letter.objects.values_list("text", flat=True))
    links = re.findall(r"https://portal\.example\.org(/\S+)", texts)
    assert links
    before = everything()

    for link in links:
        client.get(link, follow=True)
        client.head(link)

    assert everything() == before
