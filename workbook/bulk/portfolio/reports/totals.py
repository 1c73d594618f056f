"""Sums over the rows of a batch; different currencies only in US dollars, at the exchange rate of each row."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Generic, TypeVar

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
# Of each path also these, in the currency of the portfolio where all rows share one, then in US dollars.
IN_USD = tuple(f"usd_{name}" for name in IN_DOLLARS)
DOLLARS = "USD"
# Of the projects that are under way, in their currency and, with `usd_` before the name, in US dollars.
TRACKED = ("plan", "actual", "forecast", "variance")
USD_TRACKED = tuple(f"usd_{name}" for name in TRACKED)
# What is summed for each owner, by currency.
OF_OWNERS = ("total", "paid", "same_scope", "budget.amount", "budget.invoiced", "budget.headroom", "usd_total")
# With more owners, those whose first row comes later are taken together.
MOST_OWNERS, OTHER_OWNERS = 10_000, "(others)"
# Every number is so many of these parts of one: a double has no smaller ones.
LEAST_UNDER = 2**1074
# Rows with alerts, and rows without a workbook, that a summary names; the manifest has all of them.
MOST_NAMED, MOST_NOT_WRITTEN = 50, 1_000

# Returns the lines of the manifest, in the order of the rows.
Records = Callable[[], Iterable[dict[str, Any]]]


@dataclass
class Totals:
    """counts: outcome -> rows. paths: id of the recommended path, or "none" -> its label, rows and amounts, in US dollars
    and, where all rows share a currency, in that. currency: the one of all rows, or None. statuses, alerts: id -> rows.
    currencies: code -> rows and amounts. owners: for each owner and currency rows, rows with alerts, amounts, and budget
    against invoices, the largest first. alerted: the first rows with alerts, each with its id, answer and sentences;
    rows_alerted: how many there are. not_written: row, id and reasons of the first rows without a workbook; counts has how
    many there are. budget: of all projects together, see
    `portfolio_budget`. design: of the whole space of sequences: the rows for which it recommends one that is no
    published path, and what these save, in US dollars and, where all rows share a
    currency, in that; None where it was not searched. tracking: how many rows are under way and the sums
    of their plans, actuals, forecasts and variances, in US dollars and likewise; None where none is."""

    about: About
    counts: dict[str, int] = field(default_factory=lambda: {"written": 0, "refused": 0, "failed": 0})
    paths: dict[str, dict[str, Any]] = field(default_factory=dict)
    currency: str | None = None
    currencies: dict[str, dict[str, Any]] = field(default_factory=dict)
    owners: list[dict[str, Any]] = field(default_factory=list)
    statuses: dict[str, int] = field(default_factory=dict)
    alerts: dict[str, int] = field(default_factory=dict)
    rows_alerted: int = 0
    alerted: list[dict[str, Any]] = field(default_factory=list)
    not_written: list[dict[str, Any]] = field(default_factory=list)
    budget: dict[str, Any] | None = None
    design: dict[str, Any] | None = None
    tracking: dict[str, Any] | None = None

    @property
    def amounts(self) -> tuple[str, ...]:
        """What is summed over all rows: in their own currency if they share one, then in US dollars."""
        own = IN_DOLLARS if self.currency else ()
        return own + (() if self.currency == DOLLARS else IN_USD)

    @property
    def unit(self) -> str:
        """The currency of the first of them."""
        return self.currency or DOLLARS

    @property
    def rows_not_written(self) -> int:
        """How many rows have no workbook."""
        return self.counts["refused"] + self.counts["failed"]

    @property
    def whole(self) -> dict[str, float]:
        """Their sums over all rows."""
        return {name: math.fsum(sums[name] for sums in self.paths.values()) for name in self.amounts}


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


def amount_of(record: dict[str, Any], name: str) -> float | None:
    """An amount of a row; with `usd_` before its name in US dollars, at the exchange rate of the row."""
    if name not in IN_USD:
        amount = entry(record, name)
        return None if amount is None else float(amount)
    own = record[name.removeprefix("usd_")]
    return None if own is None else float(own / record["usd_rate"])


def tracked_amounts(record: dict[str, Any]) -> list[float]:
    """The amounts of a row that is under way: TRACKED, then USD_TRACKED."""
    own = [float(record["tracking"][name]) for name in TRACKED]
    return own + [amount / record["usd_rate"] for amount in own]


def totals(about: About, records: Iterable[dict[str, Any]]) -> Totals:
    """The totals of all rows; the sums do not depend on their order."""
    result = Totals(about)
    by_path, by_currency, by_owner = Sums(IN_DOLLARS + IN_USD), Sums([key_of(name) for name in AMOUNTS]), Owners()
    labels, statuses, alerts = {NONE: NO_PATH}, Counter[str](), Counter[str]()
    designs, tracked = Sums(["saves", "usd_saves"]), Sums(TRACKED + USD_TRACKED)
    for record in records:
        kind = outcome(record)
        result.counts[kind] += 1
        if kind == "written":
            path = record["recommendation"] or NONE
            labels.setdefault(path, record["label"])
            by_path.add(path, [amount_of(record, name) for name in IN_DOLLARS + IN_USD])
            by_owner.add(record)
            by_currency.add(record["currency"], [entry(record, name) for name in AMOUNTS])
            statuses[record["status"]] += 1
            if entry(record, "design.name") and not entry(record, "design.path"):
                saves = entry(record, "design.saves")
                own = None if saves is None else float(saves)
                designs.add("", [own, None if own is None else own / record["usd_rate"]])
            if record.get("tracking"):
                tracked.add("", tracked_amounts(record))
            alerts.update(alert["id"] for alert in record["alerts"])
            result.rows_alerted += bool(record["alerts"])
            if record["alerts"] and len(result.alerted) < MOST_NAMED:
                result.alerted.append(_alerted(record))
        elif len(result.not_written) < MOST_NOT_WRITTEN:
            result.not_written.append({"row": record["row"], "id": record["id"], "reasons": reasons(record)})
    result.currencies = dict(by_currency.most_first())
    result.currency = next(iter(result.currencies)) if len(result.currencies) == 1 else None
    if about.design:
        result.design = {"rows": designs.rows(""), "usd_saves": designs.sum("", "usd_saves")}
        if result.currency:
            result.design |= {"currency": result.currency, "saves": designs.sum("", "saves")}
    if count := tracked.rows(""):
        shown = TRACKED + USD_TRACKED if result.currency else USD_TRACKED
        result.tracking = {"rows": count} | {name: tracked.sum("", name) for name in shown}
        if result.currency:
            result.tracking |= {"currency": result.currency}
    names = ("rows", *(IN_DOLLARS if result.currency else ()), *IN_USD)
    result.paths = {
        path: {"label": labels[path]} | {name: sums[name] for name in names} for path, sums in by_path.most_first()
    }
    result.owners = by_owner.largest_first()
    result.statuses, result.alerts = ({key: of[key] for key in sorted(of)} for of in (statuses, alerts))
    return result


def key_of(name: str) -> str:
    """The name of an amount in a summary: `budget` for `budget.amount`."""
    return name.partition(".")[0]


def _alerted(record: dict[str, Any]) -> dict[str, Any]:
    sentences = [alert["text"] for alert in record["alerts"]]
    return {"row": record["row"], "id": record["id"], "answer": record["answer"], "alerts": sentences}


class Owners:
    """The sums of each owner and currency."""

    def __init__(self) -> None:
        self._sums = Sums[tuple[str, str]]([name.replace(".", "_") for name in OF_OWNERS])
        self._alerted: Counter[tuple[str, str]] = Counter()
        self._known: set[tuple[str, str]] = set()

    def add(self, record: dict[str, Any]) -> None:
        key = record["owner"], record["currency"]
        if key not in self._known and len(self._known) >= MOST_OWNERS:
            key = OTHER_OWNERS, record["currency"]
        else:
            self._known.add(key)
        # A budget that no recommended path stands against has no headroom.
        left_out = "budget." if entry(record, "budget.headroom") is None else "-"
        self._sums.add(key, [None if name.startswith(left_out) else amount_of(record, name) for name in OF_OWNERS])
        self._alerted[key] += bool(record["alerts"])

    def largest_first(self) -> list[dict[str, Any]]:
        """Each with its sums, by what its projects cost in US dollars."""
        made = [
            {"owner": owner, "currency": currency, "rows": sums["rows"], "alerted": self._alerted[owner, currency]}
            | sums
            for (owner, currency), sums in self._sums.most_first()
        ]
        return sorted(made, key=lambda one: (-one["usd_total"], one["owner"], one["currency"]))


Key = TypeVar("Key", str, tuple[str, str])


class Sums(Generic[Key]):
    """The number of rows and the sums of named amounts, by key: exact until they are read, and so the same in any order."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names
        self._rows: Counter[Key] = Counter()
        self._sums: Counter[tuple[Key, str]] = Counter()

    def add(self, key: Key, amounts: Sequence[float | None]) -> None:
        self._rows[key] += 1
        for name, amount in zip(self._names, amounts, strict=True):
            if amount is not None:
                over, under = amount.as_integer_ratio()
                self._sums[key, name] += over * (LEAST_UNDER // under)

    def rows(self, key: Key) -> int:
        return self._rows[key]

    def sum(self, key: Key, name: str) -> float:
        """The sum of an amount, rounded once."""
        return self._sums[key, name] / LEAST_UNDER

    def most_first(self) -> list[tuple[Key, dict[str, Any]]]:
        """Keys with their rows and sums, the key with the most rows first."""
        keys = sorted(self._rows, key=lambda key: (-self._rows[key], key))
        return [(key, {"rows": self._rows[key]} | {name: self.sum(key, name) for name in self._names}) for key in keys]


def as_json(totals: Totals) -> bytes:
    """The content of summary.json."""
    plain = {"schema": SCHEMA, **asdict(totals)}
    return orjson.dumps(plain, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def design_saves(design: dict[str, Any]) -> str:
    """What the best sequences of all projects save: in their currency if they have one, else in US dollars."""
    in_own = "currency" in design
    return f"{design['currency']} {design['saves']:,.0f}" if in_own else f"{DOLLARS} {design['usd_saves']:,.0f}"


def summary(folder: Path) -> dict[str, Any]:
    """What the summary in a folder says, as `as_json` writes it."""
    plain: dict[str, Any] = orjson.loads((folder / NAME).read_bytes())
    return plain


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
