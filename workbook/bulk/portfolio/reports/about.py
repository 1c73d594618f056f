"""Describes a batch: its portfolio, its shard and its version."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class About:
    """portfolio: the file's name; rows: how many it has in all; shard: (I, N) for the I-th of N, (1, 1) for the whole;
    edition: of the workbooks; design: whether the whole space of sequences was searched."""

    portfolio: str
    sha256: str
    rows: int
    shard: tuple[int, int]
    runs: int
    version: str
    edition: str = "full"
    design: bool = False
