"""Whatever happens in whatever order, nothing that rests on a changed section falls silent.

The machine keeps its own book of when each text was written and when each change was known, by
counting, and asks the banner's own query after each step.
"""

from datetime import timedelta
from itertools import count

import pytest
import time_machine
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.models import Locale
from wagtail_localize.models import Translation, TranslationSource

from content.pages.models import ChangeKind, GuidanceArticlePage
from law import following, impact_reviews, services, summaries
from law.models import AmendmentEffect, Section
from law.parsers.parsed import AmendingRows, Modification, Wording
from tests.factories.accounts import UserFactory
from tests.factories.content import ArticleFactory, ThemeFactory, law_box, section_link, text
from tests.factories.law import SectionFactory, SectionVersionFactory
from tests.proofs import size

pytestmark = [pytest.mark.django_db, pytest.mark.proof]
NUMBERS = ("14", "15")
LONG_AGO = 0
SUBSTANTIVE, MINOR = ChangeKind.SUBSTANTIVE, ChangeKind.MINOR
kinds = st.sampled_from([SUBSTANTIVE, MINOR])
some = st.sets(st.sampled_from(NUMBERS))
any_of_them = st.integers(min_value=0, max_value=99)


class Told:
    """What the book says of one thing that may be public: `fine` are the changes it may keep to."""

    def __init__(self, kind, subject, thing):
        self.kind, self.subject, self.thing = kind, str(subject), str(thing)
        self.live, self.refs = False, frozenset()
        self.fine, self.revisions, self.said = set(), {}, []
        self.on_show = None


class Publications(RuleBasedStateMachine):
    @initialize()
    def begin(self):
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.clock = time_machine.travel("2027-01-10 12:00+02:00")
        self.traveller = self.clock.start()
        self.ticks, self.slugs, self.acts = count(1), count(), count(100)
        self.known, self.days = {}, {}
        self.sections = {one: SectionFactory(number=one) for one in NUMBERS}
        for section in self.sections.values():
            SectionVersionFactory(section=section)
        self.people = [UserFactory(role=role) for role in ("editor", "lawyer")]
        self.folder = ThemeFactory(language="fi", slug="a-folder")
        self.pages, self.aliases = {}, {}
        self.summaries = {
            number: Told("summary", one.pk, one.pk) for number, one in self.sections.items()
        }
        self.draft(0, set(NUMBERS), SUBSTANTIVE, boxed=True, new=True)
        self.publish(0)

    def teardown(self):
        if hasattr(self, "atomic"):
            try:
                self.on_the_page_itself()
            finally:
                self.clock.stop()
                transaction.set_rollback(True)
                self.atomic.__exit__(None, None, None)

    # What the book is kept of.

    def read(self, told):
        return GuidanceArticlePage.objects.get(pk=int(told.subject))

    def pick(self, number, things=None):
        things = list(self.pages.values() if things is None else things)
        return things[number % len(things)] if things else None

    def went_live(self, told, refs, written, kind):
        """What may be silent from now on: nothing that the text could not know."""
        told.live, told.refs = True, frozenset(refs)
        today = timezone.localdate()
        for effect, known in self.known.items():
            if written <= known:
                told.fine.discard(effect)
            elif kind == SUBSTANTIVE and self.days[effect] <= today:
                told.fine.add(effect)

    def look(self, told):
        """Whether another revision is on show than the book knows, and what it means."""
        page = self.read(told)
        if page.live and page.live_revision_id != told.on_show:
            told.on_show = page.live_revision_id
            refs, written, kind = told.revisions[told.on_show]
            kind = kind if told.said else SUBSTANTIVE
            told.said.append((written, kind))
            self.went_live(told, refs, written, kind)

    def changed(self, effect):
        self.known[effect.pk] = next(self.ticks)
        self.days[effect.pk] = effect.day
        for told in [*self.pages.values(), *self.summaries.values()]:
            told.fine.discard(effect.pk)

    # What can happen.

    @rule(number=any_of_them, refs=some, kind=kinds, boxed=st.booleans(), new=st.booleans())
    def draft(self, number, refs, kind, boxed, new):
        told = None if new else self.pick(number)
        if told is None:
            page = ArticleFactory(language="fi", live=False, slug=f"page-of-{next(self.slugs)}")
            told = self.pages[page.pk] = Told("guidance", page.pk, page.translation_key)
        self.write(told, refs, kind, boxed)

    def write(self, told, refs, kind, boxed, **fields):
        page = self.read(told)
        sections = [self.sections[one] for one in sorted(refs)]
        page.body = [law_box(*sections)] if boxed else [text(section_link(s)) for s in sections]
        page.change_kind, page.change_note = kind, "What changed."
        for name, value in fields.items():
            setattr(page, name, value)
        revision = page.save_revision(user=self.people[0])
        told.revisions[revision.pk] = (refs, next(self.ticks), kind)
        return revision

    @rule(number=any_of_them)
    def publish(self, number):
        told = self.pick(number)
        self.read(told).get_latest_revision().publish()
        self.look(told)

    @rule(number=any_of_them, place=any_of_them)
    def publish_an_older_revision(self, number, place):
        told = self.pick(number)
        if own := sorted(one for one in told.revisions if one):
            page = self.read(told)
            page.revisions.get(pk=own[place % len(own)]).publish()
            told.on_show = None
            self.look(told)

    @rule(number=any_of_them, refs=some, kind=kinds, boxed=st.booleans())
    def revise(self, number, refs, kind, boxed):
        told = self.pick(number)
        self.write(told, refs, kind, boxed).publish()
        self.look(told)

    @rule(number=any_of_them, refs=some, kind=kinds)
    def schedule(self, number, refs, kind):
        told = self.pick(number)
        later = timezone.now() + timedelta(hours=30)
        self.write(told, refs, kind, True, go_live_at=later).publish()
        self.look(told)

    @rule(days=st.integers(min_value=1, max_value=4))
    def days_pass(self, days):
        self.traveller.shift(timedelta(days=days))
        call_command("publish_scheduled", verbosity=0)
        following.tell_of_the_day()
        for told in self.pages.values():
            self.look(told)

    @rule(number=any_of_them)
    def unpublish(self, number):
        told = self.pick(number)
        page = self.read(told)
        if page.live:
            page.unpublish()
            told.live, told.on_show = False, None

    @rule(number=any_of_them)
    def move(self, number):
        page, folder = self.read(self.pick(number)), type(self.folder).objects.get()
        if page.locale_id == folder.locale_id and not page.is_child_of(folder):
            page.move(folder, pos="last-child")

    @rule(number=any_of_them)
    def copy(self, number):
        told = self.pick(number, [one for one in self.pages.values() if one.live])
        if told is None:
            return
        page = self.read(told)
        slug = f"copy-{next(self.slugs)}"
        copy = page.copy(update_attrs={"slug": slug}, keep_live=True)
        own = self.pages[copy.pk] = Told("guidance", copy.pk, copy.translation_key)
        oldest = min((written for _r, written, _k in told.revisions.values()), default=LONG_AGO)
        own.on_show = copy.live_revision_id
        for revision in copy.revisions.all():
            own.revisions[revision.pk] = (told.refs, oldest, MINOR)
        own.said.append((oldest, SUBSTANTIVE))
        self.went_live(own, told.refs, oldest, SUBSTANTIVE)

    @rule(number=any_of_them)
    def alias(self, number):
        told = self.pick(number, [one for one in self.pages.values() if one.live])
        if told is not None:
            alias = self.read(told).create_alias(update_slug=f"alias-{next(self.slugs)}")
            self.aliases[alias.pk] = told

    @precondition(lambda self: self.aliases)
    @rule(number=any_of_them)
    def make_an_alias_a_page(self, number):
        pk = list(self.aliases)[number % len(self.aliases)]
        original = self.aliases.pop(pk)
        alias = GuidanceArticlePage.objects.get(pk=pk)
        ConvertAliasPageAction(alias).execute()
        own = self.pages[pk] = Told("guidance", pk, alias.translation_key)
        own.live, own.refs, own.on_show = alias.live, original.refs, alias.live_revision_id
        for revision in alias.revisions.all():
            own.revisions[revision.pk] = (original.refs, next(self.ticks), MINOR)

    @rule(number=any_of_them)
    def translate(self, number):
        here = Locale.objects.get(language_code="fi")
        told = self.pick(number, [one for one in self.pages.values() if one.live])
        if told is None or (page := self.read(told)).locale_id != here.pk:
            return
        there = Locale.objects.get(language_code="sv")
        source, _made = TranslationSource.update_or_create_from_instance(page)
        Translation.objects.get_or_create(source=source, target_locale=there)
        source.create_or_update_translation(there, publish=False, fallback=True)
        page.get_translation(there).get_latest_revision().publish()
        target = page.get_translation(there)
        own = self.pages.setdefault(target.pk, Told("guidance", target.pk, target.translation_key))
        brought = told.said[getattr(own, "heard", 0) :]
        own.heard = len(told.said)
        places = [at for at, (_written, kind) in enumerate(brought) if kind == SUBSTANTIVE]
        since = brought[places[-1] if places else len(brought) - 1 :] if brought else []
        written = min((one for one, _kind in since), default=next(self.ticks))
        kind = SUBSTANTIVE if places else MINOR
        target = target.specific
        for revision in target.revisions.all():
            own.revisions.setdefault(revision.pk, (told.refs, written, MINOR))
        own.said.append((written, kind))
        own.on_show = target.live_revision_id
        self.went_live(own, told.refs, written, kind)

    @rule(numbers=st.sets(st.sampled_from(NUMBERS), min_size=1), ahead=st.sampled_from([0, 0, 3]))
    def import_an_act(self, numbers, ahead):
        number, day = next(self.acts), timezone.localdate() + timedelta(days=ahead)
        words = {
            one: Wording(f"Otsikko {number}", [{"text": f"{number} {one}.", "items": []}])
            for one in ("fi", "sv")
        }
        rows = AmendingRows(
            file="invented",
            amends=(681, 2023),
            number=number,
            year=2027,
            given_on=timezone.localdate(),
            in_force_from=day,
            proposal="",
            source="Invented",
            languages=("fi", "sv"),
            modifications=[
                Modification(one, "substitution", one, words) for one in sorted(numbers)
            ],
        )
        services.import_files([rows])
        for effect in AmendmentEffect.objects.exclude(pk__in=self.known):
            self.changed(effect)

    @precondition(lambda self: self.known)
    @rule(number=any_of_them)
    def correct(self, number):
        effect = AmendmentEffect.objects.get(pk=list(self.known)[number % len(self.known)])
        words = [{"text": f"Korjattu {next(self.slugs)}.", "items": []}]
        services.check_wording(effect.after, {"text_fi": words}, by=self.people[1])
        self.changed(effect)

    @precondition(lambda self: self.known)
    @rule(number=any_of_them, person=st.integers(0, 1), one=st.booleans(), place=any_of_them)
    def confirm(self, number, person, one, place):
        told = self.pick(number, [*self.pages.values(), *self.summaries.values()])
        effect = list(self.known)[place % len(self.known)] if one else None
        chosen = {"effect": AmendmentEffect.objects.get(pk=effect)} if effect else {}
        impact_reviews.confirm(told.kind, told.thing, by=self.people[person], **chosen)
        for other in [*self.pages.values(), *self.summaries.values()]:
            if (other.kind, other.thing) == (told.kind, told.thing) and other.live:
                other.fine |= {effect} if effect else set(self.known)
        if effect is None and told.live:
            assert not impact_reviews.open_reviews(told.kind, [told.subject])

    @rule(number=st.sampled_from(NUMBERS), said=st.booleans())
    def summarise(self, number, said):
        section = Section.objects.get(number=number)
        words = f"Lyhyesti {next(self.slugs)}." if said else ""
        summaries.write(
            section, {"summary_fi": words}, by=self.people[1], expect=section.version_token
        )
        told = self.summaries[number]
        self.went_live(told, {number}, next(self.ticks), SUBSTANTIVE)
        told.live = said

    # What always holds.

    @invariant()
    def nothing_is_silent(self):
        for told in [*self.pages.values(), *self.summaries.values()]:
            if not told.live:
                continue
            open_ones = impact_reviews.open_reviews(told.kind, [told.subject])
            asked = {review.effect_id for review in open_ones.get(told.subject, [])}
            for effect in AmendmentEffect.objects.filter(section__number__in=told.refs):
                assert effect.pk in told.fine or effect.pk in asked, (told.subject, str(effect))

    def on_the_page_itself(self):
        """At the end of a sequence readers see it on each page, and on what shows it elsewhere."""
        shown = {pk: told.subject for pk, told in self.aliases.items()}
        shown |= {pk: told.subject for pk, told in self.pages.items() if told.live}
        asked = impact_reviews.open_reviews("guidance", list(shown.values()))
        for pk, subject in shown.items():
            page = GuidanceArticlePage.objects.get(pk=pk)
            if page.live:
                html = Client().get(page.url_path).content.decode()
                assert ("law-banner" in html) == (subject in asked), page.url_path


def test_nothing_that_rests_on_a_changed_section_falls_silent():
    run_state_machine_as_test(
        Publications,
        settings=settings(
            max_examples=size(6, 500),
            stateful_step_count=size(15, 20),
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


ORDERS = {
    "an import": [("import_an_act", {"14"}, 0)],
    "a draft of before the change": [
        ("draft", 0, {"14"}, SUBSTANTIVE, True, False),
        ("import_an_act", {"14"}, 0),
        ("publish", 0),
    ],
    "a minor publication": [("import_an_act", {"14"}, 0), ("revise", 0, {"14"}, MINOR, True)],
    "a minor publication that takes the link away": [
        ("import_an_act", {"14"}, 0),
        ("revise", 0, set(), MINOR, True),
        ("revise", 0, {"14"}, MINOR, True),
    ],
    "a change ahead": [("import_an_act", {"14"}, 3), ("revise", 0, {"14"}, SUBSTANTIVE, True)],
    "an alias made a page": [
        ("alias", 0),
        ("import_an_act", {"14"}, 0),
        ("confirm", 0, 1, False, 0),
        ("make_an_alias_a_page", 0),
    ],
    "a correction": [
        ("import_an_act", {"14"}, 0),
        ("confirm", 0, 1, False, 0),
        ("correct", 0),
    ],
    "a copy": [
        ("import_an_act", {"14"}, 0),
        ("revise", 0, {"14"}, MINOR, True),
        ("copy", 0),
    ],
    "a translation": [
        ("draft", 0, {"14"}, MINOR, True, False),
        ("import_an_act", {"14"}, 0),
        ("publish", 0),
        ("translate", 0),
    ],
}


@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
def test_an_order_that_could_silence_a_page_does_not(order):
    machine = Publications()
    machine.begin()
    try:
        for event, *chosen in order:
            getattr(machine, event)(*chosen)
            machine.nothing_is_silent()
    finally:
        machine.teardown()
