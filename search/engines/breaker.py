"""A circuit breaker: an engine that has just failed is not asked again for a while."""

import time
from collections.abc import Callable


class Breaker:
    """Closed while all is well; open for `rest` seconds after a failure, then one may try."""

    def __init__(self, rest: float = 30, clock: Callable[[], float] = time.monotonic):
        self.rest = rest
        self.clock = clock
        self.opened_at: float | None = None
        self.told_at: float | None = None  # when it was last heard how the engine does

    @property
    def closed(self) -> bool:
        """Whether the engine may be asked now."""
        if self.opened_at is None:
            return True
        if self.clock() - self.opened_at < self.rest:
            return False
        self.opened_at = self.clock()  # the one that is let through; others wait for its answer
        return True

    def told_within(self, seconds: float) -> bool:
        """Whether it was heard in these seconds how the engine does."""
        return self.told_at is not None and self.clock() - self.told_at < seconds

    def failed(self) -> None:
        self.opened_at = self.told_at = self.clock()

    def worked(self) -> None:
        self.opened_at, self.told_at = None, self.clock()
