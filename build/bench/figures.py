"""Where the benchmarks leave what they have measured: lines of JSON in the file that ENGAGEMENT_BENCH_FIGURES names."""

from __future__ import annotations

import json
import os
from pathlib import Path


def noted(**figures: float) -> None:
    """Note figures by name, for the tables that build/benchmarks.py writes."""
    if place := os.environ.get("ENGAGEMENT_BENCH_FIGURES"):
        with Path(place).open("a", encoding="utf-8") as file:
            file.write(json.dumps(figures) + "\n")


def told(name: str, before: str, ratio: float, after: str, limit: float, at_least: bool = False) -> int:
    """Print a ratio and note it; 1 if it misses its limit, else 0."""
    missed = ratio < limit if at_least else ratio > limit
    print(f"  {before} {ratio:.1f} {after}{'  TOO SLOW' if missed else ''}", flush=True)
    noted(**{name: ratio})
    return int(missed)
