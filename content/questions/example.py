"""The machine of a try-out shown running: what rests on the invented Example Act, half done.

Guidance and questions rest on it before it is amended, so that each amendment opens its reviews,
and half of these are settled. Everything is marked as invented, and nothing is made twice.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from content.editorial.reviews import with_aliases
from content.pages.models import GuidanceArticlePage
from content.pages.starter import PARENTS, Writer, file_words, together
from law import example as example_act
from law import following, impact_reviews
from law.models import Act, ImpactReview, Section
from partnership.commitments.models import Commitment
from partnership.commitments.services import writing
from partnership.organisations.models import Organisation
from portal.accounts.models import User
from portal.accounts.starter import email_of
from portal.feedback import services as feedback
from portal.feedback.models import Feedback, Opinion
from portal.importing import Progress, unheard
from portal.mail.models import Letter
from portal.notifications import activity, digests
from portal.notifications import services as followers
from portal.notifications.models import Follow, Follower
from portal.topics.models import Audience, Topic

from .models import Question
from .services import asking, casework

FOLDER = "examples"
GUIDANCE = ("example-cooperation", "example-follow-up")
FOLLOWER = "follower@example.org"
OVERDUE, WAITS = timedelta(days=10), timedelta(days=30)
QUESTIONS = {
    "received": "Esimerkki: kuka sopii yhteistyöstä?",
    "assigned": "Esimerkki: mistä ohjauksen kerrat lasketaan?",
    "waiting": "Esimerkki: voiko palvelu jatkua yli kuuden kuukauden?",
    "drafted": "Esimerkki: keitä seurannassa lasketaan?",
    "answered": "Esimerkki: riittääkö suullinen sopimus?",
}
ASKED = "Keksitty kysymys keksitystä esimerkkilaista."
ANSWER = "Keksitty vastaus: esimerkkilain 3 §:n mukaan yhteistyöstä sovitaan kirjallisesti."
OPINIONS = (
    ("editor", False, "hard", "Esimerkki: en ymmärtänyt, kuka sopimuksen tekee."),
    ("editor", True, "", ""),
    ("statistician", False, "not_found", "Esimerkki: mistä käyttäjien määrän näkee?"),
    ("lawyer", False, "wrong", "Esimerkki: pykälän sanat näyttävät vanhoilta."),
)

DRAFT: dict[str, Any] = {
    "language": "fi",
    "title": "Esimerkki: keskeneräinen sitoumus",
    "change": "Keksitty esimerkki: yhteistyö esimerkkilain mukaan.",
    "beneficiaries": "Keksityt käyttäjät.",
    "baseline": "Ei mitään.",
    "target": "Ei mitään.",
    "resources": "Ei mitään.",
    "example": True,
}


@transaction.atomic
def load(progress: Progress = unheard) -> None:
    """Enter the Example Act and what rests on it, unless it is there or this is no try-out."""
    if not settings.DEMO or example_act.is_there():
        return
    today = timezone.localdate()
    act = example_act.enter(today)
    sections = {section.number: section for section in act.sections.select_related("act")}
    ExampleWriter(sections).write(file_words([FOLDER], PARENTS), progress)
    people = {user.email: user for user in User.objects.all()}
    asker = people.get(email_of("org_owner"))
    lawyers = [people[email_of(key)] for key in ("lawyer", "lawyer2") if email_of(key) in people]
    if asker and len(lawyers) == 2:
        _ask(asker, lawyers, sections)
        _commit(asker)
    follower = _follow(sections["3"])
    example_act.amend(act, today)
    if lawyers:
        _settle_half(act, lawyers[0])
    _be_late(today)
    _comment()
    _write_to(follower)


class ExampleWriter(Writer):
    """Writes guidance as it writes other, and knows the sections of the Example Act: example:3."""

    def __init__(self, sections: Mapping[str, Section]):
        super().__init__()
        self.sections |= {f"example:{number}": section for number, section in sections.items()}


@transaction.atomic
def remove() -> int:
    """Take away the Example Act, its guidance, cases, comments, letter; returns how many of them.

    The next `manage.py demo` enters it anew.
    """
    keys = [together("guidance", key) for key in GUIDANCE]
    pages = list(Page.objects.filter(translation_key__in=keys))
    for page in pages:
        page.delete()
    rows = [
        Question.objects.filter(title__in=QUESTIONS.values()),
        Commitment.objects.filter(example=True, title=DRAFT["title"]),
        Opinion.objects.filter(address__in=[page.url_path for page in pages]),
        Feedback.objects.filter(key=_key("feedback")),
        Letter.objects.filter(to=FOLLOWER),
        Follower.objects.filter(email=FOLLOWER),
    ]
    return len(pages) + sum(found.delete()[0] for found in rows) + example_act.remove()


def _key(word: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"example:{word}")


def _ask(asker: User, lawyers: list[User], sections: Mapping[str, Section]) -> None:
    """Five questions in five states, the answered one and the draft checked by the other lawyer."""
    first, second = lawyers
    asked = {
        name: asking.receive(
            key=_key(name),
            by=asker,
            sections=[sections[number]],
            audience=Audience.objects.get(key="municipality"),
            language="fi",
            title=title,
            text=ASKED,
            may_be_published=False,
            private_reason="Esimerkki",
        )
        for (name, title), number in zip(QUESTIONS.items(), "34583", strict=True)
    }
    topic = Topic.objects.get(key="guidance-and-counselling")
    for name in ("assigned", "waiting", "drafted", "answered"):
        question = asked[name]
        rests_on = list(question.sections.all())
        by = second if name == "drafted" else first
        casework.triage(
            question, by=by, topic=topic, sections=rests_on, secret=False, secrecy_ground=""
        )
        casework.claim(question, by=by)
        if name in ("drafted", "answered"):
            casework.submit(question, by=by, text=ANSWER, sections=rests_on)
    casework.ask_back(asked["waiting"], by=first, text="Esimerkki: milloin palvelu alkoi?")
    casework.claim_check(asked["answered"], by=second)
    casework.approve(asked["answered"], by=second)


def _commit(owner: User) -> None:
    """A draft that the owner of an organisation has left unfinished."""
    organisation = (Organisation.objects.members() & Organisation.objects.of(owner)).first()
    if organisation:
        writing.start(organisation, by=owner, words=DRAFT)


def _follow(section: Section) -> Follower:
    now = timezone.now()
    follower = followers.of_address(FOLLOWER, language="fi", confirmed_at=now)
    Follow.objects.create(
        follower=follower,
        kind=following.KIND,
        subject=following.subject_of(section),
        confirmed_at=now,
    )
    return follower


def _settle_half(act: Act, lawyer: User) -> None:
    """The lawyer has confirmed every second of the things that the amendments left to check."""
    reviews = ImpactReview.objects.filter(
        effect__section__act=act, state=ImpactReview.State.OPEN
    ).order_by("effect__day", "kind", "thing")
    things = list(dict.fromkeys(reviews.values_list("effect", "kind", "thing")))
    for effect, kind, thing in things[::2]:
        chosen = reviews.filter(effect=effect, kind=kind, thing=thing)
        impact_reviews.confirm_several(
            list(chosen.values_list("pk", flat=True)), by=lawyer, note="Keksitty esimerkki"
        )


def _be_late(today: date) -> None:
    """The guidance should have been looked through some days ago."""
    keys = [together("guidance", key) for key in GUIDANCE]
    for page in GuidanceArticlePage.objects.filter(translation_key__in=keys):
        with_aliases(page).update(review_due_on=today - OVERDUE)


def _comment() -> None:
    """What readers said of the guidance, and one letter to the portal."""
    pages = GuidanceArticlePage.objects.filter(
        translation_key__in=[together("guidance", key) for key in GUIDANCE],
        locale__language_code="fi",
    ).order_by("path_order")
    addresses = [page.url_path for page in pages]
    for owner, helped, reason, text in OPINIONS:
        feedback.hear(
            address=addresses[owner == "statistician"],
            owner=owner,
            language="fi",
            helped=helped,
            reason=reason,
            text=text,
        )
    feedback.receive(
        key=_key("feedback"),
        language="fi",
        kind=Feedback.Kind.CONTENT,
        about=addresses[0],
        text="Esimerkki: ohjeesta puuttuu, kuka sopimuksen allekirjoittaa.",
    )


def _write_to(follower: Follower) -> None:
    """The follower's letter of the amendment is written, and waits in the outbox for its day."""
    while activity.fan_out():
        pass
    now = timezone.now()
    digests.write_for([follower], now)
    Letter.objects.filter(to=FOLLOWER).update(not_before=now + WAITS)
