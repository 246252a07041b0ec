"""A change of the law opens a work list of what rests on it, and each check is settled once."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from wagtail.log_actions import registry
from wagtail.models import ModelLogEntry

from content.pages.models import ChangeKind
from law import impact_reviews, references
from law.models import ImpactReview
from law.references import Reference, Referrer
from monitoring.indicators.models import IndicatorSection
from portal.resources import ResourceType
from tests.factories.accounts import UserFactory
from tests.factories.content import (
    ArticleFactory,
    InformationFactory,
    NewsFactory,
    law_box,
    publish,
    section_link,
    text,
)
from tests.factories.law import AmendmentEffectFactory, SectionFactory, opened_change
from tests.factories.monitoring import IndicatorFactory
from tests.proofs import size

pytestmark = pytest.mark.django_db
State = ImpactReview.State


@pytest.fixture
def section(db):
    return SectionFactory(number="14", summary_fi="Lyhyesti", summary_sv="I korthet")


def plain(words):
    """Without the no-break spaces of dates."""
    return " ".join(words.split())


def logged(change):
    return [
        (entry.action, entry.user, entry.data)
        for entry in registry.get_logs_for_instance(change).order_by("pk")
    ]


def states(change):
    return dict(ImpactReview.objects.filter(effect=change).values_list("subject", "state"))


def test_everything_that_rests_on_the_section_is_listed_with_its_owner(section):
    finnish = ArticleFactory(language="fi", body=[law_box(section)], keeper="lawyer")
    swedish = ArticleFactory(language="sv", body=[text(section_link(section))], together=finnish)
    news = NewsFactory(body=[text(section_link(section)), law_box(section)])
    about = InformationFactory(body=[law_box(section)])
    indicator = IndicatorFactory()
    IndicatorSection.objects.create(indicator=indicator, section=section)
    ArticleFactory(body=[law_box(SectionFactory(number="77"))])
    change = AmendmentEffectFactory(section=section)

    assert impact_reviews.open_tasks([change]) == 6

    rows = change.reviews.values_list("kind", "subject", "thing", "owner", "state")
    assert set(rows) == {
        ("guidance", str(finnish.pk), str(finnish.translation_key), "lawyer", "open"),
        ("guidance", str(swedish.pk), str(finnish.translation_key), "editor", "open"),
        ("guidance", str(about.pk), str(about.translation_key), "editor", "open"),
        ("news", str(news.pk), str(news.translation_key), "editor", "open"),
        ("indicator", str(indicator.pk), str(indicator.pk), "statistician", "open"),
        ("summary", str(section.pk), str(section.pk), "lawyer", "open"),
    }
    assert logged(change) == [("law.open", None, {"checks": 6})]


def test_drafts_and_withdrawn_pages_and_unpublished_indicators_are_not_listed(section):
    ArticleFactory(body=[law_box(section)], live=False)
    ArticleFactory(body=[law_box(section)]).unpublish()
    linked_in_a_draft = ArticleFactory()
    linked_in_a_draft.body = [law_box(section)]
    linked_in_a_draft.save_revision()
    IndicatorSection.objects.create(indicator=IndicatorFactory(published=False), section=section)
    change = AmendmentEffectFactory(section=section)

    impact_reviews.open_tasks([change])

    assert [check.kind for check in change.reviews.all()] == ["summary"]


def test_a_change_that_nothing_rests_on_gets_an_empty_list():
    change = AmendmentEffectFactory()

    assert impact_reviews.open_tasks([change]) == 0
    assert logged(change) == [("law.open", None, {"checks": 0})]
    assert impact_reviews.open_tasks([]) == 0


def test_what_is_written_later_is_settled_from_its_first_day_and_a_list_is_opened_once(section):
    ArticleFactory(body=[law_box(section)])
    change = opened_change(section=section)
    before = set(change.reviews.values_list("pk", "state"))

    page = ArticleFactory(body=[law_box(section)])

    later = change.reviews.get(subject=str(page.pk))
    assert (later.state, later.seen) == (State.CHANGED, change.after)
    assert set(change.reviews.exclude(pk=later.pk).values_list("pk", "state")) == before
    assert len(before) == 2
    assert impact_reviews.open_tasks([change]) == 0


def test_a_second_run_keeps_each_check_as_it_stands(section):
    page = ArticleFactory(body=[law_box(section)])
    change = opened_change(section=section)
    impact_reviews.confirm("guidance", str(page.translation_key), by=UserFactory())

    assert impact_reviews.open_tasks([change]) == 0
    assert states(change) == {str(page.pk): "confirmed", str(section.pk): "open"}


def test_many_changes_and_things_cost_the_queries_of_one():
    def queries(number):
        sections = SectionFactory.create_batch(number, summary_fi="Lyhyesti")
        for section in sections:
            ArticleFactory(body=[law_box(section)])
            NewsFactory(body=[law_box(section)])
        changes = [AmendmentEffectFactory(section=section) for section in sections]
        with CaptureQueriesContext(connection) as captured:
            assert impact_reviews.open_tasks(changes) == 3 * number
        return len(captured)

    queries(1)
    assert queries(1) == queries(6) <= 30


def test_a_confirmation_holds_for_all_languages_and_is_logged(section):
    finnish = ArticleFactory(language="fi", body=[law_box(section)])
    english = ArticleFactory(body=[law_box(section)], together=finnish)
    other = ArticleFactory(body=[law_box(section)])
    change = opened_change(section=section)
    lawyer = UserFactory(role="lawyer")

    settled = impact_reviews.confirm(
        "guidance", str(finnish.translation_key), by=lawyer, note="Only the numbering moved."
    )

    assert settled == 2
    checks = {check.subject: check for check in change.reviews.filter(kind="guidance")}
    for page in (finnish, english):
        check = checks[str(page.pk)]
        assert (check.state, check.done_by, check.note) == (
            State.CONFIRMED,
            lawyer,
            "Only the numbering moved.",
        )
        assert check.done_at is not None
    assert checks[str(other.pk)].state == State.OPEN
    action, who, data = logged(change)[-1]
    assert (action, who, data["thing"]) == ("law.confirm", lawyer, str(finnish.translation_key))
    assert data["subjects"] == [str(finnish.pk), str(english.pk)]


def test_a_confirmation_may_be_about_one_change_alone(section):
    page = ArticleFactory(body=[law_box(section)])
    first, second = (AmendmentEffectFactory(section=section, before=None) for _each in range(2))
    impact_reviews.open_tasks([first, second])

    impact_reviews.confirm("guidance", str(page.translation_key), by=UserFactory(), effect=second)

    assert states(second)[str(page.pk)] == "confirmed"
    assert states(first)[str(page.pk)] == "open"


def test_a_second_confirmation_settles_nothing_and_is_not_logged(section):
    page = ArticleFactory(body=[law_box(section)])
    change = opened_change(section=section)
    first, second = UserFactory(), UserFactory()

    assert impact_reviews.confirm("guidance", str(page.translation_key), by=first) == 1
    assert impact_reviews.confirm("guidance", str(page.translation_key), by=second) == 0
    assert change.reviews.get(kind="guidance").done_by == first
    assert [action for action, *_rest in logged(change)] == ["law.open", "law.confirm"]


def test_a_substantive_change_settles_its_own_language_alone(section):
    finnish = ArticleFactory(language="fi", body=[law_box(section)])
    english = ArticleFactory(body=[law_box(section)], together=finnish)
    change = opened_change(section=section)
    editor = UserFactory(role="editor")

    publish(finnish, user=editor)

    check = change.reviews.get(subject=str(finnish.pk))
    assert (check.state, check.done_by) == (State.CHANGED, editor)
    assert change.reviews.get(subject=str(english.pk)).state == State.OPEN
    assert logged(change)[-1][:2] == ("law.changed", editor)


def test_a_substantive_change_leaves_what_is_ahead_to_a_confirmation(section):
    page = ArticleFactory(body=[law_box(section)])
    today, tomorrow = timezone.localdate(), timezone.localdate() + timedelta(days=1)
    now = AmendmentEffectFactory(section=section, day=today)
    ahead = AmendmentEffectFactory(section=section, day=tomorrow, before=now.after)
    repeal = AmendmentEffectFactory(section=section, day=AHEAD, before=now.after, repealed=True)
    impact_reviews.open_tasks([now, ahead, repeal])
    editor = UserFactory(role="editor")

    publish(page, user=editor)

    subject = str(page.pk)
    assert [states(one)[subject] for one in (now, ahead, repeal)] == ["changed", "open", "open"]

    impact_reviews.confirm("guidance", str(page.translation_key), by=editor, effect=ahead)
    assert [states(one)[subject] for one in (ahead, repeal)] == ["confirmed", "open"]

    with time_machine.travel(timezone.now() + timedelta(days=401)):
        publish(page, user=editor)
    assert states(repeal)[subject] == "changed"


def test_a_minor_change_settles_nothing(section):
    page = ArticleFactory(body=[law_box(section)])
    change = opened_change(section=section)

    publish(page, kind=ChangeKind.MINOR, note="")

    assert states(change)[str(page.pk)] == "open"


def test_a_page_that_no_longer_refers_to_the_section_is_gone_when_somebody_says_so(section):
    page = ArticleFactory(body=[law_box(section)])
    change = opened_change(section=section)
    page.body = [text("<p>Nothing of the law.</p>")]
    page.save_revision()
    assert states(change)[str(page.pk)] == "open"

    page = publish(page, kind=ChangeKind.MINOR)
    assert states(change)[str(page.pk)] == "open"

    page = publish(page)

    assert states(change)[str(page.pk)] == "gone"
    publish(page, kind=ChangeKind.MINOR)
    assert states(change)[str(page.pk)] == "gone"
    page.body = [law_box(section)]
    publish(page)
    assert states(change)[str(page.pk)] == "changed"


@pytest.mark.parametrize("way", ["withdrawn", "edited"])
def test_a_check_is_open_again_when_a_minor_publication_brings_the_reference_back(section, way):
    page = ArticleFactory(body=[law_box(section)])
    change = opened_change(section=section)
    if way == "withdrawn":
        page.unpublish()
    else:
        page.body = [text("<p>Nothing of the law.</p>")]
        page = publish(page)
    assert states(change)[str(page.pk)] == "gone"

    page.body = [law_box(section)]
    page = publish(page, kind=ChangeKind.MINOR, user=UserFactory(role="editor"))

    check = change.reviews.get(kind="guidance")
    assert (check.state, check.done_at, check.done_by) == ("open", None, None)
    assert ModelLogEntry.objects.filter(action="law.reopen").count() == 1
    publish(page)
    assert states(change)[str(page.pk)] == "changed"
    publish(page, kind=ChangeKind.MINOR)
    assert states(change)[str(page.pk)] == "changed"


def test_a_page_that_refers_to_the_section_otherwise_keeps_its_check(section):
    page = ArticleFactory(body=[law_box(section)])
    change = opened_change(section=section)
    page.body = [text(section_link(section))]

    publish(page, kind=ChangeKind.MINOR)

    assert states(change)[str(page.pk)] == "open"
    assert [action for action, *_rest in logged(change)] == ["law.open"]  # nor went and came


@pytest.mark.parametrize("away", ["unpublish", "delete"])
def test_a_withdrawn_or_deleted_page_is_gone(section, away):
    page = ArticleFactory(body=[law_box(section)])
    change = opened_change(section=section)

    getattr(page, away)()

    assert change.reviews.get(kind="guidance").state == State.GONE
    assert logged(change)[-1][0] == "law.gone"


def test_open_checks_are_found_in_one_query(section, django_assert_num_queries):
    pages = [ArticleFactory(body=[law_box(section)]) for _each in range(3)]
    opened_change(section=section)
    impact_reviews.confirm("guidance", str(pages[0].translation_key), by=UserFactory())
    subjects = [str(page.pk) for page in pages]

    with django_assert_num_queries(1), override("en"):
        found = impact_reviews.open_reviews("guidance", subjects)
        told = {plain(check.effect.told) for checks in found.values() for check in checks}
        assert [check.effect.get_absolute_url() for checks in found.values() for check in checks]

    assert set(found) == set(subjects[1:])
    assert told == {"Section 14 was amended on 15 March 2025"}


AHEAD = timezone.localdate() + timedelta(days=400)


@pytest.mark.parametrize(
    ("about", "told"),
    [
        ({"day": date(2025, 3, 15)}, "Section 14 was amended on 15 March 2025"),
        ({"added": True, "day": date(2025, 3, 15)}, "Section 14 was added on 15 March 2025"),
        ({"repealed": True, "day": date(2025, 3, 1)}, "Section 14 was repealed on 1 March 2025"),
        ({"day": AHEAD}, "Section 14 will change on {ahead}"),
        ({"repealed": True, "day": AHEAD}, "Section 14 will be repealed on {ahead}"),
    ],
)
def test_a_change_is_told_by_what_it_did_and_when_it_holds(section, about, told):
    ahead = f"{AHEAD.day} {AHEAD:%B %Y}"

    with override("en"):
        change = AmendmentEffectFactory(section=section, **about)
        assert plain(change.told) == told.format(ahead=ahead)


def test_a_later_kind_joins_by_registering(section, later_room):
    def of_the_sections(sections):
        for one in sections:
            yield Reference(one.pk, "podcast-7", "podcast-7", "programme")

    later_room(ResourceType("podcast", can=(Referrer("Podcasts", references=of_the_sections),)))
    change = AmendmentEffectFactory(section=section)

    impact_reviews.open_tasks([change])

    check = change.reviews.get(kind="podcast")
    assert (check.subject, check.owner, check.state) == ("podcast-7", "programme", State.OPEN)
    assert references.backlinks_to([section], UserFactory(), "en") == {section.pk: []}
    assert impact_reviews.changed("podcast", "podcast-7", by=UserFactory()) == 1


EVENTS = {
    State.CONFIRMED: lambda check: impact_reviews.confirm(
        check.kind, check.thing, by=UserFactory()
    ),
    State.CHANGED: lambda check: impact_reviews.changed(
        check.kind, check.subject, by=UserFactory()
    ),
    State.GONE: lambda check: impact_reviews.dereferenced(check.kind, check.subject),
}


class MovesTests(TestCase):
    @pytest.mark.proof
    @settings(max_examples=size(20, 1000), deadline=None)
    @given(st.sampled_from(State), st.lists(st.sampled_from(list(EVENTS)), max_size=4))
    def test_a_check_moves_as_its_map_says_whatever_happens_to_it(self, state, events):
        """Written out by hand: from open to one of the three, and from none of those."""
        change = AmendmentEffectFactory()
        check = ImpactReview.objects.create(
            effect=change, kind="guidance", subject="1", thing="1", owner="editor", state=state
        )
        expected = state
        for event in events:
            moved = EVENTS[event](check)
            assert moved == (1 if expected == State.OPEN else 0)
            expected = event if expected == State.OPEN else expected
            check.refresh_from_db()
            assert check.state == expected
        assert len(logged(change)) == (1 if state == State.OPEN and events else 0)
