"""How much feedback one network address may send: five an hour, counted in the cache."""

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.utils.crypto import salted_hmac

MOST = 5
SECONDS = 3600


def one_more(request) -> bool:
    """Count one sending from the reader's address; False when it is one too many.

    The address itself is not kept: the key is made of a keyed hash of it.
    """
    address = get_adapter().get_client_ip(request)
    key = f"feedback:{salted_hmac('portal.feedback', address).hexdigest()}"
    cache.add(key, 0, SECONDS)
    try:
        return cache.incr(key) <= MOST
    except ValueError:  # it expired between the two
        cache.set(key, 1, SECONDS)
        return True
