"""Whatever changes what is shown, the next answer shows it: each way of change, and its page."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from content.editorial import reviews
from content.pages.models import GuidanceArticlePage
from law import impact_reviews
from law.models import Section
from monitoring.indicators.models import Observation
from portal.places.models import Area
from portal.topics.models import Topic
from tests.factories.accounts import UserFactory
from tests.factories.content import ArticleFactory, NewsFactory, home, publish, text
from tests.factories.glossary import TermFactory
from tests.factories.law import AmendmentEffectFactory, SectionFactory
from tests.factories.monitoring import ObservationFactory
from tests.factories.partnership import MembershipFactory, decide
from tests.factories.places import AreaFactory
from tests.factories.questions import ask
from tests.factories.topics import TopicFactory
from tests.operations.keeping import body

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keeping")]
WAYS = {}  # each makes what there is before, and gives an address and what changes it


def way(function):
    WAYS[function.__name__] = function
    return function


@way
def page_published():
    article = ArticleFactory(title="Before")

    def change():
        article.title = "Canary"
        publish(article)

    return article.url_path, change


@way
def page_on_lists():
    return "/en/guidance/", lambda: ArticleFactory(title="Canary")


@way
def news_on_home():
    return "/en/", lambda: NewsFactory(title="Canary")


@way
def menu():
    page = home("en").get_children().get(slug="news").specific

    def change():
        page.title = "Canary"
        publish(page)

    return "/en/indicators/", change


@way
def review():
    article = ArticleFactory()
    GuidanceArticlePage.objects.update(reviewed_on=None)
    return (
        article.url_path,
        lambda: (
            reviews.confirm(article, by=UserFactory(is_superuser=True))
            and GuidanceArticlePage.objects.update(reviewed_by="")
        ),
    )


@way
def link_follows_its_page():
    target = ArticleFactory(slug="old-place")
    link = f'<p><a linktype="page" id="{target.pk}">there</a></p>'
    page = ArticleFactory(body=[text(link)])

    def change():
        target.slug = "canary"
        target.save()

    return page.url_path, change


@way
def term_in_running_text():
    page = ArticleFactory(body=[text("<p>zebra</p>")])
    return page.url_path, lambda: TermFactory(name_en="zebra", definition_en="Canary")


@way
def glossary():
    return "/en/glossary/", lambda: TermFactory(definition_en="Canary")


@way
def theme():
    topic = TopicFactory(name_en="Before")
    page = ArticleFactory(topics=[topic])

    def change():
        Topic.objects.filter(pk=topic.pk).update(name_en="Canary")

    return page.url_path, change


@way
def area():
    area = AreaFactory(name_en="Before")
    return area.get_absolute_url(), lambda: Area.objects.update(name_en="Canary")


@way
def section():
    section = SectionFactory(number="14")
    return "/en/law/681-2023/14/", lambda: Section.objects.filter(pk=section.pk).update(
        name_en="Canary"
    )


@way
def check_opened():
    section = SectionFactory(number="14", summary_en="Summary.")
    change = AmendmentEffectFactory(section=section)
    return "/en/law/681-2023/14/", lambda: impact_reviews.open_tasks([change])


@way
def indicator_value():
    value = ObservationFactory(indicator__name_en="Before", value=100)
    return value.indicator.get_absolute_url(), lambda: Observation.objects.update(value=4321)


@way
def membership():
    membership = MembershipFactory(organisation__name_en="Canary")
    return "/en/partners/", lambda: decide(membership)


@way
def organisation():
    membership = MembershipFactory(status="active", organisation__name_en="Before")

    def change():
        membership.organisation.name_en = "Canary"
        membership.organisation.save()

    return "/en/partners/", change


@way
def question_asked():
    return "/en/questions/", ask


class TestChanges:
    """The ways in which something shown can change: the next answer shows it."""

    @pytest.mark.parametrize("name", sorted(WAYS))
    def test_next_answer_is_a_new_one(self, name, settings, client):
        path, change = WAYS[name]()
        before = body(client.get(path))
        assert body(client.get(path)) == before

        change()

        after = body(client.get(path))
        settings.KEPT_ANSWERS_BYTES = 0
        assert after == body(client.get(path))
        assert after != before
        assert "Canary" not in before

    def test_what_is_withdrawn_is_gone(self, client):
        page = ArticleFactory()
        client.get(page.url_path)

        page.unpublish()

        assert client.get(page.url_path).status_code == 404

    def test_what_is_deleted_is_gone(self, client):
        page = ArticleFactory()
        client.get(page.url_path)

        page.delete()

        assert client.get(page.url_path).status_code == 404

    def test_what_is_moved_is_gone(self, client):
        page = ArticleFactory()
        client.get(page.url_path)

        page.move(Page.objects.get(url_path="/en/about/"))

        assert client.get(page.url_path).status_code == 301

    def test_what_is_made_private_is_kept_from_strangers(self, client):
        page = ArticleFactory(title="Canary")
        client.get(page.url_path)
        client.get("/en/guidance/")

        restriction = PageViewRestriction.objects.create(
            page=page, restriction_type=PageViewRestriction.GROUPS
        )
        restriction.groups.add(Group.objects.first())

        assert client.get(page.url_path).status_code == 302
        assert "Canary" not in body(client.get("/en/guidance/"))

    def test_what_was_scheduled_shows_in_its_minute(self, client, time_machine):
        page = NewsFactory(title="Canary", live=False)
        page.change_kind, page.change_note = "substantive", "New."
        page.go_live_at = timezone.now() + timedelta(minutes=1)
        page.save_revision().publish()
        assert "Canary" not in body(client.get("/en/news/"))

        time_machine.move_to(page.go_live_at + timedelta(seconds=1))
        call_command("publish_scheduled")

        assert "Canary" in body(client.get("/en/news/"))

    def test_midnight_in_helsinki_turns_the_day(self, client, time_machine):
        time_machine.move_to("2026-03-01T12:00:00Z")
        page = ArticleFactory(applies_to=date(2026, 3, 1))
        before = body(client.get(page.url_path))

        time_machine.move_to("2026-03-01T21:59:59Z")
        assert body(client.get(page.url_path)) == before

        time_machine.move_to("2026-03-01T22:00:00Z")
        assert body(client.get(page.url_path)) != before
