"""How fast messages go out, and how long to wait before trying again."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Pace:
    """per_minute: at most so many messages; attempts: for a message, or to reach the server.

    Waits double from the first to the longest, each shortened by chance, so that not all senders come back at once.
    """

    per_minute: float = 60
    attempts: int = 4
    first_wait: float = 5
    longest_wait: float = 300
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = random.random
    _turn: float = field(default=0, init=False)

    def wait(self, ready: float) -> float:
        """Seconds until the turn of a message that may go at the time `ready`."""
        return max(ready, self._turn) - self.clock()

    def take_turn(self) -> None:
        """Count a message that goes now."""
        self._turn = self.clock() + 60 / self.per_minute

    def backoff(self, attempt: int) -> float:
        """Seconds to wait after the attempt, counted from 1."""
        return min(self.longest_wait, self.first_wait * 2 ** (attempt - 1)) * (0.5 + self.chance() / 2)
