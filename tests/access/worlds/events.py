from urllib.parse import parse_qs, urlsplit

from content.events import links
from content.events.models import Event
from content.events.services import registering
from tests.factories.events import EventFactory, RegistrationFactory, WayFactory


def build(people):
    """A published event with one who is registered, and a draft."""
    way = WayFactory()
    row = RegistrationFactory(way=way)
    registering.confirm(row)
    query = parse_qs(urlsplit(links.own_path(row)).query)
    return {
        "held": way.event.slug,
        "draft_event": EventFactory(state=Event.State.DRAFT).slug,
        "own_key": query["key"][0],
    }
