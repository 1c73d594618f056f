"""Lines of a TOML file: those that are no TOML, each as it should be, and the line on which each field stands.

People write values as they would on paper: `budget = €30000`, `rate = 8%`, `start = 31.12.2026`, `bounded = Yes`. Such a
line is named with its number and with the line that says the same in TOML.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from calc.scenario.exchange import DOLLAR
from calc.scenario.faults import MOST_SHOWN, Fault, problem
from calc.scenario.unclear_value import UnclearValueError
from calc.scenario.value import Meaning, asked
from calc.text.printable import printable

AT_LINE = re.compile(r" \(at line (\d+), column \d+\)$")
HEADER = re.compile(r"\s*\[(?P<entry>\[)?\s*(?P<name>[\w.\- ]+?)\s*\](?(entry)\])\s*(?:#.*)?")
PAIR = re.compile(r"(\s*)([\w\-]+(?:\s*\.\s*[\w\-]+)*)\s*[=:]\s*(.*)")
CURLY = str.maketrans("“”„‟«»‘’‚‛", '""""""\'\'\'\'')
QUOTED = re.compile(r"""(["'])(.*)\1""")
TWICE = "is given twice; keep one of the two"
TOO_LONG = "a number has thousands of digits"
LONGEST_LINE, LONGEST_SHOWN = 1_000, 100


class Mended(NamedTuple):
    """A text with a fault for every line that keeps it from being TOML, up to those that are shown.

    text: with these lines put right, or left out where that is not known; None where it still is no TOML, or where a line
    is left out that is more than one field. lines: their numbers.
    """

    faults: list[Fault]
    text: str | None
    lines: frozenset[int]


def mended(text: str) -> Mended:
    """The faults of the lines that are no TOML, and the text as it is with them put right."""
    lines = text.split("\n")
    faults: list[Fault] = []
    numbers: set[int] = set()
    is_known = True
    while len(faults) <= MOST_SHOWN:
        try:
            tomllib.loads("\n".join(lines))
        except tomllib.TOMLDecodeError as error:
            match = AT_LINE.search(str(error))
            at = int(match[1]) - 1 if match else -1
            if not match or at >= len(lines) or at + 1 in numbers:
                whole = [*faults, *([] if faults else [problem("", f"invalid TOML: {error}")])]
                return Mended(whole, None, frozenset(numbers))
            says = str(error)[: match.start()]
            is_known = is_known and bool(_match(PAIR, lines[at]))
            fault, lines[at] = _mended(lines, at, says)
            faults.append(fault)
            numbers.add(at + 1)
        except RecursionError:
            return Mended(faults or [problem("", "invalid TOML: nested too deeply")], None, frozenset(numbers))
        except ValueError:  # Python reads no number of so many digits, and does not say where it stands
            return Mended([*faults, problem("", f"invalid TOML: {TOO_LONG}")], None, frozenset(numbers))
        else:
            return Mended(faults, "\n".join(lines) if is_known else None, frozenset(numbers))
    return Mended(faults, None, frozenset(numbers))


def _mended(lines: list[str], at: int, says: str) -> tuple[Fault, str]:
    """The fault of a line, and the line as it should be; a comment in its place where that is not known."""
    line, field = lines[at].rstrip("\r"), _dotted(lines, at)
    name = f"line {at + 1:,}" + (f" ({field})" if field else "")
    shown = printable(line.strip()[:LONGEST_SHOWN])
    if _is_toml(line):  # wrong only where it stands
        return problem(name, shown, TWICE if "overwrite" in says else says), "#"
    try:
        better = _better(line, field, _currency(lines))
    except UnclearValueError as unclear:
        question = unclear.question or "what is meant?"
        return problem(name, f"{shown}: {question}", "write the number, the day or the answer alone"), "#"
    if not better or not _is_toml(better):
        return problem(name, f"invalid TOML: {shown}", says), "#"
    if asked(field) is None:  # what it should be depends on where it belongs; its name is judged with the others
        return problem(name, f"invalid TOML: {shown}", says), better
    return problem(name, f"{shown}   is not TOML", f"write: {printable(better.strip())}"), better


def _better(line: str, field: str, currency: str) -> str:
    """The line in TOML; empty where it is not known. Raises UnclearValueError where it may mean several things."""
    straight = line.translate(CURLY)
    if _is_toml(straight):
        return straight
    pair = _match(PAIR, straight)
    if not pair:
        return ""
    indent, key, rest = pair.groups()
    value, comment = _without_comment(rest)
    if value.endswith(",") and not value.startswith("["):
        value = value[:-1]
    if quoted := QUOTED.fullmatch(value):
        value = quoted[2]
    written = _written(field, value, currency)
    return f"{indent}{key} = {written}{'  ' + comment if comment else ''}" if written else ""


def _without_comment(rest: str) -> tuple[str, str]:
    """A value that is no TOML, and the comment after it."""
    value, mark, comment = rest.partition(" #")
    return value.strip(), f"#{comment}" if mark else ""


def _written(field: str, value: str, currency: str) -> str:
    """The value in TOML; empty where there is none."""
    about = asked(field)
    if not value:
        return ""
    if about is None:
        return json.dumps(value, ensure_ascii=False)
    if about.kind == "number" and value.startswith("[") and value.endswith("]"):
        parts = [part.strip() for part in re.split(r"[;,]\s+|;", value[1:-1])]
        return f"[{', '.join(_one(about.meaning(part, currency)) for part in parts)}]"
    return _one(about.meaning(value, currency))


def _one(meant: Meaning) -> str:
    if isinstance(meant, str):
        return json.dumps(meant, ensure_ascii=False)
    if isinstance(meant, date):
        return meant.isoformat()
    return f"{meant:.15g}"


def _is_toml(line: str) -> bool:
    try:
        tomllib.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


def _dotted(lines: list[str], at: int) -> str:
    """The dotted name of the field on that line; empty where it holds none."""
    return dict(_names(lines[: at + 1])).get(at + 1, "") if _match(PAIR, lines[at]) else ""


def _currency(lines: list[str]) -> str:
    """The currency that the file names, however it is written."""
    for number, dotted in _names(lines):
        if dotted == "project.currency" and (pair := _match(PAIR, lines[number - 1])):
            code = re.sub(r"[^A-Za-z]", "", _without_comment(pair[3])[0])
            return code.upper()
    return DOLLAR


def lines_of_fields(text: str) -> dict[str, int]:
    """Dotted name -> the line on which it stands, of sections and of the keys that begin a line."""
    found: dict[str, int] = {}
    for number, dotted in _names(text.split("\n")):
        found.setdefault(dotted, number)
    return found


def _names(lines: list[str]) -> Iterator[tuple[int, str]]:
    """The number of every line that names a section or a field, and the dotted name; entries of a list are numbered."""
    header, entries = "", Counter[str]()
    for number, line in enumerate(lines, 1):
        if match := _match(HEADER, line):
            header = re.sub(r"\s", "", match["name"])
            if match["entry"]:
                entries[header] += 1
                header += f"[{entries[header]}]"
            yield number, header
        elif pair := _match(PAIR, line[:LONGEST_LINE]):  # its key, however long the value is
            yield number, re.sub(r"\s", "", f"{header}.{pair[2]}" if header else pair[2])


def placed(fault: Fault, lines: dict[str, int]) -> Fault:
    """The fault with the line of its field, or of the section that lacks it, where that is known."""
    name = fault.field.partition(", month ")[0]
    while name and name not in lines:
        name = name.rpartition(".")[0]
    return replace(fault, field=f"line {lines[name]:,} ({fault.field})") if name else fault


def _match(pattern: re.Pattern[str], line: str) -> re.Match[str] | None:
    """A line that is short enough to be one that a person wrote."""
    return pattern.fullmatch(line.rstrip("\r")) if len(line) <= LONGEST_LINE else None
