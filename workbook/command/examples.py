"""The examples at the end of every --help. A test runs them, in the order in which they stand here."""

from __future__ import annotations

EXAMPLES: dict[str, tuple[str, ...]] = {
    "ask": ("engagement ask project.toml", "engagement ask - < answers.txt > piped.toml"),
    "new": ("engagement new checkout.toml --short", "engagement new - > all.toml"),
    "quotes": ("engagement quotes forms -o quoted.toml --scenario rescue.toml",),
    "calc": ("engagement calc rescue.toml", "engagement calc - --json < rescue.toml > rescue.json"),
    "explain": ("engagement explain rescue.toml",),
    "design": ("engagement design rescue.toml --top 3",),
    "build": ("engagement build rescue.toml", "engagement build - --runs 0 -o - < rescue.toml > quick.xlsx"),
    "batch": (
        "engagement batch portfolio.csv -o shard1 --shard 1/2",
        "engagement batch portfolio.csv -o shard2 --shard 2/2",
        "engagement batch - -o piped --json < portfolio.csv",
    ),
    "merge": ("engagement merge shard1 shard2 -o merged",),
    "read": ("engagement read rescue.xlsx -o returned.toml", "engagement read rescue.xlsx --json > returned.json"),
    "check": ("engagement check rescue.xlsx",),
    "diff": ("engagement diff rescue.toml returned.toml",),
    "mail": ("engagement mail recipients.csv --from finance@example.com -o outbox",),
    "sensitivity": ("engagement sensitivity rescue.toml --between freelancer --and fixed_price_shop",),
    "calibrate": ("engagement calibrate history.csv --estimate 400 -o company.toml",),
    "track": ("engagement track tracked.toml", "engagement track rescue.toml --json > plan.json"),
    "facts": ("engagement facts freelancer rate", "engagement facts --json > facts.json"),
    "addin build": ("engagement addin build",),
    "addin lite": ("engagement addin lite -o lite",),
    "addin install": ("engagement addin install",),
    "addin doctor": ("engagement addin doctor",),
}


def examples_of(name: str) -> str | None:
    """The examples of a subcommand, as the end of its help; the mark keeps each on a line of its own."""
    lines = EXAMPLES.get(name, ())
    return "\b\n" + "\n".join(["Examples:", *(f"  {line}" for line in lines)]) if lines else None
