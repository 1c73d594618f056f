"""TOML and JSON text as plain data, in a time that grows with its length alone, whatever it holds."""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from collections.abc import Callable
from typing import Any

from calc.scenario.faults import Fault, Refused, problem, short
from calc.scenario.toml_lines import TOO_LONG, mended

LARGEST_TEXT = 1_000_000
# A key with more parts than any scenario has. tomllib looks at every beginning of a key: at n of them for n parts.
MOST_PARTS = 16
PART = r"""(?:[A-Za-z0-9_-]++|"(?:[^"\\\n]|\\.)*+"|'[^'\n]*+')"""
# Texts and comments are stepped over, so that dots in them count for nothing; what is never closed ends with the file.
DEEP_KEY = re.compile(
    rf'''"""(?:[^\\]|\\.)*?(?:"""|\Z)|\'\'\'.*?(?:\'\'\'|\Z)|\#[^\n]*+'''
    rf"""|(?P<deep>(?:{PART}[ \t]*+\.[ \t]*+){{{MOST_PARTS}}})|{PART}|"(?:[^"\\\n]|\\.)*+|'[^'\n]*+|.""",
    re.DOTALL,
)
# The heading of a portfolio: a field of a scenario, and another after a comma, a semicolon or a tab.
TABLE = re.compile(r"""\ufeff?\s*(?:sep=.\s+)?"?[a-z_]+\.[a-z_]+"?[ ]*[,;\t]\s*"?[a-z_]""")
TABLE_HINT = "give it the ending .csv; then: engagement batch FILE.csv -o FOLDER"
Pairs = list[tuple[str, Any]]


class BrokenLines(Refused):
    """Lines of a file that are no TOML. rest: what it says with them put right, None where that is not known; lines: theirs."""

    def __init__(self, where: str, faults: list[Fault], rest: dict[str, Any] | None, lines: frozenset[int]) -> None:
        super().__init__(where, faults)
        self.rest, self.lines = rest, lines


def plain_data(text: str, where: str) -> Any:
    """What TOML text says, or JSON text, which begins with a brace or comes from a .json file.

    Raises Refused; BrokenLines where lines of the text are no TOML.
    """
    if len(text) > LARGEST_TEXT:
        raise Refused(
            where, [problem("", f"{len(text):,} characters, more than the {LARGEST_TEXT:,} that a scenario may have")]
        )
    form = "JSON" if is_json(text, where) else "TOML"
    try:
        return from_json(text, once) if form == "JSON" else from_toml(text)
    except tomllib.TOMLDecodeError:
        if TABLE.match(text):
            raise Refused(where, [problem("", "a table of scenarios, not one scenario", TABLE_HINT)]) from None
        broken = mended(text)
        rest = None if broken.text is None else from_toml(broken.text)
        raise BrokenLines(where, broken.faults, rest, broken.lines) from None
    except ValueError as error:
        raise Refused(where, [problem("", f"invalid {form}: {error}")]) from None


def is_json(text: str, where: str) -> bool:
    """Whether a text is judged as JSON."""
    return text.lstrip().startswith("{") or where.lower().endswith(".json")


def from_toml(text: str) -> dict[str, Any]:
    """Raises ValueError where the text is invalid TOML, or nested deeper than any scenario."""
    for match in DEEP_KEY.finditer(text):
        if match["deep"]:
            line = text.count("\n", 0, match.start()) + 1
            raise ValueError(f"a key of more than {MOST_PARTS} parts (at line {line:,})")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise
    except RecursionError:
        raise ValueError("nested too deeply") from None
    except ValueError:
        raise ValueError(TOO_LONG) from None


def from_json(text: str, table: Callable[[Pairs], dict[str, Any]]) -> Any:
    """table: makes an object of its keys and values. Raises ValueError where the text is invalid JSON, or nested too deeply."""
    try:
        return json.loads(text, parse_constant=_no_constant, parse_int=_whole, object_pairs_hook=table)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def twice(names: list[str]) -> list[str]:
    """The names that are given more than once, in their order."""
    return [name for name, times in Counter(names).items() if times > 1]


def once(pairs: Pairs) -> dict[str, Any]:
    """An object whose keys are all different; JSON itself would keep the last of two."""
    table = dict(pairs)
    if len(table) < len(pairs):
        again = twice([key for key, _ in pairs])
        more = f", and {len(again) - 1:,} more keys" if len(again) > 1 else ""
        raise ValueError(f"the key {short(again[0])!r} is given twice{more}")
    return table


def _whole(digits: str) -> int:
    """A whole number, unless Python refuses to read as many digits."""
    try:
        return int(digits)
    except ValueError:
        raise ValueError(TOO_LONG) from None


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is not a number")
