"""What each process remembers until what is shown changes."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import Context, Template
from django.utils.translation import override

from portal.caching import memory
from portal.caching.memory import Memory, remembered, shown_to_all
from portal.topics.models import Topic
from tests.factories.accounts import UserFactory
from tests.factories.topics import TopicFactory

pytestmark = pytest.mark.django_db


def keys() -> list[str]:
    return remembered(lambda: list(Topic.objects.values_list("key", flat=True)), "keys")


def test_what_is_remembered_is_made_once_until_something_is_written(django_assert_num_queries):
    before = keys()
    with django_assert_num_queries(1):  # the version
        assert keys() == before

    topic = TopicFactory()

    assert topic.key not in before
    assert topic.key in keys()


def test_each_language_and_key_has_its_own():
    made = iter("abc")

    def make():
        return next(made)

    with override("fi"):
        assert [remembered(make, "letter"), remembered(make, "letter")] == ["a", "a"]
        assert remembered(make, "other") == "b"
    with override("sv"):
        assert remembered(make, "letter") == "c"


def test_the_least_used_leave_first():
    few = Memory(2)
    few.keep("one", 1)
    few.keep("two", 2)
    few.recall("one")
    few.keep("three", 3)

    assert [few.recall(key) for key in ("one", "two", "three")] == [(1,), (), (3,)]


def test_what_somebody_with_an_account_is_shown_is_made_for_them():
    made = iter(range(4))
    reader = SimpleNamespace(user=AnonymousUser())
    somebody = SimpleNamespace(user=UserFactory())

    def number(request):
        return shown_to_all(request, lambda: {"number": next(made)}, "page")["number"]

    assert [number(reader), number(reader)] == [0, 0]
    assert [number(somebody), number(somebody)] == [1, 2]


def test_a_part_of_a_template_is_rendered_once_for_a_key_and_always_without_one():
    template = Template('{% remembered "part" fragment %}{{ words }}{% endremembered %}')

    def render(words, fragment):
        return template.render(Context({"words": words, "fragment": fragment}))

    memory.forget()
    assert [render("a", ("key",)), render("b", ("key",))] == ["a", "a"]
    assert render("c", ("other",)) == "c"
    assert [render("d", None), render("e", None)] == ["d", "e"]
