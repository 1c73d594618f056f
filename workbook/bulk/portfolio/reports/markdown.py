"""Reports the totals as Markdown for the log of CI: GitHub shows it when it is appended to $GITHUB_STEP_SUMMARY."""

from __future__ import annotations

from typing import Any

from calc.text.printable import printable
from workbook.bulk.portfolio.reports.totals import DOLLARS, IN_DOLLARS, TRACKED, Totals, design_saves

MOST_SHOWN = 50
# Heading -> the sum of a currency.
SUMS = {
    "Total": "total", "Paid": "paid", "Own time": "own_time", "Losses": "losses", "Same scope": "same_scope",
    "Best case": "best", "Worst case": "worst", "Invoiced": "invoiced", "Budgets": "budget",
}  # fmt: skip
SPECIAL = str.maketrans({character: f"\\{character}" for character in "\\`*_{}[]<>#|~!$@"})


def plain(text: str) -> str:
    """Text escaped for Markdown: literal, on one line, and mentioning nobody."""
    return printable(text).translate(SPECIAL)


def written(totals: Totals) -> bytes:
    """The Markdown document."""
    about, counts = totals.about, totals.counts
    shard = f", shard {about.shard[0]} of {about.shard[1]}" if about.shard[1] > 1 else ""
    lines = [
        f"## Workbooks of {plain(about.portfolio)}{shard}",
        "",
        f"{counts['written']:,} written, {counts['refused']:,} refused, {counts['failed']:,} failed.",
        "",
    ]
    if totals.paths:
        lines += [f"{_counts(totals.statuses)}. Rows with alerts: {totals.rows_alerted:,}.", ""]
        lines += [f"| Currency | Scenarios | {' | '.join(SUMS)} |", f"|---|--:{'|--:' * len(SUMS)}|"]
        for code, sums in totals.currencies.items():
            amounts = " | ".join(f"{sums[name]:,.0f}" for name in SUMS.values())
            lines.append(f"| {code} | {sums['rows']:,} | {amounts} |")
        heads = " | ".join(_head(name, totals.unit) for name in totals.amounts)
        lines += ["", f"| Recommended path | Scenarios | {heads} |", f"|---|--:{'|--:' * len(totals.amounts)}|"]
        for path in totals.paths.values():
            amounts = " | ".join(f"{path[name]:,.0f}" for name in totals.amounts)
            lines.append(f"| {plain(path['label'])} | {path['rows']:,} | {amounts} |")
        lines.append("")
    if totals.design:
        rows, saves = totals.design["rows"], design_saves(totals.design)
        how_many = f"{rows:,} of {counts['written']:,} projects"
        lines += [
            f"A sequence outside the published paths is recommended for {how_many}; together they save {saves}.",
            "",
        ]
    if totals.tracking:
        lines += [_tracking(totals.tracking), ""]
    if totals.budget:
        lines += _budget(totals.budget)
    if totals.alerted:
        lines += [
            "### Alerts",
            "",
            f"{_counts(totals.alerts)}.",
            "",
            "| Row | Id | Answer | Alerts |",
            "|--:|---|---|---|",
        ]
        for row in totals.alerted:
            cells = (plain(row["id"][:60]), plain(row["answer"]), "<br>".join(map(plain, row["alerts"])))
            lines.append(f"| {row['row']} | {' | '.join(cells)} |")
        if totals.rows_alerted > len(totals.alerted):
            lines += ["", f"and {totals.rows_alerted - len(totals.alerted):,} more, in manifest.jsonl"]
        lines.append("")
    if totals.not_written:
        lines += ["### Not written", "", "| Row | Id | Reason |", "|--:|---|---|"]
        for row in totals.not_written[:MOST_SHOWN]:
            lines.append(f"| {row['row']} | {plain(row['id'][:60])} | {'<br>'.join(map(plain, row['reasons']))} |")
        if totals.rows_not_written > MOST_SHOWN:
            lines += ["", f"and {totals.rows_not_written - MOST_SHOWN:,} more, in manifest.jsonl"]
        lines.append("")
    return "\n".join(lines).encode(errors="backslashreplace")


def _head(name: str, own: str) -> str:
    """The heading of an amount, with its currency: `Total, EUR`."""
    is_own = name in IN_DOLLARS
    plain_name = name if is_own else name.removeprefix("usd_")
    return f"{plain_name.replace('_', ' ').capitalize()}, {own if is_own else DOLLARS}"


def _tracking(tracking: dict[str, Any]) -> str:
    """What is planned, was spent and is forecast of the projects that are under way."""
    before, code = ("", tracking["currency"]) if "currency" in tracking else ("usd_", DOLLARS)
    plan, actual, forecast, variance = (tracking[f"{before}{name}"] for name in TRACKED)
    apart = f"{abs(variance):,.0f} {'more' if variance > 0 else 'less'} than planned"
    stands = f"Planned {code} {plan:,.0f}, spent {actual:,.0f} so far, forecast {forecast:,.0f}, {apart}"
    return f"Under way: {tracking['rows']:,}. {stands}."


def _budget(budget: dict[str, Any]) -> list[str]:
    """Which path for which project within the budget of all, beside what is recommended without it."""
    code, short = budget["currency"], budget["short_by"]
    lines = ["### Budget of the portfolio", ""]
    if short:
        named = ", ".join(plain(one["id"][:60]) for one in budget["in_the_way"][:MOST_SHOWN])
        least = f"even the lowest invoices are {code} {short:,.0f} above it"
        lines += [f"{code} {budget['amount']:,.0f} cannot be met: {least}. Projects in the way: {named}.", ""]
    lines += [f"| | Invoiced, {code} | Same scope, {code} |", "|---|--:|--:|"]
    for label, key in (
        ("Without a budget", "unconstrained"),
        ("As little as possible" if short else "Within the budget", "chosen"),
    ):
        lines.append(f"| {label} | {budget[key]['invoiced']:,.0f} | {budget[key]['same_scope']:,.0f} |")
    more = f"The same scope costs {code} {budget['costs_more']:,.0f} more."
    changed = [one for one in budget["projects"] if one["path"] != one["recommendation"]]
    lines += ["", f"Another path for {len(changed):,} of {len(budget['projects']):,} projects. {more}", ""]
    if changed:
        lines += ["| Row | Id | Recommended | Within the budget |", "|--:|---|---|---|"]
        for one in changed[:MOST_SHOWN]:
            names = f"{plain(one['recommendation_label'])} | {plain(one['label'])}"
            lines.append(f"| {one['row']} | {plain(one['id'][:60])} | {names} |")
        lines.append("")
    return lines


def _counts(rows_by_id: dict[str, int]) -> str:
    """How many rows have each status or alert, as in "firm: 3, none left: 1"."""
    return ", ".join(f"{id.replace('_', ' ')}: {rows:,}" for id, rows in rows_by_id.items())
