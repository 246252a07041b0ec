"""A follower without an account, what waits to be confirmed, and the keys of the signed links."""

from portal.notifications import links
from tests.factories.notices import FollowerFactory, FollowFactory


def key_of(link):
    return link.partition("?key=")[2]


def build(people):
    follower = FollowerFactory()
    waiting = FollowFactory(follower=follower, confirmed_at=None)
    confirm = links.confirming(waiting, frequency="daily", language="en")
    return {
        "confirm_key": key_of(confirm),
        "manage_key": key_of(links.managing(follower)),
        "stop_key": key_of(links.stopping(follower)),
    }
