"""How much one network address may say: five pieces of feedback an hour, sixty words on pages."""

from django.core.cache import cache
from django.utils.crypto import salted_hmac

from portal import rate_limits

MOST, MOST_OPINIONS = 5, 60
SECONDS = 3600
SAME_SECONDS = 60


def one_more(request) -> bool:
    """Count one sending from the reader's address; False when it is one too many."""
    address = rate_limits.network_address(request)
    return rate_limits.one_more("feedback", address, most=MOST, seconds=SECONDS)


def one_more_opinion(request) -> bool:
    """The same for opinions on pages: more of them, for a whole office may share an address."""
    address = rate_limits.network_address(request)
    return rate_limits.one_more("opinion", address, most=MOST_OPINIONS, seconds=SECONDS)


def is_said_twice(request, words: str) -> bool:
    """Whether the same words came from the same address within the last minute: a double press."""
    said = "\n".join(
        (rate_limits.network_address(request), request.headers.get("User-Agent", ""), words)
    )
    key = f"said:{salted_hmac('portal.feedback', said).hexdigest()}"
    return not cache.add(key, 1, SAME_SECONDS)
