"""The same event again, and what is left of one that was held."""

from datetime import timedelta

import pytest
from django.utils import timezone

from content.events.models import Event, OwnQuestion, ProgrammeItem
from content.events.services import copying, organising
from portal.workflow import TransitionNotAllowed
from tests.factories.accounts import UserFactory
from tests.factories.topics import TopicFactory


def test_a_copy_has_all_but_people_at_other_times(event, on_site, remote, joined):
    joined(on_site)
    event.topics.add(TopicFactory(key="work"))
    event.save()
    ProgrammeItem.objects.create(
        event=event, starts_at=event.starts_at, title_fi="A", title_sv="B", title_en="C"
    )
    OwnQuestion.objects.create(event=event, text_fi="A?", text_sv="B?", text_en="C?")
    Event.objects.filter(pk=event.pk).update(remote_link="https://meet.example.org/old")
    week = timedelta(days=7)
    by = UserFactory()
    new = copying.copy(Event.objects.get(), by=by, starts_at=event.starts_at + week)
    again = copying.copy(event, by=by, starts_at=event.starts_at + week)

    assert (new.state, new.sequence, new.remote_link) == (Event.State.DRAFT, 0, "")
    assert new.ends_at - event.ends_at == week and len({event.uid, new.uid, again.uid}) == 3
    assert len({event.slug, new.slug, again.slug}) == 3
    assert new.programme.get().starts_at == event.starts_at + week
    assert {way.kind for way in new.ways.all()} == {"on_site", "remote"}
    assert (new.questions.count(), new.topics.get().key) == (1, "work")
    assert not new.registrations.exists() and event.ways.count() == 2


def test_a_recording_is_shown_when_the_event_is_over(client, event):
    with pytest.raises(TransitionNotAllowed):
        organising.show_recording(event, by=UserFactory(), address="https://video.example.org/1")
    start = timezone.now() - timedelta(days=2)
    Event.objects.update(starts_at=start, ends_at=start + timedelta(hours=1))
    organising.show_recording(
        Event.objects.get(), by=UserFactory(), address="https://video.example.org/1"
    )
    for page in (f"/en/events/{event.slug}/", "/en/events/?when=recorded"):
        assert "https://video.example.org/1" in client.get(page).content.decode()
