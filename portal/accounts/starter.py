"""Demo accounts: one a role, with passwords that are made on this machine and stand in one file."""

import json
import secrets
from collections.abc import Callable

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from portal.importing import StarterStep

from .models import User
from .roles import EDITOR, LAWYER, PROGRAMME, STATISTICIAN, TRANSLATORS

FILE = settings.BASE_DIR / ".demo-accounts.json"

# The key of an account in the file, the group it is in, and what the person is called.
ACCOUNTS = [
    ("superuser", None, "Superuser"),
    ("editor", EDITOR, "Editor"),
    ("lawyer", LAWYER, "Lawyer"),
    ("lawyer2", LAWYER, "Second Lawyer"),
    ("statistician", STATISTICIAN, "Statistician"),
    ("statistician2", STATISTICIAN, "Second Statistician"),
    ("programme", PROGRAMME, "Programme"),
    ("programme2", PROGRAMME, "Second Programme"),
    ("translator_sv", TRANSLATORS["sv"], "Swedish Translator"),
    ("translator_en", TRANSLATORS["en"], "English Translator"),
    ("org_owner", None, "Owner"),
    ("org_member", None, "Colleague"),
    ("other_org_owner", None, "Other Owner"),
    ("area_officer", None, "Area Officer"),
    ("member", None, "Member"),
]
STEPS = [
    StarterStep("Demo accounts", "portal.accounts.starter.load"),
]


def email_of(key: str) -> str:
    """The address of a demo account: `org_owner` is org-owner@example.org."""
    return f"{key.replace('_', '-')}@example.org"


def load(progress: Callable[[int, int], None]) -> None:
    """Make or refresh the demo accounts, and write their passwords to .demo-accounts.json.

    A password that the file holds already stays as it is. Which organisation the `org_…` accounts
    act for, and which area the officer keeps, is said by those rooms' own starter content. Refused
    outside demo mode.
    """
    if not settings.DEMO:
        raise ImproperlyConfigured("Demo accounts are made in demo mode only.")
    known = json.loads(FILE.read_text()) if FILE.exists() else {}
    written = {}
    for done, (key, role, name) in enumerate(ACCOUNTS, 1):
        password = known.get(key, {}).get("password") or secrets.token_urlsafe(12)
        _account(key, role, name, password)
        written[key] = {"email": email_of(key), "password": password}
        progress(done, len(ACCOUNTS))
    FILE.write_text(json.dumps(written, indent=2) + "\n")
    FILE.chmod(0o600)


@transaction.atomic
def _account(key: str, role: str | None, name: str, password: str) -> None:
    user, made = User.objects.get_or_create(
        email=email_of(key),
        defaults={"first_name": "Demo", "last_name": name, "language": settings.LANGUAGE_CODE},
    )
    user.is_superuser = user.is_staff = key == "superuser"
    if made or not user.check_password(password):
        user.set_password(password)
    user.save()
    user.groups.set(Group.objects.filter(name=role))
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )
