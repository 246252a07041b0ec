"""What stands in the letters to followers, when they come, and what never stands in them."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from content.pages.models import ChangeKind
from law import following as law
from monitoring.indicators import following as figures
from partnership.organisations.models import Membership, Renewal
from partnership.organisations.services import memberships, renewals
from portal.mail import sending
from portal.mail.models import Letter
from portal.notifications import activity, digests, links
from portal.notifications.models import Event, Follower, Frequency, Notice
from tests.factories.accounts import UserFactory
from tests.factories.content import ArticleFactory, ThemeFactory, law_box, publish
from tests.factories.law import AmendmentEffectFactory, SectionFactory
from tests.factories.monitoring import IndicatorFactory, ObservationFactory
from tests.factories.notices import EventFactory, FollowerFactory, FollowFactory
from tests.factories.partnership import MembershipFactory, RenewalFactory, decide
from tests.factories.places import AreaFactory
from tests.factories.topics import TopicFactory

pytestmark = pytest.mark.django_db
SECTION = ("section", "681/2023:14")


@pytest.fixture(autouse=True)
def section(db):
    return SectionFactory(number="14")


def told():
    """Everything that waits is passed on and written; the letters that came of it."""
    before = set(Letter.objects.values_list("pk", flat=True))
    while activity.fan_out():
        pass
    digests.write_due()
    return list(Letter.objects.exclude(pk__in=before).order_by("to"))


def follows_page(page, **follower):
    return FollowFactory(
        kind="page",
        subject=str(page.translation_key),
        follower=FollowerFactory(**follower),
    ).follower


def test_one_event_is_one_letter_however_many_of_its_targets_one_follows(section):
    topic = TopicFactory()
    ThemeFactory(topic=topic)
    article = ArticleFactory(topics=[topic], body=[law_box(section)])
    follower = follows_page(article)
    FollowFactory(follower=follower)
    FollowFactory(follower=follower, kind="topic", subject=topic.key)

    publish(article, note="Who decides has changed.")

    [letter] = told()
    assert letter.text.count("Who decides has changed.") == 1
    assert article.title in letter.subject
    assert article.url_path in letter.text
    assert told() == []


def test_an_event_told_again_is_told_once():
    FollowFactory()
    for language, note in (("fi", "Muuttui."), ("en", "It changed.")):
        activity.record_activity(
            "once", thing=SECTION, targets=[SECTION], verb=law.AMENDED, notes={language: note}
        )

    [letter] = told()

    assert Event.objects.count() == 1
    assert "It changed." in letter.text
    assert "Muuttui." not in letter.text


def test_what_nobody_follows_leaves_no_event():
    assert (
        activity.record_activity("none", thing=SECTION, targets=[SECTION], verb=law.AMENDED) is None
    )
    FollowFactory(confirmed_at=None)
    assert (
        activity.record_activity("none", thing=SECTION, targets=[SECTION], verb=law.AMENDED) is None
    )


def test_who_began_to_follow_afterwards_and_who_has_not_confirmed_hears_nothing():
    FollowFactory(follower__email="early@example.org")
    FollowFactory(confirmed_at=None)
    EventFactory()
    FollowFactory(confirmed_at=timezone.now() + timedelta(seconds=1))
    closed = UserFactory(is_active=False)
    FollowFactory(follower=FollowerFactory(user=closed))

    assert [letter.to for letter in told()] == ["early@example.org"]


@pytest.mark.parametrize(
    ("frequency", "happened", "not_yet", "then"),
    [
        ("daily", "2027-02-02 12:00", "2027-02-03 04:59", "2027-02-03 05:01"),
        ("weekly", "2027-02-02 12:00", "2027-02-08 04:59", "2027-02-08 05:01"),
        ("daily", "2027-07-02 12:00", "2027-07-03 03:59", "2027-07-03 04:01"),
    ],
)
def test_digests_come_at_seven_in_finland(frequency, happened, not_yet, then):
    def at(words):
        return time_machine.travel(datetime.fromisoformat(words).replace(tzinfo=UTC), tick=False)

    with at(happened):
        FollowFactory(follower__frequency=frequency)
        EventFactory()
        EventFactory()
        assert told() == []
    with at(not_yet):
        assert told() == []
    with at(then):
        [letter] = told()
        assert told() == []

    assert letter.subject == "2 changes in what you follow"


def test_every_frequency_has_its_last_time():
    now = timezone.now()
    for frequency in Frequency:
        assert now - timedelta(days=7, hours=1) < frequency.last_time(now) <= now


def test_an_amendment_leads_to_what_changed_in_the_section(section):
    FollowFactory()
    FollowFactory(subject="681/2023:15")
    change = AmendmentEffectFactory(section=section)

    law.record_activity([change])
    law.record_activity([change])

    [letter] = told()
    assert letter.subject.startswith("Amended: Section 14 Heading 14")
    assert "/en/law/681-2023/14/#changes" in letter.text
    assert change.amendment.reference in letter.text


def test_a_translation_adds_its_note_to_the_event_of_the_original():
    finnish = ArticleFactory(language="fi")
    swedish = ArticleFactory(language="sv", together=finnish)
    follows_page(finnish, email="fi@example.org", language="fi")
    follows_page(finnish, email="sv@example.org", language="sv")
    follows_page(finnish, email="en@example.org", language="en")

    publish(finnish, note="Suomeksi muuttui.")
    publish(swedish, note="På svenska ändrades.")

    english, fi, sv = told()
    assert "Suomeksi muuttui." in fi.text
    assert "På svenska ändrades." in sv.text
    assert "only in Finnish" in english.text
    assert "What changed, in Finnish: Suomeksi muuttui." in english.text
    assert f'lang="fi" hreflang="fi">{finnish.title}' in english.html


def test_nothing_that_the_follower_may_not_see_is_in_a_letter(section):
    draft = ArticleFactory(title="CANARY draft", body=[law_box(section)], live=False)
    hidden = ArticleFactory(title="CANARY hidden")
    restriction = PageViewRestriction.objects.create(page=hidden, restriction_type="groups")
    restriction.groups.add(Group.objects.get(name="lawyer"))
    lawyer = UserFactory(role="lawyer")
    both = ArticleFactory(language="fi", title="Molemmat")
    away = ArticleFactory(together=both, title="CANARY withdrawn translation")
    reader = FollowerFactory(email="reader@example.org")
    insider = FollowerFactory(user=lawyer)
    for follower in (reader, insider):
        FollowFactory(follower=follower)
        for page in (draft, hidden, both):
            FollowFactory(follower=follower, kind="page", subject=str(page.translation_key))
    publish(hidden, note="CANARY hidden note")
    publish(away, note="CANARY note of a withdrawn translation")
    away.unpublish()
    draft.save_revision()

    letters = {letter.to: letter for letter in told()}

    assert "CANARY hidden" in letters[lawyer.email].text
    assert "CANARY hidden note" not in letters[lawyer.email].text, "the page may be opened later"
    assert "CANARY" not in letters["reader@example.org"].text + letters["reader@example.org"].html
    assert "withdrawn translation" not in letters[lawyer.email].text
    assert "Molemmat" in letters["reader@example.org"].text


def test_nothing_left_to_tell_is_no_letter():
    article = ArticleFactory()
    follower = follows_page(article)
    publish(article, note="Seen by nobody.")
    PageViewRestriction.objects.create(page=article, restriction_type="login")

    assert told() == []
    assert Notice.objects.get(follower=follower).told_at is not None


def test_withdrawal_is_told_without_the_words_of_what_is_away(section):
    article = ArticleFactory(title="CANARY away", body=[law_box(section)])
    follows_page(article, email="page@example.org")
    FollowFactory(follower__email="section@example.org")
    article.unpublish()

    page, of_section = told()

    assert "A page that you follow has been withdrawn" in page.text
    assert page.subject == "A page that you follow has been withdrawn"
    assert of_section.subject == "A page on section 14 has been withdrawn"
    assert "A page on this has been withdrawn" in of_section.text
    assert "Heading 14" in of_section.text
    assert "CANARY" not in page.text + page.html + of_section.text + of_section.html


@pytest.mark.parametrize(
    ("language", "subject"),
    [
        ("fi", "Sivu, joka koski 14 §:ää, on poistettu julkaisusta"),
        ("sv", "En sida om 14 § har tagits bort"),
    ],
)
def test_a_withdrawal_is_named_in_general_words_in_the_language_of_the_reader(
    section, language, subject
):
    article = ArticleFactory(body=[law_box(section)])
    FollowFactory(follower__language=language)
    article.unpublish()

    assert [letter.subject for letter in told()] == [subject]


def test_the_followers_of_a_theme_are_told_what_was_withdrawn():
    topic = TopicFactory()
    theme = ThemeFactory(topic=topic)
    FollowFactory(kind="topic", subject=topic.key)
    ArticleFactory(topics=[topic]).unpublish()
    told()
    article = ArticleFactory(topics=[topic], live=False)
    Event.objects.all().delete()
    publish(article)
    told()
    Letter.objects.update(sent_at=timezone.now())
    article.refresh_from_db()
    article.unpublish()

    [letter] = told()
    assert letter.subject == f"A page has been withdrawn: {topic.name_en} (theme)"
    assert theme.url_path in letter.text


@pytest.mark.parametrize("before", [False, True])
@pytest.mark.parametrize("written", [False, True])
def test_what_is_published_and_withdrawn_before_the_letter_goes_is_no_letter(
    section, written, before, mailoutbox
):
    article = ArticleFactory(body=[law_box(section)], live=False)
    if before:
        article = publish(article)
        article.unpublish()
    FollowFactory()
    article = publish(article)
    if written:
        [_waiting] = told()

    article.unpublish()

    assert told() == []
    sending.send_due()
    assert mailoutbox == []


def test_a_note_of_a_private_time_is_in_no_letter_when_the_page_is_open_again():
    article = ArticleFactory()
    follows_page(article)
    restriction = PageViewRestriction.objects.create(page=article, restriction_type="login")
    publish(article, note="CANARY")
    restriction.delete()

    assert all("CANARY" not in letter.text + letter.html for letter in told())


def test_organisations_that_join_and_leave_are_told_of_to_their_area(people):
    membership = MembershipFactory(status=Membership.Status.APPLIED)
    organisation, area = membership.organisation, AreaFactory()
    organisation.areas.add(area)
    FollowFactory(kind="area", subject=area.key)

    decide(membership)
    [joined] = [one for one in told() if one.template == digests.TEMPLATE]
    Letter.objects.update(sent_at=timezone.now())
    memberships.end(membership, by=people["programme"], reason="Merged.")
    [ended] = [one for one in told() if one.template == digests.TEMPLATE]

    assert organisation.name in joined.text
    assert organisation.name not in ended.text
    assert "no longer a member" in ended.text


def test_a_lapse_its_return_and_leaving_are_told_to_followers(people):
    renewal = RenewalFactory(reminded_at=timezone.now() - timedelta(days=400))
    Renewal.objects.update(asked_at=timezone.now() - timedelta(days=400))
    organisation, area = renewal.membership.organisation, AreaFactory()
    organisation.areas.add(area)
    FollowFactory(kind="area", subject=area.key)

    def letter_after(work):
        Letter.objects.update(sent_at=timezone.now())
        work()
        [found] = [one for one in told() if one.template == digests.TEMPLATE]
        return found.text

    lapsed = letter_after(lambda: renewals.run(timezone.now() + timedelta(days=800)))
    assert organisation.name not in lapsed and "no longer a member" in lapsed
    renewal.refresh_from_db()
    back = letter_after(lambda: renewals.confirm(renewal, by=None))
    assert organisation.name in back and "A partner again" in back
    renewal.membership.refresh_from_db()
    left = letter_after(lambda: memberships.leave(renewal.membership, by=people["programme"]))
    assert organisation.name not in left and "no longer a member" in left


def test_minor_changes_are_not_told():
    article = ArticleFactory()
    follows_page(article)

    publish(article, kind=ChangeKind.MINOR, note="")

    assert told() == []


def test_mail_programs_get_their_headers_and_no_others(mailoutbox):
    follower = FollowFactory().follower
    section = SectionFactory(number="14")
    section.name_en = "Two\nlines\r\nBcc: somebody@example.org"
    section.save()
    EventFactory()
    told()

    sending.send_due()

    [sent] = mailoutbox
    raw = sent.message()
    assert raw["List-Unsubscribe"] == f"<{links.stopping(follower)}>"
    assert raw["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert raw["List-Id"] == "<follow.portal.example.org>"
    assert raw["Bcc"] is None
    assert "\n" not in sent.subject


@pytest.mark.parametrize("waited", [timedelta(), timedelta(minutes=9), timedelta(hours=1)])
@pytest.mark.parametrize("away", ["unpublished", "private"])
def test_what_may_stand_in_a_letter_is_asked_when_it_goes(away, waited, mailoutbox):
    stays, goes = ArticleFactory(title="Stays"), ArticleFactory(title="CANARY goes")
    follower = follows_page(stays, frequency="daily")
    FollowFactory(follower=follower, kind="page", subject=str(goes.translation_key))
    publish(stays, note="Still here.")
    publish(goes, note="Gone soon.")
    Follower.objects.update(frequency="instant")
    [letter] = told()
    assert "CANARY" in letter.text

    if away == "private":
        PageViewRestriction.objects.create(page=goes, restriction_type="login")
    else:
        goes.unpublish()
    Letter.objects.update(created_at=timezone.now() - waited)
    sending.send_due()

    [sent] = mailoutbox
    assert "CANARY" not in sent.body
    assert "Still here." in sent.body


def test_a_letter_that_is_written_anew_tells_what_happened_in_its_order(mailoutbox):
    FollowFactory(confirmed_at=timezone.now() - timedelta(days=2))
    EventFactory(notes={"en": "Then this."})
    EventFactory(notes={"en": "First that."}, at=timezone.now() - timedelta(days=1))
    [letter] = told()
    Letter.objects.update(created_at=timezone.now() - timedelta(hours=1))

    sending.send_due()

    [sent] = mailoutbox
    for text in (letter.text, sent.body):
        assert -1 < text.find("First that.") < text.find("Then this.")


@pytest.mark.parametrize("waited", [timedelta(), timedelta(hours=1)])
def test_who_stops_gets_no_letter_that_is_under_way(waited, mailoutbox):
    follower = FollowFactory().follower
    EventFactory()
    assert told()
    Letter.objects.update(created_at=timezone.now() - waited)

    follower.delete()
    sending.send_due()

    assert mailoutbox == []


def test_the_queries_of_a_batch_grow_neither_with_things_nor_with_followers():
    def queries(things, followers):
        Follower.objects.all().delete()
        Event.objects.all().delete()
        for _one in range(followers):
            follower = FollowerFactory()
            for number in range(1, things + 1):
                FollowFactory(follower=follower, subject=f"681/2023:{number}")
        for number in range(1, things + 1):
            SectionFactory(number=str(number))
            EventFactory(thing=f"681/2023:{number}")
        while activity.fan_out():
            pass
        with CaptureQueriesContext(connection) as captured:
            assert digests.write_due() == followers
        return len(captured)

    queries(1, 1)
    assert queries(1, 2) == queries(8, 2) == queries(2, 9)


def test_old_events_are_forgotten():
    FollowFactory()
    EventFactory(at=timezone.now() - timedelta(days=200))
    recent = EventFactory()
    told()

    activity.clear_old()

    assert Event.objects.get() == recent


def test_new_figures_are_told_to_those_who_follow_the_area():
    shown = ObservationFactory(indicator=IndicatorFactory(name_en="Shown"))
    ObservationFactory(
        indicator=IndicatorFactory(name_en="CANARY unpublished", published=False),
        release=shown.release,
        area=shown.area,
    )
    FollowFactory(kind="area", subject=shown.area.key)

    figures.record_activity(shown.release, {shown.area}, {shown.indicator})

    [letter] = told()
    assert letter.subject == "New figures: Shown"
    assert shown.area.name_en in letter.text
    assert "CANARY" not in letter.text
