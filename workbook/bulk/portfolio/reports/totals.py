"""What the rows of a batch add up to; different currencies only as US dollars, at the rows' own rates."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

import orjson

from calc.scenario.faults import Fault
from workbook.bulk.portfolio.reports.about import About

SCHEMA = 1
NAME = "summary.json"
# More rows than any file has that can be read.
MOST_ROWS = 1_000_000_000
AMOUNTS = ("total", "npv", "best", "worst", "budget")
NONE, NO_PATH = "none", "No path is left"


@dataclass
class Totals:
    """counts: outcome -> rows. paths: id of the recommended path, or none -> its label, rows and US dollars.
    currencies: code -> rows and amounts. not_written: row, id and reasons."""

    about: About
    counts: dict[str, int] = field(default_factory=lambda: {"written": 0, "refused": 0, "failed": 0})
    paths: dict[str, dict[str, Any]] = field(default_factory=dict)
    currencies: dict[str, dict[str, Any]] = field(default_factory=dict)
    not_written: list[dict[str, Any]] = field(default_factory=list)


def outcome(record: dict[str, Any]) -> str:
    return "refused" if "refused" in record else "failed" if "failed" in record else "written"


def reasons(record: dict[str, Any]) -> list[str]:
    """Why a row was not written, a line for each reason."""
    return [record["failed"]] if "failed" in record else [str(Fault(**fault)) for fault in record.get("refused", ())]


def in_dollars(record: dict[str, Any], amount: str) -> float | None:
    return None if record[amount] is None else record[amount] / record["usd_rate"]


def totals(about: About, records: Iterable[dict[str, Any]]) -> Totals:
    """The totals of all rows; the sums do not depend on their order."""
    found = Totals(about)
    by_path, by_currency = Sums(("usd_total", "usd_npv")), Sums(AMOUNTS)
    labels = {NONE: NO_PATH}
    for record in records:
        kind = outcome(record)
        found.counts[kind] += 1
        if kind == "written":
            path = record["recommendation"] or NONE
            labels.setdefault(path, record["label"])
            by_path.add(path, [in_dollars(record, "total"), in_dollars(record, "npv")])
            by_currency.add(record["currency"], [record[amount] for amount in AMOUNTS])
        else:
            found.not_written.append({"row": record["row"], "id": record["id"], "reasons": reasons(record)})
    found.paths = {path: {"label": labels[path]} | sums for path, sums in by_path.most_first()}
    found.currencies = dict(by_currency.most_first())
    return found


class Sums:
    """Rows, and sums of so many amounts, by a key."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names
        self._rows: Counter[str] = Counter()
        self._amounts: dict[tuple[str, str], list[float]] = defaultdict(list)

    def add(self, key: str, amounts: Sequence[float | None]) -> None:
        self._rows[key] += 1
        for name, amount in zip(self._names, amounts, strict=True):
            if amount is not None:
                self._amounts[key, name].append(amount)

    def most_first(self) -> list[tuple[str, dict[str, Any]]]:
        """Key, rows and sums, the key with the most rows first."""
        keys = sorted(self._rows, key=lambda key: (-self._rows[key], key))
        return [
            (key, {"rows": self._rows[key]} | {n: math.fsum(self._amounts[key, n]) for n in self._names})
            for key in keys
        ]


def as_json(found: Totals) -> bytes:
    plain = {"schema": SCHEMA, **asdict(found)}
    return orjson.dumps(plain, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def about(text: bytes) -> About:
    """What a summary says that it is about. Raises ValueError where it says nothing of the kind."""
    try:
        plain = orjson.loads(text)
        if plain["schema"] != SCHEMA:
            raise ValueError(f"schema {plain['schema']}, known is {SCHEMA}")
        of = About(**plain["about"])
        number, shards = of.shard
    except (KeyError, TypeError, IndexError, ValueError) as error:
        raise ValueError(f"no summary of a batch: {error}") from None
    texts = all(isinstance(one, str) for one in (of.portfolio, of.sha256, of.version))
    if not texts or not all(type(one) is int for one in (of.rows, of.runs, number, shards)):
        raise ValueError("no summary of a batch: what it is about has other kinds of values")
    if not 0 <= of.rows <= MOST_ROWS or not 1 <= number <= shards <= MOST_ROWS:
        raise ValueError(f"no summary of a batch: shard {number} of {shards}, {of.rows} rows")
    return replace(of, shard=(number, shards))
