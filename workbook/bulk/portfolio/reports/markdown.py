"""Reports the totals as Markdown for the log of CI: GitHub shows it when it is appended to $GITHUB_STEP_SUMMARY."""

from __future__ import annotations

from calc.text.printable import printable
from workbook.bulk.portfolio.reports.totals import Totals

MOST_SHOWN = 50
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
        lines += ["| Recommended path | Scenarios | Total, USD | Present value, USD |", "|---|--:|--:|--:|"]
        for path in totals.paths.values():
            amounts = f"{path['usd_total']:,.0f} | {path['usd_npv']:,.0f}"
            lines.append(f"| {plain(path['label'])} | {path['rows']:,} | {amounts} |")
        lines += [
            "",
            "| Currency | Scenarios | Total | Best case | Worst case | Budgets |",
            "|---|--:|--:|--:|--:|--:|",
        ]
        for code, sums in totals.currencies.items():
            amounts = " | ".join(f"{sums[name]:,.0f}" for name in ("total", "best", "worst", "budget"))
            lines.append(f"| {code} | {sums['rows']:,} | {amounts} |")
        lines.append("")
    if totals.not_written:
        lines += ["### Not written", "", "| Row | Id | Reason |", "|--:|---|---|"]
        for row in totals.not_written[:MOST_SHOWN]:
            lines.append(f"| {row['row']} | {plain(row['id'][:60])} | {'<br>'.join(map(plain, row['reasons']))} |")
        if len(totals.not_written) > MOST_SHOWN:
            lines += ["", f"and {len(totals.not_written) - MOST_SHOWN:,} more, in summary.json"]
        lines.append("")
    return "\n".join(lines).encode(errors="backslashreplace")
