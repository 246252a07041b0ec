import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils.module_loading import import_string

from portal.accounts import starter
from portal.accounts.models import User
from portal.operations.starter import steps
from portal.progress import Step
from tests.access.test_matrix import ROLES


@pytest.mark.parametrize("dotted", [step.function for step in steps()])
def test_every_step_is_there(dotted):
    assert callable(import_string(dotted))


def test_refused_outside_demo_mode():
    with pytest.raises(CommandError, match="PORTAL_DEMO=1"):
        call_command("demo")


class Terminal(StringIO):
    def isatty(self):
        return True


def test_step_draws_a_bar_on_a_terminal():
    out = Terminal()

    with Step(out, "Places") as progress:
        progress(1, 2)

    assert "█" * 14 + "░" * 14 in out.getvalue()
    assert out.getvalue().endswith(" s\n")


def test_step_is_one_line_elsewhere():
    out = StringIO()

    with Step(out, "Places") as progress:
        progress(1, 2)
        progress(2, 2)

    [line] = out.getvalue().splitlines()
    assert line.split()[:2] == ["Places", "2"]


def test_step_that_fails_says_so_and_lets_the_error_through():
    out = StringIO()

    with pytest.raises(ZeroDivisionError), Step(out, "Places"):
        raise ZeroDivisionError

    assert "stopped" in out.getvalue()


@pytest.fixture
def accounts(db, settings, tmp_path, monkeypatch):
    settings.DEMO = True
    monkeypatch.setattr(starter, "FILE", tmp_path / "accounts.json")

    def load():
        starter.load(lambda done, total: None)
        return json.loads(starter.FILE.read_text())

    return load


class TestAccounts:
    def test_each_role_has_one_that_can_sign_in(self, accounts, client):
        written = accounts()

        assert set(ROLES) - {"anonymous"} <= set(written)
        for account in written.values():
            assert client.login(email=account["email"], password=account["password"])
            assert account["email"].endswith("@example.org")

    def test_roles_are_given(self, accounts):
        accounts()

        assert User.objects.get(email="superuser@example.org").is_superuser
        for email, role in [("lawyer2@example.org", "lawyer"), ("editor@example.org", "editor")]:
            assert [group.name for group in User.objects.get(email=email).groups.all()] == [role]
        assert not User.objects.get(email="member@example.org").groups.exists()

    def test_passwords_stay_when_loaded_again(self, accounts):
        assert accounts() == accounts()
        assert User.objects.filter(email__endswith="@example.org").count() == len(starter.ACCOUNTS)

    def test_refused_outside_demo_mode(self, accounts, settings):
        settings.DEMO = False

        with pytest.raises(starter.ImproperlyConfigured):
            accounts()
        assert not starter.FILE.exists()
