"""The suite's few fixtures."""

import pytest

from portal.accounts.roles import ROLES
from tests.factories.accounts import UserFactory


@pytest.fixture
def people(db):
    """One person in each role, a superuser, and a member of the public with an account."""
    return {role: UserFactory(role=role) for role in ROLES} | {
        "superuser": UserFactory(is_superuser=True),
        "member": UserFactory(),
    }
