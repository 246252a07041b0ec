"""How often something may be done."""

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.utils.crypto import salted_hmac

from portal.caching import fragments

SESSIONS_AN_HOUR = 60  # for a whole office may share an address


def one_more(what: str, who: str, *, most: int, seconds: int) -> bool:
    """Count one more of something done by or to somebody; False when it is one too many.

    Who it is, an address or another word, is not kept: the key is made of a keyed hash of it.
    Raises DatabaseError when it cannot be counted (portal/caching/counters.py).
    """
    return cache.count(_key(what, who), seconds) <= most


def one_more_read(what: str, who: str, *, most: int, seconds: int) -> bool:
    """The same for reading, where a count may be lost: kept with the fragments, a quick look-up.

    Without Redis each process counts by itself, and while Redis is away nothing is limited.
    """
    key = _key(what, who)
    fragments.cache.add(key, 0, seconds)
    try:
        return fragments.cache.incr(key) <= most
    except ValueError:  # it expired between the two
        fragments.cache.set(key, 1, seconds)
        return True


def _key(what: str, who: str) -> str:
    return f"{what}:{salted_hmac(f'portal.{what}', who).hexdigest()}"


def may_keep(request) -> bool:
    """Whether what a reader without an account typed may be kept in their session.

    Each session is a row: one network address may begin so many an hour.
    """
    if request.session.keys():
        return True
    return one_more("session", network_address(request), most=SESSIONS_AN_HOUR, seconds=3600)


def network_address(request) -> str:
    """Where a request comes from, by the trusted proxies (TRUSTED_PROXY_COUNT)."""
    return get_adapter().get_client_ip(request)
