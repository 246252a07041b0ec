"""The cache that counts: exact, for all processes, and closed when it cannot count."""

import subprocess
import sys
from contextlib import contextmanager
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import User
from portal.caching import counters
from portal.caching.models import Counter
from portal.caching.redis_cache import Client as Redis
from portal.operations import housekeeping
from portal.settings import BASE_DIR, DATABASES
from tests.accounts.test_second_factor import PASSWORD, code_text, sign_in
from tests.at_once import at_once
from tests.factories.accounts import UserFactory
from tests.programs import free_port

pytestmark = pytest.mark.django_db
ALLOWED = 5  # allauth's limit of failed tries at one account within five minutes
OTHERS = 1000


def try_to_sign_in(client, user, password="not the password"):
    return client.post("/accounts/login/", {"login": user.email, "password": password})


@pytest.fixture
def person():
    return UserFactory(password=PASSWORD)


class TestCounts:
    def test_a_count_keeps_its_time_to_live(self):
        with time_machine.travel(timezone.now(), tick=False) as clock:
            assert cache.count("tries", 60) == 1
            clock.shift(50)
            assert cache.count("tries", 60) == 2
            clock.shift(11)
            assert cache.count("tries", 60) == 1

    def test_incr_keeps_it_too_and_knows_no_key_of_before(self):
        with time_machine.travel(timezone.now(), tick=False) as clock:
            cache.set("tries", 4, 60)
            clock.shift(50)
            assert cache.incr("tries") == 5
            clock.shift(11)
            with pytest.raises(ValueError, match="not found"):
                cache.incr("tries")

    def test_add_is_refused_until_the_time_is_over(self):
        with time_machine.travel(timezone.now(), tick=False) as clock:
            assert cache.add("code", True, 60)
            assert not cache.add("code", True, 60)
            clock.shift(61)
            assert cache.add("code", True, 60)

    def test_it_gives_back_what_it_was_given(self):
        given = {"list": [1732.5, 1700.25], "truth": True, "number": -3, "nothing": None}
        cache.set_many(given)

        assert cache.get_many(given) == given
        assert cache.delete("list") and not cache.delete("list")
        assert cache.get("list", "gone") == "gone"

    def test_keys_do_not_tell_whom_they_are_about(self):
        cache.set("ip:192.0.2.7", 1)

        assert "192" not in Counter.objects.get().key

    def test_only_what_has_expired_is_removed(self):
        cache.set_many({f"other-{number}": 1 for number in range(OTHERS)}, 60)
        cache.set("old", 1, -1)

        housekeeping.clear_counters()

        assert Counter.objects.count() == OTHERS

    def test_a_clock_that_was_ahead_blocks_nobody(self):
        with time_machine.travel(timezone.now() + timedelta(days=1)):
            cache.count("tries", 60)

        assert cache.count("tries", 60) == 1


def test_requests_are_no_transactions():
    """A count in one would be taken back with what it counts."""
    assert not DATABASES["default"].get("ATOMIC_REQUESTS")


class TestSignIn:
    def test_other_keys_between_the_tries_do_not_help(self, client, person):
        for number in range(ALLOWED):
            assert try_to_sign_in(client, person).status_code == 200
            cache.set_many({f"{number}-{other}": 1 for other in range(OTHERS // ALLOWED)}, 600)

        response = try_to_sign_in(client, person, PASSWORD)

        assert response.status_code == 429
        assert int(response["Retry-After"]) > 0
        assert "_auth_user_id" not in client.session

    def test_the_limit_holds_without_redis(self, client, person, settings):
        away = {
            "BACKEND": "portal.caching.redis_cache.Cache",
            "LOCATION": f"redis://127.0.0.1:{free_port()}/0",
        }
        settings.CACHES = {**settings.CACHES, "fragments": away, "renditions": away}
        codes = [try_to_sign_in(client, person).status_code for _ in range(ALLOWED + 1)]
        Redis.away_until = 0.0

        assert codes == [200] * ALLOWED + [429]

    def test_a_code_opens_one_session(self, client, person):
        editor = UserFactory(role="editor", password=PASSWORD)
        code, other = code_text(), type(client)()
        for browser in (client, other):
            sign_in(browser, editor)
            browser.post(reverse("mfa_authenticate"), {"code": code})

        assert "_auth_user_id" in client.session
        assert "_auth_user_id" not in other.session
        assert Counter.objects.exists()


@contextmanager
def locked():
    """Somebody else, with a connection of their own, holds a lock on the counters."""
    other = connection.copy()
    if connection.vendor == "sqlite":
        lock = "BEGIN IMMEDIATE"
    else:
        other.set_autocommit(False)
        lock = "LOCK TABLE running_counter IN ACCESS EXCLUSIVE MODE"
    with other.cursor() as cursor:
        cursor.execute(lock)
    yield
    other.close()


@pytest.mark.django_db(transaction=True)
class TestMany:
    def test_nobody_signs_in_while_the_counters_are_locked(self, client, person, monkeypatch):
        monkeypatch.setattr(counters, "LOCK_MILLISECONDS", 100)
        client.raise_request_exception = False
        with locked():
            response = try_to_sign_in(client, person, PASSWORD)

        assert response.status_code == 503
        assert int(response["Retry-After"]) > 0
        assert User.objects.get().last_login is None

    def test_two_processes_count_together(self, test_database):
        program = "from django.core.cache import cache; [cache.count('c', 600) for _ in range(50)]"
        running = [
            subprocess.Popen(
                [sys.executable, "manage.py", "shell", "-c", program],
                cwd=BASE_DIR,
                env=test_database.environment() | {"SECRET_KEY": "only-for-tests"},
            )
            for _ in range(2)
        ]

        assert [each.wait(60) for each in running] == [0, 0]
        assert cache.count("c", 600) == 101

    def test_tries_at_the_same_moment_are_as_many_as_one_after_the_other(self, client, person):
        browsers = [type(client)() for _ in range(4)]
        for _ in range(ALLOWED - 2):
            try_to_sign_in(client, person)

        answers = at_once(*[lambda b=each: try_to_sign_in(b, person) for each in browsers])

        assert sorted(each.status_code for each in answers) == [200, 200, 429, 429]
