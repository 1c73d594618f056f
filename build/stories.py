"""Plays the stories of the articles and writes down what the model gives: python build/stories.py

The stories are the scenarios in build/stories, what the articles say of them is stories.toml in the catalogue. Renewed are
played.toml beside it, which the sheet Worked examples shows, and the table in docs/stories.md between
`<!-- generated -->` and `<!-- end -->`. A test says when it was forgotten.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from calc import catalogue  # noqa: E402
from calc import stories as played_stories  # noqa: E402
from calc.catalogue.story import Claim, Played  # noqa: E402
from calc.results import results  # noqa: E402
from calc.scenario import from_text  # noqa: E402

STORIES = ROOT / "build" / "stories"
PLAYED = ROOT / "calc" / "catalogue" / "data" / "played.toml"
DOCUMENT = ROOT / "docs" / "stories.md"
TABLE = re.compile(r"(<!-- generated -->\n).*?(<!-- end -->)", re.DOTALL)
HEAD = "# What the model gave for the claims of stories.toml. Written by build/stories.py; do not edit.\n"


def played(result_of: dict[str, dict]) -> dict[str, Played]:
    """Every claim, played. result_of: story -> its result."""
    return {key: played_stories.played(claim, result_of) for key, claim in catalogue.claims().items()}


def results_of_stories() -> dict[str, dict]:
    """Story -> its result, from the scenarios in build/stories."""
    files = sorted(STORIES.glob("*.toml"))
    scenarios = [from_text(file.read_text(encoding="utf-8"), file.name) for file in files]
    return {file.stem: result for file, result in zip(files, results(scenarios, flips=False, trials=0), strict=True)}


def as_toml(found: dict[str, Played]) -> str:
    """What was played as the text of played.toml."""
    blocks = (f"[{key}]\n" + "\n".join(_values(one)) for key, one in found.items())
    return HEAD + "".join(f"\n{block}\n" for block in blocks)


def _values(one: Played) -> list[str]:
    given = one.model_dump(exclude_defaults=True)
    return [f'{name} = "{value}"' if isinstance(value, str) else f"{name} = {value}" for name, value in given.items()]


def renewed(text: str, found: dict[str, Played]) -> str:
    """The document with its table as claims and figures are now."""
    table = "\n".join([*_counted(found), "", *_table(found)])
    return TABLE.sub(lambda match: f"{match[1]}{table}\n\n{match[2]}", text)


def _counted(found: dict[str, Played]) -> list[str]:
    verdicts = [one.verdict for one in found.values()]
    stories = {story for claim in catalogue.claims().values() for story in played_stories.stories_of(claim)}
    return [
        f"{len(found)} claims on {len(stories)} scenarios: {verdicts.count('agrees')} agree, "
        f"{verdicts.count('differs')} differ."
    ]


def _table(found: dict[str, Played]) -> list[str]:
    """One row for every claim."""
    rows = [
        "| the article says | where | it means | the model gives | verdict | scenario |",
        "|---|---|---|---|---|---|",
    ]
    for key, claim in catalogue.claims().items():
        one = found[key]
        stories = ", ".join(played_stories.stories_of(claim))
        verdict = f"**{one.verdict}**: {claim.why}" if claim.why else one.verdict
        cells = (claim.claim, claim.citation, _meant(claim), _given(claim, one), verdict, stories)
        rows.append("| " + " | ".join(cells) + " |")
    return rows


def _meant(claim: Claim) -> str:
    """The article's range, or the paths that it would recommend, and how words became that."""
    meant = " or ".join(_label(path) for path in claim.expects) if claim.expects else _range(*claim.range, claim.unit)
    return f"{meant}. {claim.reading}" if claim.reading else meant


def _given(claim: Claim, one: Played) -> str:
    """The model's figures with what they measure, or its recommendation."""
    if one.low is None or one.high is None:
        return f"{_label(one.path) if one.path else 'no recommendation'} ({one.status})"
    return f"{claim.measures}: {_range(one.low, one.high, claim.unit)}"


def _label(path: str) -> str:
    return catalogue.paths()[path].label


def _range(low: float, high: float, unit: str) -> str:
    ends = _number(low, unit) if low == high else f"{_number(low, unit)} to {_number(high, unit)}"
    return ends if unit in ("share", "1/0") else f"{ends} {unit}"


def _number(value: float, unit: str) -> str:
    if unit == "share":
        return f"{value:.0%}"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:,.1f}".removesuffix(".0")


def write() -> None:
    """Renews both files."""
    found = played(results_of_stories())
    PLAYED.write_text(as_toml(found), encoding="utf-8", newline="\n")
    text = DOCUMENT.read_text(encoding="utf-8")
    DOCUMENT.write_text(renewed(text, found), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write()
    print(f"wrote {PLAYED} and {DOCUMENT}")
