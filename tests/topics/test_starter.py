import pytest

from portal.topics import starter
from portal.topics.models import Audience, Topic

pytestmark = pytest.mark.django_db


def test_themes_and_audiences_are_loaded_with_words_in_three_languages():
    starter.load()

    assert (Topic.objects.count(), Audience.objects.count()) == (13, 6)
    for label in [*Topic.objects.all(), *Audience.objects.all()]:
        for language in ("fi", "sv", "en"):
            assert getattr(label, f"name_{language}")
            assert getattr(label, f"description_{language}")


def test_loading_again_makes_nothing_twice_and_mends_changed_words():
    starter.load()
    Topic.objects.filter(key="early-stage").update(name_en="Something else")

    starter.load()

    assert Topic.objects.count() == 13
    assert Topic.objects.get(key="early-stage").name_en == "Early stages of arrival"


def test_progress_ends_at_the_whole():
    told = []

    starter.load(lambda done, total: told.append((done, total)))

    assert told[-1] == (19, 19)
