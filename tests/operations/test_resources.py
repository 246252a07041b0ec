"""One registry: a room says once what its things can do, and every list reads it."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from law.references import Referrer
from portal.notifications.following import Followable
from portal.resources import (
    Listed,
    Place,
    ResourceType,
    about_menu,
    having,
    home_places,
    main_menu,
    register,
    resources,
)
from search.documents import kinds


def found(subjects, user, language):
    return {}


def test_a_key_is_taken_once(only_room):
    only_room(ResourceType("course"))

    with pytest.raises(ImproperlyConfigured, match="two resources with the key course"):
        only_room(ResourceType("course"))


def test_a_resource_has_a_capability_once():
    with pytest.raises(ImproperlyConfigured, match="course has a capability twice"):
        ResourceType("course", can=(Listed(), Listed()))


def test_what_has_been_found_is_found_again_until_another_room_comes(only_room):
    only_room(ResourceType("course", can=(Listed(),)))
    first = having(Listed)
    assert having(Listed) is first

    only_room(ResourceType("event", can=(Listed(),)))

    assert list(having(Listed)) == ["course", "event"]
    with pytest.raises(TypeError):
        having(Listed)["other"] = Listed()


def test_a_reader_asks_for_what_it_reads(only_room):
    only_room(ResourceType("course", can=(Followable("Courses", found), Listed())))
    only_room(ResourceType("event", can=(Listed(),)))

    assert list(having(Followable)) == ["course"]
    assert list(having(Listed)) == ["course", "event"]
    assert having(Referrer) == {}


def test_lists_have_an_order_of_their_own(only_room):
    places = {
        "later": Place("b", "B", order=2),
        "first": Place("a", "A", order=1),
    }
    for key, place in places.items():
        only_room(ResourceType(key, can=(Listed(menu=place, about=place, home={key: place}),)))

    assert [place.title for place in main_menu()] == ["A", "B"]
    assert [place.title for place in about_menu()] == ["A", "B"]
    assert list(home_places()) == ["first", "later"]


def test_one_key_a_thing_everywhere():
    """What rests on the law, what can be followed and what can be found share their keys."""
    found = kinds()
    assert found.keys() <= resources().keys()
    assert {kind.referrer for kind in found.values() if kind.referrer} <= having(Referrer).keys()
    with pytest.raises(ImproperlyConfigured):
        register(ResourceType("indicator"))
