"""How often something may be done, counted in the cache."""

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.utils.crypto import salted_hmac


def one_more(what: str, who: str, *, most: int, seconds: int) -> bool:
    """Count one more of something done by or to somebody; False when it is one too many.

    Who it is, an address or another word, is not kept: the key is made of a keyed hash of it.
    """
    key = f"{what}:{salted_hmac(f'portal.{what}', who).hexdigest()}"
    cache.add(key, 0, seconds)
    try:
        return cache.incr(key) <= most
    except ValueError:  # it expired between the two
        cache.set(key, 1, seconds)
        return True


def network_address(request) -> str:
    """Where a request comes from, by the trusted proxies (TRUSTED_PROXY_COUNT)."""
    return get_adapter().get_client_ip(request)
