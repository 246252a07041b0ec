"""Whatever changes what readers see makes a new edition, and nothing else does."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, connections, transaction

from partnership.organisations.models import Organisation
from portal.accounts.models import User
from portal.caching import cache_version as editions
from portal.caching.cache_version import asked_once, cache_version
from portal.caching.models import CacheVersion
from portal.mail.models import Letter
from portal.operations.models import PendingStep
from portal.topics.models import Topic
from tests.factories.accounts import UserFactory
from tests.factories.monitoring import IndicatorFactory
from tests.factories.notices import LetterFactory
from tests.factories.partnership import OrganisationFactory
from tests.factories.topics import TopicFactory

pytestmark = pytest.mark.django_db


def by_hand(statement, *rows):
    with connection.cursor() as cursor:
        if len(rows) == 1:
            cursor.execute(statement, rows[0])
        else:
            cursor.executemany(statement, rows)


RENAME = "UPDATE topics_topic SET name_en = %s WHERE key = %s"
WRITES = {
    "saved": lambda topic: topic.save(),
    "added": lambda topic: TopicFactory(),
    "deleted": lambda topic: topic.delete(),
    "updated": lambda topic: Topic.objects.filter(pk=topic.pk).update(name_en="Other"),
    "deleted many": lambda topic: Topic.objects.filter(pk=topic.pk)._raw_delete("default"),
    "added many": lambda topic: Topic.objects.bulk_create([TopicFactory.build()]),
    "added unless there": lambda topic: Topic.objects.bulk_create([topic], ignore_conflicts=True),
    "updated many": lambda topic: Topic.objects.bulk_update([topic], ["name_en"]),
    "tied": lambda topic: Organisation.objects.get().topics.set([topic]),
    "by hand": lambda topic: by_hand(RENAME, ("Other", topic.key)),
    "many by hand": lambda topic: by_hand(RENAME, ("Other", topic.key), ("Two", topic.key)),
}


@pytest.mark.parametrize("way", WRITES)
def test_a_write_makes_a_new_edition(way):
    topic, _organisation = TopicFactory(), OrganisationFactory()
    before = cache_version()

    WRITES[way](topic)

    assert cache_version() != before


@pytest.mark.parametrize("way", WRITES)
@pytest.mark.django_db(transaction=True)
def test_so_does_one_outside_of_a_transaction(way):
    topic, _organisation = TopicFactory(), OrganisationFactory()
    before = cache_version()

    WRITES[way](topic)

    assert cache_version() != before


@pytest.mark.parametrize(
    "write",
    [
        lambda: LetterFactory(),
        lambda: Letter.objects.update(error="away"),
        lambda: User.objects.update(language="sv"),
        lambda: call_command("clearsessions"),
        lambda: list(Topic.objects.select_for_update()),
    ],
)
def test_what_readers_never_see_leaves_it(write):
    UserFactory()
    LetterFactory()
    before = cache_version()

    with transaction.atomic():
        write()

    assert cache_version() == before


def test_a_step_of_the_starter_content_that_is_done_makes_a_new_edition():
    step = PendingStep.objects.create(
        function="monitoring.indicators.starter.load_values", position=1
    )
    before = cache_version()

    step.delete()

    assert cache_version() != before


def test_a_transaction_adds_one_row():
    before = CacheVersion.objects.count()

    with transaction.atomic():
        for _number in range(3):
            TopicFactory()

    assert CacheVersion.objects.count() == before + 1


def test_what_is_rolled_back_changes_nothing():
    before = cache_version()

    with suppress(ZeroDivisionError), transaction.atomic():
        TopicFactory()
        raise ZeroDivisionError

    assert cache_version() == before


def test_a_write_after_a_savepoint_was_rolled_back_counts():
    before = cache_version()

    with transaction.atomic():
        with suppress(ZeroDivisionError), transaction.atomic():
            TopicFactory()
            raise ZeroDivisionError
        TopicFactory()

    assert cache_version() != before


def test_who_asks_within_a_transaction_is_told_of_later_writes():
    with transaction.atomic():
        TopicFactory()
        before = cache_version()
        TopicFactory()

        assert cache_version() != before


def test_a_request_asks_once_and_again_after_writing(django_assert_num_queries):
    with asked_once():
        with django_assert_num_queries(1):
            before = cache_version()
            assert cache_version() == before
        TopicFactory()
        assert cache_version() != before


def test_the_day_in_helsinki_is_part_of_it(time_machine):
    time_machine.move_to("2026-03-01T21:59:59Z")
    before = cache_version()

    time_machine.move_to("2026-03-01T22:00:00Z")

    assert cache_version() != before


def test_many_rows_become_one_and_another_edition():
    for number in range(editions.ROWS_KEPT + 1):
        CacheVersion.objects.create(pk=number)
    before = cache_version()

    assert editions.clear() > editions.ROWS_KEPT

    assert CacheVersion.objects.count() == 1
    assert cache_version() != before
    assert editions.clear() == 0


def test_a_migration_makes_a_new_edition():
    before = cache_version()

    call_command("migrate", verbosity=0)

    assert cache_version() != before


def elsewhere(event):
    """What the event gives in another thread, with a connection of its own."""

    def run():
        try:
            return event()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as threads:
        return threads.submit(run).result(timeout=10)


@pytest.mark.django_db(transaction=True)
def test_others_have_it_with_the_commit_and_not_before():
    before = cache_version()

    with transaction.atomic():
        TopicFactory()
        assert elsewhere(cache_version) == before

    assert elsewhere(cache_version) != before


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_writers_do_not_wait_for_each_other():
    with transaction.atomic():
        TopicFactory()

        elsewhere(IndicatorFactory)


def test_every_name_of_what_is_never_shown_is_there():
    models = apps.get_models(include_auto_created=True)
    labels = {model._meta.label for model in models} | {model._meta.app_label for model in models}

    assert labels >= editions.NEVER_SHOWN


def test_the_cursor_that_asks_is_kept_with_its_connection():
    cache_version()
    watch = editions._watch_of(connection)
    kept = watch.asks

    cache_version()
    assert watch.asks is kept


@pytest.mark.django_db(transaction=True)
def test_a_new_connection_is_asked_with_a_cursor_of_its_own():
    before = cache_version()
    kept = editions._watch_of(connection).asks

    connection.close()

    assert cache_version() == before
    assert editions._watch_of(connection).asks is not kept


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_the_question_is_prepared_and_nothing_else_is():
    for _turn in range(3):
        cache_version()
        Topic.objects.count()

    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        assert cursor.fetchall() == [(editions.QUESTION,)]


class TestAKeptConnection:
    """The question for the edition is its health check."""

    @pytest.fixture
    def kept(self, monkeypatch):
        monkeypatch.setattr(connections["default"], "health_check_enabled", True)
        connection.ensure_connection()
        connection.health_check_done = False
        return connection.connection.info.backend_pid

    @pytest.mark.postgres
    @pytest.mark.django_db(transaction=True)
    def test_that_answers_is_asked_nothing_else(self, kept, monkeypatch):
        checks = []
        monkeypatch.setattr(
            connections["default"], "is_usable", lambda: checks.append("checked") or True
        )

        cache_version()
        Topic.objects.exists()

        assert connection.connection.info.backend_pid == kept
        assert not checks

    @pytest.mark.postgres
    @pytest.mark.django_db(transaction=True)
    def test_that_is_gone_is_opened_anew(self, kept):
        before = cache_version()
        connection.health_check_done = False
        end = f"SELECT pg_terminate_backend({kept})"

        def elsewhere():
            with connection.cursor() as cursor:
                cursor.execute(end)
            connection.close()

        with ThreadPoolExecutor(1) as other:
            other.submit(elsewhere).result()

        assert cache_version() == before
        assert connection.connection.info.backend_pid != kept
