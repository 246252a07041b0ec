"""How long commands tell how far they are: a bar on a terminal, one line a step elsewhere."""

import time
from types import TracebackType
from typing import TextIO

WIDTH = 28


class Step:
    """One step of a command: `with Step(out, "Places") as progress: progress(done, total)`."""

    def __init__(self, out: TextIO, label: str):
        self.out, self.label = out, label
        self.on_terminal = out.isatty()
        self.total = 0
        self.drawn = ""

    def __enter__(self) -> "Step":
        self.started = time.monotonic()
        self._draw(0, 1)
        return self

    def __call__(self, done: int, total: int) -> None:
        self.total = total
        self._draw(done, total)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if kind is None:
            self._draw(1, 1)
        counted = f"{self.total:>6}" if self.total else " " * 6
        outcome = "stopped" if kind else f"{time.monotonic() - self.started:.1f} s"
        if self.on_terminal:
            self.out.write(f"  {counted}  {outcome}\n")
        else:
            self.out.write(f"{self.label:<26}{counted}  {outcome}\n")
        self.out.flush()

    def _draw(self, done: int, total: int) -> None:
        if not self.on_terminal:
            return
        filled = WIDTH * done // max(total, 1)
        line = f"\r{self.label:<26}{'█' * filled}{'░' * (WIDTH - filled)}"
        if line != self.drawn:
            self.out.write(line)
            self.out.flush()
            self.drawn = line
