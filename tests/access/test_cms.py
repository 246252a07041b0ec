"""Every address of /cms/ is for the people who work here, and named ones for fewer."""

import pytest
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from tests.access.test_matrix import STAFF

pytestmark = pytest.mark.django_db


def cms_addresses():
    """Each address under /cms/ that can be made with no argument or with the number 1."""
    found = {}

    def walk(patterns, namespaces, inside):
        for pattern in patterns:
            here = inside or str(pattern.pattern).startswith("cms/")
            if isinstance(pattern, URLResolver):
                inner = [*namespaces, pattern.namespace] if pattern.namespace else namespaces
                walk(pattern.url_patterns, inner, here)
            elif isinstance(pattern, URLPattern) and here and pattern.name:
                name = ":".join([*namespaces, pattern.name])
                converters = pattern.pattern.converters
                try:
                    found[name] = reverse(name, kwargs=dict.fromkeys(converters, 1))
                except NoReverseMatch:
                    continue

    walk(get_resolver().url_patterns, [], False)
    return found


ADDRESSES = cms_addresses()
WAYS_IN = ("/accounts/login/", "/accounts/password/reset/", "/cms/login/")
OPEN = {  # what Wagtail itself leaves open: no row and no word of ours in it
    "wagtailadmin_javascript_catalog",
    "wagtailadmin_sprite",
    "wagtailadmin_logout",
    "closed_cms_logout",  # takes a POST alone
    "wagtailadmin_login",
}


def test_the_walk_sees_cms():
    assert len(ADDRESSES) > 120


@pytest.mark.parametrize("name", sorted(ADDRESSES.keys() - OPEN))
def test_cms_is_closed_to_all_others(name, client, people):
    path = ADDRESSES[name]

    response = client.get(path)
    assert leads_to_sign_in(response) or response.status_code == 404, "a reader without an account"

    client.force_login(people["member"])
    response = client.get(path)
    assert leads_to_sign_in(response) or response.status_code in (403, 404), "a member"


def leads_to_sign_in(response):
    return response.status_code in (301, 302) and response["Location"].startswith(WAYS_IN)


@pytest.mark.parametrize("role", STAFF)
def test_staff_may_enter(role, client, people):
    client.force_login(people[role])

    assert client.get("/cms/").status_code == 200


@pytest.mark.parametrize(
    "name", ["wagtailusers_users:index", "wagtailusers_groups:index", "wagtailsites:index"]
)
@pytest.mark.parametrize("role", STAFF)
def test_people_roles_and_sites_are_the_superusers(role, name, client, people):
    client.force_login(people[role])

    allowed = client.get(reverse(name)).status_code == 200

    assert allowed == (role == "superuser")
