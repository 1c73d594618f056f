"""What a batch was run on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class About:
    """portfolio: the file's name; rows: how many it has in all; shard: (I, N) for the I-th of N, (1, 1) for all."""

    portfolio: str
    sha256: str
    rows: int
    shard: tuple[int, int]
    runs: int
    version: str
