"""How much feedback one network address may send: five an hour."""

from portal import limits

MOST = 5
SECONDS = 3600


def one_more(request) -> bool:
    """Count one sending from the reader's address; False when it is one too many."""
    address = limits.network_address(request)
    return limits.one_more("feedback", address, most=MOST, seconds=SECONDS)
