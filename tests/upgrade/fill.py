"""Fills the portal of the commit in from.txt: run by that commit's code, in its own tree.

It stands on what that commit's own tests have: the rows that its access matrix names, its
factories, its addresses and commands. What it makes is printed as one JSON object: `world` fills
the lines of the matrix, `people` are the accounts by role, and the rest names the rows that
test_upgrade.py asks for.
"""

import importlib
import json
import pkgutil
import sys
from contextlib import redirect_stdout
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from django.apps import apps
from django.core.management import call_command
from django.db import connections
from django.test import Client
from django.test.utils import setup_test_environment
from django.utils import timezone

from tests.access import worlds
from tests.factories.accounts import UserFactory
from tests.factories.commitments import AskFactory, CommitmentFactory, ReportFactory
from tests.factories.content import ArticleFactory, NewsFactory, law_box, publish, text
from tests.factories.feedback import FeedbackFactory
from tests.factories.glossary import TermFactory
from tests.factories.law import AMENDMENT
from tests.factories.monitoring import IndicatorFactory, UploadFactory, values
from tests.factories.notices import EventFactory, FollowerFactory, FollowFactory, LetterFactory
from tests.factories.partnership import RepresentativeFactory
from tests.factories.questions import QuestionFactory, ask, assigned, drafted, published

STAFF = ("editor", "lawyer", "statistician", "programme")
SECTION = "681/2023:14"
FOLLOWER = "reader-of-section-14@example.org"


def model(name: str):
    return apps.get_model(name)


def fill() -> dict:
    """A portal at work: things that rest on a section, who follows them, and what is under way."""
    setup_test_environment()
    people = {role: UserFactory(role=role, email=f"the-{role}@example.org") for role in STAFF}
    people |= {
        "superuser": UserFactory(is_superuser=True, email="the-superuser@example.org"),
        "member": UserFactory(email="the-member@example.org"),
    }
    section = model("law.Section").objects.get(act__number=681, act__year=2023, number="14")
    rest_on(section)
    world = {}
    for module in pkgutil.iter_modules(worlds.__path__):
        world |= importlib.import_module(f"{worlds.__name__}.{module.name}").build(people)
    page = article(section)
    follow(people, page)
    questions()
    promised = commitments(section)
    call_command("work", once=True)
    amend(section)
    review(people["superuser"], but=str(page.translation_key))
    drafts = at_work(page)
    waiting(people, world)
    UploadFactory(user=people["statistician"])
    effect = model("law.AmendmentEffect").objects.get(amendment__year=2027, section=section)
    return {
        "people": {role: person.pk for role, person in people.items()},
        "world": world,
        "follower": FOLLOWER,
        "page": page.pk,
        "effect": effect.pk,
        "feedback": FeedbackFactory(text="Still open after the upgrade.").pk,
        **drafts,
        **promised,
    }


def rest_on(section) -> None:
    """Two indicators and two terms rest on the section, beside what the starter content brings."""
    for number in range(2):
        indicator = IndicatorFactory()
        values(indicator, _2024M05=5, _2024M06=6 + number)
        model("monitoring.IndicatorSection").objects.create(indicator=indicator, section=section)
        TermFactory(section=section)


def article(section):
    """Three versions of an article, the last a minor change; its Swedish is published too."""
    page = ArticleFactory(title="Assessment after the upgrade", body=[law_box(section)])
    page = publish(page, note="The time is three weeks.")
    ArticleFactory(language="sv", title="Bedömning", body=[law_box(section)], together=page)
    return publish(page, kind="minor", note="")


def follow(people, page) -> None:
    """An address follows the section and more; an account follows the page once a week."""
    reader = FollowerFactory(email=FOLLOWER)
    area = model("places.Area").objects.filter(kind="employment_area").first()
    partner = model("organisations.Organisation").objects.get(slug="partner")
    for kind, subject in (
        ("section", SECTION),
        ("page", str(page.translation_key)),
        ("area", area.key),
        ("organisation", partner.slug),
    ):
        FollowFactory(follower=reader, kind=kind, subject=subject)
    weekly = FollowerFactory(user=people["member"], frequency="weekly")
    FollowFactory(follower=weekly, kind="page", subject=str(page.translation_key))
    publish(page, note="A change that was told before the upgrade.")


def questions() -> None:
    """Questions in all the states that a lawyer has to do with, and the draft of one."""
    ask(title="Only received")
    assigned(title="Taken by a lawyer")
    drafted(title="An answer is written")
    published(title="Answered and published")
    QuestionFactory(title="An old row")


def commitments(section) -> dict:
    """One in each state on its way, and one that was asked about and has told once."""
    for state in ("draft", "submitted", "returned", "completed", "archived"):
        CommitmentFactory(state=state, title=f"A commitment that is {state}")
    running = CommitmentFactory(title="A commitment that is followed up")
    model("commitments.CommitmentSection").objects.create(commitment=running, section=section)
    share = running.shares.get()
    ReportFactory(share=share, sentence="Twelve people have begun.")
    representative = RepresentativeFactory(organisation=running.organisation)
    ask = AskFactory(share=share, to=representative.user)
    return {"commitment": running.pk, "ask": ask.key}


def amend(section) -> None:
    """An amending act comes in: reviews are opened, and its event waits to be passed on."""
    with TemporaryDirectory() as folder:
        file = Path(folder, "invented-150-2027.json")
        file.write_text(json.dumps(AMENDMENT))
        call_command("import_law", str(file))


def waiting(people, world) -> None:
    """Events, letters and a draft that were written before the upgrade and go on after it."""
    for happened, thing in (
        ("figures", ("release", str(world["release"]))),
        ("joined", ("organisation", world["partner"])),
        ("renamed", ("organisation", world["partner"])),
        ("ended", ("organisation", world["ended"])),
        ("published", ("page", str(world["team_key"]))),
        ("withdrawn", ("page", str(world["draft_key"]))),
    ):
        EventFactory(
            kind=happened,
            thing_kind=thing[0],
            thing=thing[1],
            targets=[thing, ("organisation", world["partner"])],
        )
    model("questions.Draft").objects.create(
        user=people["member"], key=uuid4(), fields={"title": "Typed before the upgrade"}
    )
    ask(title="Received last")
    LetterFactory(to="a-plain-letter@example.org")
    model("notices.Letter").objects.filter(template="notices/digest").update(sent_at=None)


def review(reviewer, but: str) -> None:
    """One thing of each kind is found still right, where there are two; the others stay open."""
    client = Client()
    client.force_login(reviewer)
    reviews = model("law.ImpactReview").objects.filter(effect__section__number="14")
    things = {}
    for kind, thing, effect in (
        reviews.exclude(thing=but).values_list("kind", "thing", "effect").distinct()
    ):
        things.setdefault((kind, effect), set()).add(thing)
    for (kind, effect), several in things.items():
        if len(several) > 1:
            data = {"kind": kind, "thing": min(several), "note": "Read before the upgrade."}
            client.post(f"/cms/law-changes/{effect}/", data, secure=True)


def at_work(page) -> dict:
    """A draft of a published page, a draft alone, and a page that waits for its time."""
    page.title = "Assessment, in work"
    page.body = page.body.stream_block.to_python([text("<p>Words of a draft.</p>")])
    page.save_revision()
    draft = ArticleFactory(title="A draft alone", live=False)
    later = NewsFactory(title="News of tomorrow", live=False)
    later.go_live_at = timezone.now() + timedelta(days=1)
    later.change_kind, later.change_note = "substantive", "First."
    later.save_revision().publish()
    return {"draft": draft.pk, "scheduled": later.pk}


with redirect_stdout(sys.stderr):
    made = fill()
connections.close_all()  # so that the file of an SQLite database is whole
json.dump(made, sys.stdout, default=str)
