"""What docs/roles.md says of pages, files and translations."""

import pytest
from wagtail.images.permissions import permission_policy as images

from tests.factories.content import index

pytestmark = pytest.mark.django_db


def rights(person, kind):
    may = index(kind, "fi").permissions_for_user(person)
    return {
        name
        for name, allowed in {
            "add": may.can_add_subpage(),
            "edit": may.can_edit(),
            "publish": may.can_publish_subpage(),
        }.items()
        if allowed
    }


@pytest.mark.parametrize(
    ("role", "guidance", "about"),
    [
        ("editor", {"add", "edit", "publish"}, {"add", "edit", "publish"}),
        ("lawyer", {"add", "edit", "publish"}, set()),
        ("statistician", {"add", "edit"}, set()),
        ("programme", {"add", "edit"}, set()),
        ("member", set(), set()),
    ],
)
def test_pages_by_role(people, role, guidance, about):
    assert rights(people[role], "guidance") == guidance
    assert rights(people[role], "news") == guidance
    assert rights(people[role], "about") == about


@pytest.mark.parametrize(
    ("role", "may"), [("editor", True), ("lawyer", True), ("programme", True), ("member", False)]
)
def test_images_by_role(people, role, may):
    assert images.user_has_permission(people[role], "add") is may


@pytest.mark.parametrize(
    ("role", "may"), [("editor", True), ("lawyer", True), ("programme", False), ("member", False)]
)
def test_who_may_send_a_page_to_translation(people, role, may):
    assert people[role].has_perm("wagtail_localize.submit_translation") is may
