"""What a publication says of a change of the law depends on when its text was written."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.models import Locale, PageLogEntry
from wagtail_localize.models import Translation, TranslationSource

from content.pages.models import ChangeKind, GuidanceArticlePage, PageChange
from law import impact_reviews, services, summaries
from law.models import AmendmentEffect, ImpactReview
from tests.factories.accounts import UserFactory
from tests.factories.content import ArticleFactory, law_box, publish, text
from tests.factories.law import AmendmentEffectFactory, SectionFactory, opened_change

pytestmark = pytest.mark.django_db
State = ImpactReview.State
SUBSTANTIVE, MINOR = ChangeKind.SUBSTANTIVE, ChangeKind.MINOR
NOTHING = [text("<p>Nothing of the law.</p>")]


@pytest.fixture
def lawyer():
    return UserFactory(role="lawyer")


@pytest.fixture
def section(db):
    return SectionFactory(number="14")


def state_of(page, change):
    review = ImpactReview.objects.filter(effect=change, subject=str(page.pk)).first()
    return review and review.state


def has_banner(client, page):
    return "law-banner" in client.get(page.url_path).content.decode()


def draft(page, kind=SUBSTANTIVE, **fields):
    for name, value in {"change_kind": kind, "change_note": "What changed.", **fields}.items():
        setattr(page, name, value)
    return page.save_revision(user=UserFactory(role="editor"))


def test_a_draft_written_before_the_amendment_settles_nothing(section, client):
    page = ArticleFactory(body=[law_box(section)])
    written = draft(page)
    change = opened_change(section=section)

    written.publish()

    assert state_of(page, change) == State.OPEN
    assert has_banner(client, page)
    draft(page).publish()
    assert state_of(page, change) == State.CHANGED
    assert not has_banner(client, page)


def test_a_draft_of_before_opens_what_was_confirmed_of_the_published_text(section, client):
    page = ArticleFactory(body=[law_box(section)])
    written = draft(page)
    change = opened_change(section=section)
    impact_reviews.confirm("guidance", str(page.translation_key), by=UserFactory())

    written.publish()

    assert state_of(page, change) == State.OPEN
    assert has_banner(client, page)


def test_a_draft_of_before_that_has_no_link_any_more_ends_nothing(section):
    page = ArticleFactory(body=[law_box(section)])
    written = draft(page, body=NOTHING)
    change = opened_change(section=section)

    written.publish()

    assert state_of(page, change) == State.OPEN


def test_a_first_publication_of_a_draft_of_before_has_its_review(section, client):
    page = ArticleFactory(body=[law_box(section)], live=False)
    written = draft(page)
    change = opened_change(section=section)

    written.publish()

    assert state_of(page, change) == State.OPEN
    assert has_banner(client, page)


def test_what_the_schedule_publishes_is_as_old_as_its_revision(section, client):
    page = ArticleFactory(body=[law_box(section)])
    new = ArticleFactory(body=[law_box(section)], live=False)
    for one in (page, new):
        draft(one, go_live_at=timezone.now() + timedelta(hours=1)).publish()
    assert not PageChange.objects.filter(page=new).exists()
    change = opened_change(section=section)

    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        call_command("publish_scheduled")

    for one in (page, new):
        assert state_of(one, change) == State.OPEN
        assert has_banner(client, one)


def test_what_was_away_when_the_law_changed_has_its_review_when_it_is_back(section, client):
    page = ArticleFactory(body=[law_box(section)])
    page.unpublish()
    change = opened_change(section=section)
    assert state_of(page, change) is None

    page = publish(page, kind=MINOR)

    assert state_of(page, change) == State.OPEN
    assert has_banner(client, page)


def test_a_withdrawal_and_a_minor_return_without_the_link_end_nothing(section):
    page = ArticleFactory(body=[law_box(section)])
    change = opened_change(section=section)
    page.unpublish()
    assert state_of(page, change) == State.GONE
    page.body = NOTHING

    publish(page, kind=MINOR)

    assert state_of(page, change) == State.OPEN


def test_a_minor_change_that_brings_a_link_has_a_review_and_one_that_was_told_has_none(section):
    change = opened_change(section=section)
    with time_machine.travel(timezone.now() - timedelta(days=9)):
        before = ArticleFactory(body=NOTHING)
    after = ArticleFactory(body=NOTHING)
    for page in (before, after):
        page.body = [law_box(section)]
        publish(page, kind=MINOR)

    assert state_of(before, change) == State.OPEN
    assert state_of(after, change) == State.CHANGED


def test_a_copy_that_is_published_as_it_came_is_as_old_as_what_was_copied(section):
    page = ArticleFactory(body=[law_box(section)])
    change = opened_change(section=section)
    as_it_came, rewritten = (
        page.copy(update_attrs={"slug": slug}, keep_live=False) for slug in ("one", "two")
    )

    as_it_came.get_latest_revision().publish()
    draft(GuidanceArticlePage.objects.get(pk=rewritten.pk)).publish()

    assert [state_of(one, change) for one in (as_it_came, rewritten)] == ["open", "changed"]


def test_a_copy_is_as_old_as_what_was_copied(section, client):
    page = ArticleFactory(body=[law_box(section)])
    change = opened_change(section=section)

    copy = page.copy(update_attrs={"slug": "a-copy", "title": "A copy"}, keep_live=True)

    assert state_of(copy, change) == State.OPEN
    assert has_banner(client, copy)
    publish(GuidanceArticlePage.objects.get(pk=copy.pk), kind=MINOR)
    assert state_of(copy, change) == State.OPEN


def test_an_alias_that_becomes_a_page_keeps_the_banner_of_its_original(section, client):
    page = ArticleFactory(body=[law_box(section)])
    alias = page.create_alias(update_slug="an-alias")
    change = opened_change(section=section)
    assert has_banner(client, alias)

    ConvertAliasPageAction(alias).execute()
    impact_reviews.confirm("guidance", str(page.translation_key), by=UserFactory())

    assert PageLogEntry.objects.filter(action="wagtail.convert_alias").exists()
    assert state_of(alias, change) == State.OPEN
    assert has_banner(client, alias) and not has_banner(client, page)


def test_a_page_written_before_a_change_holds_has_a_review_of_it(section):
    ahead = opened_change(section=section, day=timezone.localdate() + timedelta(days=9))

    page = ArticleFactory(body=[law_box(section)])

    assert state_of(page, ahead) == State.OPEN


def test_a_summary_that_is_written_later_is_reviewed_only_for_what_is_ahead(section, lawyer):
    change = opened_change(section=section)
    ahead = opened_change(
        section=section, day=timezone.localdate() + timedelta(days=9), before=change.after
    )

    summaries.write(section, {"summary_fi": "Lyhyesti."}, by=lawyer, expect=section.version_token)

    assert [state_of(section, one) for one in (change, ahead)] == [State.CHANGED, State.OPEN]


def test_a_corrected_wording_opens_what_was_settled_against_it(section, client, lawyer):
    confirmed, changed, away = (ArticleFactory(body=[law_box(section)]) for _each in range(3))
    change = opened_change(section=section)
    for page in (confirmed, away):
        impact_reviews.confirm("guidance", str(page.translation_key), by=UserFactory())
    changed = publish(changed)
    away.unpublish()
    late = draft(changed)
    token = change.after.version_token
    assert set(change.reviews.values_list("seen", "seen_token")) == {(change.after.pk, token)}

    services.check_wording(change.after, {}, by=lawyer)
    assert not change.reviews.filter(state=State.OPEN).exists()
    words = [{"text": "Valtio järjestää palvelun.", "items": []}]
    services.check_wording(change.after, {"text_fi": words}, by=lawyer)

    assert [state_of(one, change) for one in (confirmed, changed, away)] == [
        State.OPEN,
        State.OPEN,
        State.CONFIRMED,
    ]
    assert has_banner(client, confirmed)
    late.publish()
    assert state_of(changed, change) == State.OPEN
    away = publish(away, kind=MINOR)
    assert state_of(away, change) == State.OPEN

    impact_reviews.confirm("guidance", str(confirmed.translation_key), by=lawyer)
    change.after.refresh_from_db()
    seen = change.reviews.get(subject=str(confirmed.pk))
    assert seen.seen_token == change.after.version_token != token


def test_a_list_that_is_opened_again_asks_nothing_of_what_knew(section):
    change = AmendmentEffectFactory(section=section)
    page = ArticleFactory(body=[law_box(section)])

    impact_reviews.open_tasks(AmendmentEffect.objects.all())

    assert state_of(page, change) == State.CHANGED


def test_a_translation_is_as_old_as_the_original_s_text_that_it_brings(section):
    page = ArticleFactory(body=[law_box(section)], language="fi")
    swedish = Locale.objects.get(language_code="sv")

    def translate():
        source, _made = TranslationSource.update_or_create_from_instance(page)
        Translation.objects.get_or_create(source=source, target_locale=swedish)
        source.create_or_update_translation(swedish, publish=False, fallback=True)
        page.get_translation(swedish).get_latest_revision().publish()
        return page.get_translation(swedish)

    translation = translate()
    written = draft(page)
    change = opened_change(section=section)
    impact_reviews.confirm("guidance", str(page.translation_key), by=UserFactory())
    written.publish()
    page.refresh_from_db()

    translate()

    assert [state_of(one, change) for one in (page, translation)] == [State.OPEN, State.OPEN]
    page = publish(page)
    translate()
    assert [state_of(one, change) for one in (page, translation)] == ["changed", "changed"]
