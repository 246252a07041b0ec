"""A circuit breaker: an engine that has just failed is not asked again for a while."""

import time
from collections.abc import Callable


class Breaker:
    """Closed while all is well; open for `rest` seconds after a failure, then one may try."""

    def __init__(self, rest: float = 30, clock: Callable[[], float] = time.monotonic):
        self.rest = rest
        self.clock = clock
        self.opened_at: float | None = None

    @property
    def closed(self) -> bool:
        """Whether the engine may be asked now."""
        if self.opened_at is None:
            return True
        if self.clock() - self.opened_at < self.rest:
            return False
        self.opened_at = self.clock()  # the one that is let through; others wait for its answer
        return True

    def failed(self) -> None:
        self.opened_at = self.clock()

    def worked(self) -> None:
        self.opened_at = None
