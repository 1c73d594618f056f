"""Sums over the rows of a batch; different currencies only in US dollars, at the exchange rate of each row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import orjson

from calc.scenario.faults import Fault
from workbook.bulk.portfolio.reports.about import About

SCHEMA = 1
NAME = "summary.json"
# More rows than any readable file has.
MOST_ROWS = 1_000_000_000
AMOUNTS = ("total", "paid", "own_time", "losses", "same_scope", "best", "worst", "invoiced", "budget.amount")
# Of these also the sum over all currencies, in US dollars.
IN_DOLLARS = ("total", "paid", "same_scope")
NONE, NO_PATH = "none", "No path is recommended"
# Every number is so many of these parts of one: a double has no smaller ones.
LEAST_UNDER = 2**1074
# Rows with alerts that a summary names; the manifest has all of them.
MOST_NAMED = 50


@dataclass
class Totals:
    """counts: outcome -> rows. paths: id of the recommended path, or "none" -> its label, rows and US dollars.
    statuses, alerts: id -> rows. currencies: code -> rows and amounts. alerted: the first rows with alerts, each with its
    id, answer and sentences; rows_alerted: how many there are. not_written: row, id and reasons. budget: of all
    projects together, see `portfolio_budget`. design: of the whole space of sequences: the rows for which it recommends one
    that is no published path, and what these save and cost more, in US dollars; None where it was not searched."""

    about: About
    counts: dict[str, int] = field(default_factory=lambda: {"written": 0, "refused": 0, "failed": 0})
    paths: dict[str, dict[str, Any]] = field(default_factory=dict)
    currencies: dict[str, dict[str, Any]] = field(default_factory=dict)
    statuses: dict[str, int] = field(default_factory=dict)
    alerts: dict[str, int] = field(default_factory=dict)
    rows_alerted: int = 0
    alerted: list[dict[str, Any]] = field(default_factory=list)
    not_written: list[dict[str, Any]] = field(default_factory=list)
    budget: dict[str, Any] | None = None
    design: dict[str, Any] | None = None


def outcome(record: dict[str, Any]) -> str:
    """The outcome of a row: refused, failed or written."""
    return "refused" if "refused" in record else "failed" if "failed" in record else "written"


def reasons(record: dict[str, Any]) -> list[str]:
    """Why a row was not written, one line per reason."""
    return [record["failed"]] if "failed" in record else [str(Fault(**fault)) for fault in record.get("refused", ())]


def entry(record: dict[str, Any], name: str) -> Any:
    """An entry of a line by its name, or a part of one: `budget.amount`; None where the row has none."""
    whole, _, part = name.partition(".")
    value = record.get(whole)
    return value.get(part) if part and value is not None else value


def in_dollars(record: dict[str, Any], amount: str) -> float | None:
    """An amount of a row in US dollars, at the exchange rate of the row."""
    return None if record[amount] is None else float(record[amount] / record["usd_rate"])


def totals(about: About, records: Iterable[dict[str, Any]]) -> Totals:
    """The totals of all rows; the sums do not depend on their order."""
    result = Totals(about)
    by_path, by_currency = Sums([f"usd_{name}" for name in IN_DOLLARS]), Sums([key_of(name) for name in AMOUNTS])
    labels, statuses, alerts = {NONE: NO_PATH}, Counter[str](), Counter[str]()
    designs = Sums(["usd_saves"])
    for record in records:
        kind = outcome(record)
        result.counts[kind] += 1
        if kind == "written":
            path = record["recommendation"] or NONE
            labels.setdefault(path, record["label"])
            by_path.add(path, [in_dollars(record, name) for name in IN_DOLLARS])
            by_currency.add(record["currency"], [entry(record, name) for name in AMOUNTS])
            statuses[record["status"]] += 1
            if entry(record, "design.name") and not entry(record, "design.path"):
                saves = entry(record, "design.saves")
                designs.add("", [None if saves is None else float(saves / record["usd_rate"])])
            alerts.update(alert["id"] for alert in record["alerts"])
            result.rows_alerted += bool(record["alerts"])
            if record["alerts"] and len(result.alerted) < MOST_NAMED:
                result.alerted.append(_alerted(record))
        else:
            result.not_written.append({"row": record["row"], "id": record["id"], "reasons": reasons(record)})
    if about.design:
        result.design = {"rows": designs.rows(""), "usd_saves": designs.sum("", "usd_saves")}
    result.paths = {path: {"label": labels[path]} | sums for path, sums in by_path.most_first()}
    result.currencies = dict(by_currency.most_first())
    result.statuses, result.alerts = ({key: of[key] for key in sorted(of)} for of in (statuses, alerts))
    return result


def key_of(name: str) -> str:
    """The name of an amount in a summary: `budget` for `budget.amount`."""
    return name.partition(".")[0]


def _alerted(record: dict[str, Any]) -> dict[str, Any]:
    sentences = [alert["text"] for alert in record["alerts"]]
    return {"row": record["row"], "id": record["id"], "answer": record["answer"], "alerts": sentences}


class Sums:
    """The number of rows and the sums of named amounts, by key: exact until they are read, and so the same in any order."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names
        self._rows: Counter[str] = Counter()
        self._sums: Counter[tuple[str, str]] = Counter()

    def add(self, key: str, amounts: Sequence[float | None]) -> None:
        self._rows[key] += 1
        for name, amount in zip(self._names, amounts, strict=True):
            if amount is not None:
                over, under = amount.as_integer_ratio()
                self._sums[key, name] += over * (LEAST_UNDER // under)

    def rows(self, key: str) -> int:
        return self._rows[key]

    def sum(self, key: str, name: str) -> float:
        """The sum of an amount, rounded once."""
        return self._sums[key, name] / LEAST_UNDER

    def most_first(self) -> list[tuple[str, dict[str, Any]]]:
        """Keys with their rows and sums, the key with the most rows first."""
        keys = sorted(self._rows, key=lambda key: (-self._rows[key], key))
        return [(key, {"rows": self._rows[key]} | {name: self.sum(key, name) for name in self._names}) for key in keys]


def as_json(totals: Totals) -> bytes:
    """The content of summary.json."""
    plain = {"schema": SCHEMA, **asdict(totals)}
    return orjson.dumps(plain, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def design(folder: Path) -> dict[str, Any] | None:
    """What the summary in a folder says of the whole space of sequences."""
    found: dict[str, Any] | None = orjson.loads((folder / NAME).read_bytes())["design"]
    return found


def about(text: bytes) -> About:
    """The batch that a summary describes. Raises ValueError if it is not a summary."""
    try:
        plain = orjson.loads(text)
        if plain["schema"] != SCHEMA:
            raise ValueError(f"schema {plain['schema']}, known is {SCHEMA}")
        batch = About(**plain["about"])
        number, shards = batch.shard
    except (KeyError, TypeError, IndexError, ValueError) as error:
        raise ValueError(f"not a summary of a batch: {error}") from None
    texts = all(isinstance(text, str) for text in (batch.portfolio, batch.sha256, batch.version, batch.edition))
    numbers = all(type(value) is int for value in (batch.rows, batch.runs, number, shards))
    if not texts or not numbers or type(batch.design) is not bool:
        raise ValueError("not a summary of a batch: wrong types of values")
    if not 0 <= batch.rows <= MOST_ROWS or not 1 <= number <= shards <= MOST_ROWS:
        raise ValueError(f"not a summary of a batch: shard {number} of {shards}, {batch.rows} rows")
    return replace(batch, shard=(number, shards))
